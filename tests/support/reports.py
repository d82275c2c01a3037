"""Reports of the good stack files, as `python -m planning report` makes them."""

from __future__ import annotations

import contextlib
from functools import cache, partial
from pathlib import Path

from planning.catalog import load_catalog
from planning.plan import Plan, make_plan
from planning.report.report import Report, report_of
from planning.settings import Settings
from planning.whatif import WhatIf, what_ifs
from tests.support.stack_files import MACHINE, TODAY, plan_of


@cache
def what_ifs_of(file: Path) -> tuple[WhatIf, ...]:
    plan = plan_of(file)
    again = partial(_again, plan.stack)
    return what_ifs(plan, load_catalog(), TODAY, again)


@cache
def report_in(folder: Path, name: str) -> Report:
    """Of one file, named as it is seen from its folder."""
    with contextlib.chdir(folder):
        file = Path(name)
        return report_of(plan_of(file), what_ifs_of(file), load_catalog(), TODAY)


def _again(stack: str, settings: Settings) -> Plan:
    return make_plan(settings, stack=stack, machine=MACHINE, today=TODAY)
