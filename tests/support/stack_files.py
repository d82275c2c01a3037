"""The good stack files of the goldens, planned on a made-up machine and day."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from planning.machine import Machine
from planning.plan import Plan, make_plan
from planning.stackfile import load_stack_file, stack_name

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/golden/good"
FILES = [*sorted(FOLDER.glob("*.yaml")), ROOT / "Pulumi.dev.yaml"]
TODAY = datetime.date(2026, 11, 25)
MACHINE = Machine(memory_bytes=16 << 30, cpus=8, disk_free_bytes=50 << 30)


@cache
def plan_of(file: Path) -> Plan:
    """Made once: tests name a file as it is seen from its own folder, so that messages do too."""
    return make_plan(load_stack_file(file), stack=stack_name(file), machine=MACHINE, today=TODAY)
