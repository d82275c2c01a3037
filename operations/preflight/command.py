"""`python -m operations preflight STACKFILE`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from operations.preflight.asking import Patience
from operations.preflight.from_plan import needs_of_plan
from operations.preflight.run import preflight
from planning.plan import make_plan
from planning.problems import SettingsError, problem_text
from planning.stackfile import load_stack_file, stack_name

WRONG_USAGE = 2


def run(file: Path, *, as_json: bool, seconds: float, say: Callable[[str], None]) -> int:
    """Exit codes: 0 good (maybe warnings), 1 problems, 2 no plan to check, 3 not all checked."""
    try:
        plan = make_plan(load_stack_file(file), stack=stack_name(file))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    if plan.errors:
        print(problem_text(plan.errors, origin=plan.settings.origin), file=sys.stderr)
        return WRONG_USAGE
    report = preflight(needs_of_plan(plan), patience=Patience(total=seconds), say=say)
    if as_json:
        print(json.dumps(report.document(), indent=2))
        return report.exit_code
    # Imported late: drawing is for people only.
    from rich.console import Console

    from operations.preflight.show import print_report

    print_report(report, Console(highlight=False), origin=plan.settings.origin)
    return report.exit_code
