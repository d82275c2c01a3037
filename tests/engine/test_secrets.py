"""API keys: encrypted in the state, in one private file for Envoy, and nowhere else."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from providers.local import processes
from tests.support.paced_stack import run_of, spec_of
from tests.support.pulumi_stack import PulumiStack


def test_no_key_is_readable_outside_the_gateways_own_file(stack: PulumiStack) -> None:
    stack.settle()
    spec_of(stack)["requestsPerMinute"] = 7000
    printed = stack.preview("--diff").text + stack.up("--diff").text
    key = stack.outputs()["keys"]["default"].encode()
    run = run_of(stack)
    files = [file for file in _files(stack.folder, run.path) if file.name != "events.json"]
    holding = [file for file in files if key in file.read_bytes()]
    assert holding == [run.gateway / "keys.json"]
    assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600
    assert key.decode() not in printed + _events(stack.folder)
    for pid in processes.of_stack(run):
        shown = [Path(f"/proc/{pid}/{part}").read_bytes() for part in ("environ", "cmdline")]
        assert not any(key in part or b"PULUMI" in part for part in shown)


def test_everything_of_a_stack_is_closed_to_other_users(stack: PulumiStack) -> None:
    stack.settle()
    run = run_of(stack)
    for folder in (run.path, run.sockets, run.sockets.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def _events(folder: Path) -> str:
    """What `up` tells its listeners; Pulumi's SDK puts all stack outputs into its debug lines."""
    lines = (folder / "events.json").read_text().splitlines()
    debug = [
        json.loads(line).get("diagnosticEvent", {}).get("severity") == "debug" for line in lines
    ]
    return "".join(line for line, is_debug in zip(lines, debug, strict=True) if not is_debug)


def _files(*folders: Path) -> list[Path]:
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]
