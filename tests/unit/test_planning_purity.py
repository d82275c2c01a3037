"""Plans are the same on every run, and need nothing of Pulumi or a cloud."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from planning.plan import make_plan
from planning.problems import SettingsError
from planning.report.build import plan_document
from planning.stackfile import load_settings, load_stack_file

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests/golden/good/every-key.yaml"
BAD = ROOT / "tests/golden/bad/everything-at-once.yaml"
_PLAN_AND_REFUSAL = f"""
from planning.cli import main
main(["plan", {str(GOOD)!r}, "--json", "--no-machine"])
main(["plan", {str(BAD)!r}, "--json"])
"""
_IMPORTS = """
import sys
import planning.cli, planning.generated, planning.report.terminal
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_the_hash_seed_changes_nothing() -> None:
    texts = {_python(_PLAN_AND_REFUSAL, seed) for seed in ("0", "1", "2")}
    assert len(texts) == 1
    assert '"slipway:access.auth"' in texts.pop()


def test_the_order_of_keys_changes_no_plan() -> None:
    settings = load_stack_file(GOOD)
    expected = plan_document(make_plan(settings, stack="x")).text()
    for seed in range(10):
        shuffled = load_settings(_shuffled(GOOD, seed), origin=settings.origin)
        assert plan_document(make_plan(shuffled, stack="x")).text() == expected


def test_the_order_of_keys_changes_no_refusal() -> None:
    assert len({_refusal(_shuffled(BAD, seed)) for seed in range(10)}) == 1


def test_planning_imports_nothing_of_pulumi_or_a_cloud() -> None:
    modules = set(_python(_IMPORTS, "0").split())
    assert "pydantic" in modules
    assert not modules & {"pulumi", "pulumi_aws", "boto3", "botocore", "huggingface_hub"}


def test_drawing_is_not_imported_to_plan() -> None:
    modules = _python("import sys, planning.plan, planning.stackfile; print(*sys.modules)", "0")
    assert not {"rich", "planning.report"} & set(modules.split())


def _refusal(raw: dict[str, Any]) -> str:
    try:
        load_settings(raw, origin="x")
    except SettingsError as error:
        return str(error)
    raise AssertionError("this file must be refused")


def _shuffled(file: Path, seed: int) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(file.read_text())["config"]
    ours = {
        key.removeprefix("slipway:"): value for key, value in config.items() if "slipway" in key
    }
    return _shuffle(json.loads(json.dumps(ours)), random.Random(seed))


def _shuffle(value: Any, chance: random.Random) -> Any:
    if not isinstance(value, dict):
        return value
    entries = [(key, _shuffle(inner, chance)) for key, inner in value.items()]
    chance.shuffle(entries)
    return dict(entries)


def _python(code: str, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout
