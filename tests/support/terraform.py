"""Registrations as a program of Terraform's, whose real provider then has its say.

Nothing is downloaded: TERRAFORM_PLUGINS names the folder of providers, laid out as a mirror of the
registry's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.scan.plan_shape import Row, plan

PLUGINS = os.environ.get("TERRAFORM_PLUGINS")
_BINARY = shutil.which("terraform") or shutil.which("tofu")
_NAMED = {"aws_placement_group"}
"""Types that Terraform wants a name of, where Pulumi makes one up."""
_OLDEST, _FIRST_AS_OURS = "5.100.0", "6."
"""pulumi-aws 7 is made from release 6; the last of release 5 lacks few of the arguments."""
_SINCE_6 = {"deletion_protection", "update_strategy"}
_SECONDS = 900
_UNRESOLVED, _MADE_UP = "unresolved", "v1.2.3-eksbuild.1"


def missing() -> str:
    """Why this machine cannot ask it; empty: it can."""
    if _BINARY is None:
        return "no terraform on this machine"
    return "" if PLUGINS else "TERRAFORM_PLUGINS names no folder of Terraform's providers"


def program(rows: Iterable[Row], region: str) -> dict[str, Any]:
    """In Terraform's JSON, with references in the place of what mocks call an object; nobody is
    asked who is calling, and nothing is looked up."""
    rows = list(rows)
    made = plan(rows)["planned_values"]["root_module"]["resources"]
    known = dict(_references(row, one) for row, one in _pairs(rows, made))
    resources: dict[str, dict[str, Any]] = {}
    for one in made:
        values = _value(one["values"], {**known, **_arns(rows, made)})
        if one["type"] in _NAMED:
            values.setdefault("name", one["name"])
        resources.setdefault(one["type"], {})[_name(one)] = values
    quiet = ("skip_credentials_validation", "skip_metadata_api_check", "skip_requesting_account_id")
    own = {"source": "hashicorp/aws", "version": f">= {_OLDEST}"}
    return {
        "terraform": {"required_providers": {"aws": own}},
        "provider": {"aws": {"region": region, **dict.fromkeys(quiet, True)}},
        "resource": resources,
    }


def refused(folder: Path, made: Mapping[str, Any]) -> str:
    """What the provider's schema and its plan refuse; empty: nothing."""
    file = folder / "main.tf.json"
    file.write_text(json.dumps(made))
    said = _run(folder, "init", "-backend=false", "-input=false", f"-plugin-dir={PLUGINS}")
    assert said == "", said
    if f'"{_FIRST_AS_OURS}' not in (folder / ".terraform.lock.hcl").read_text():
        file.write_text(json.dumps({**made, "resource": _without(made["resource"], _SINCE_6)}))
    return _run(folder, "validate") or _run(
        folder, "plan", "-refresh=false", "-lock=false", "-input=false"
    )


def _pairs(rows: list[Row], made: list[Any]) -> Iterator[tuple[Row, Any]]:
    own = [row for row in rows if row["custom"] and row["type"].startswith("aws:")]
    yield from zip(own, made, strict=True)


def _references(row: Row, one: Any) -> tuple[str, str]:
    return f"{row['name']}-id", f"${{{one['type']}.{_name(one)}.id}}"


def _arns(rows: list[Row], made: list[Any]) -> dict[str, str]:
    return {
        f"arn:aws:mock:us-east-1:123456789012:{row['name']}": f"${{{one['type']}.{_name(one)}.arn}}"
        for row, one in _pairs(rows, made)
    }


def _name(one: Any) -> str:
    return f"r_{one['name']}".replace(".", "_")


def _value(value: Any, known: Mapping[str, str]) -> Any:
    """An empty list may be no block at all."""
    if isinstance(value, list):
        return [_value(one, known) for one in value]
    if isinstance(value, dict):
        # What is masked in the graph is a number where it counts versions.
        found = {
            key: 1 if (key.endswith("_version"), one) == (True, "<secret>") else _value(one, known)
            for key, one in value.items()
        }
        return {key: one for key, one in found.items() if one != []}
    if isinstance(value, str):
        plain = _MADE_UP if value == _UNRESOLVED else value.replace("${", "$${")
        return known.get(value, plain)
    return value


def _without(value: Any, names: set[str]) -> Any:
    if isinstance(value, list):
        return [_without(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, names) for key, one in value.items() if key not in names}
    return value


def _run(folder: Path, *words: str) -> str:
    assert _BINARY is not None
    quiet = {"CHECKPOINT_DISABLE": "1", "AWS_ACCESS_KEY_ID": "t", "AWS_SECRET_ACCESS_KEY": "t"}
    done = subprocess.run(
        [_BINARY, *words, "-no-color"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **quiet},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    return (done.stderr or done.stdout) if done.returncode else ""
