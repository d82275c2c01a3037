"""Prometheus' own tool on the rules of a stack: are they right, and which alerts fire."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

Groups = list[dict[str, Any]]
AlertName = tuple[str, str]
"""Name and severity."""


def alerts(groups: Groups) -> list[AlertName]:
    rules = [rule for group in groups for rule in group["rules"]]
    return [(rule["alert"], rule["labels"]["severity"]) for rule in rules if "alert" in rule]


def check_rules(groups: Groups, folder: Path) -> subprocess.CompletedProcess[str]:
    """Lint faults are errors too."""
    return _promtool("check", "rules", "--lint=all", "--lint-fatal", str(_rules(groups, folder)))


def wrongly_firing(
    groups: Groups,
    series: Mapping[str, str],
    *,
    at: str,
    expected: Collection[AlertName],
    folder: Path,
) -> str:
    """What promtool says where the firing alerts `at` a time such as `20m` are not the expected
    ones; else nothing.

    `series` are values by series, one a minute, in promtool's notation: `0+1x10`, `_x5 3x7`.
    """
    state = 'ALERTS{{alertname="{}", severity="{}", alertstate="firing"}}'
    expectations = [
        {
            "expr": f"clamp_max(count({state.format(*alert)}), 1) or vector(0)",
            "eval_time": at,
            "exp_samples": [{"labels": "{}", "value": int(alert in expected)}],
        }
        for alert in alerts(groups)
    ]
    inputs = [{"series": name, "values": values} for name, values in series.items()]
    test = {"interval": "1m", "input_series": inputs, "promql_expr_test": expectations}
    rules = str(_rules(groups, folder))
    path = folder / "test.json"
    path.write_text(
        json.dumps({"rule_files": [rules], "evaluation_interval": "1m", "tests": [test]})
    )
    done = _promtool("test", "rules", str(path))
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _rules(groups: Groups, folder: Path) -> Path:
    path = folder / "rules.json"
    path.write_text(json.dumps({"groups": groups}))
    return path


def _promtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
