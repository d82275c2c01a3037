"""`preview`: what the engine says of every affected stack, under the policy pack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from planning.cost.report.escaped import code
from planning.cost.report.money import change as difference
from planning.cost.report.money import money
from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.ci.engine import Engine, reachable
from tools.ci.events import steps, violations
from tools.ci.images import configured, last_run
from tools.ci.output import COMMENT, FOLDER, asked, written
from tools.ci.stacks import Change
from tools.ci.steps_text import counted, judged, table

FILE = COMMENT / "2-preview.md"
POLICIES = ("--policy-pack", "policies")
_NOWHERE = "Nobody is logged in to a state here, so the engine was not asked."
_MISSING = (
    "There is no such stack yet, so the engine was not asked. Who makes it chooses what encrypts "
    "its secrets: `pulumi stack init`, see docs/ci.md."
)


def preview(change: Change) -> int:
    """Write FILE; 1 where the engine or a policy refuses a stack."""
    written(FILE, "")
    codes: list[int] = []
    for file in change.files:
        failed, text = _of(change.name(file), file)
        codes.append(failed)
        with FILE.open("a", encoding="utf-8") as whole:
            whole.write(text + "\n")
    print(FILE.read_text(encoding="utf-8"), end="")
    say(f"what the engine says: {FILE}")
    return max(codes, default=0)


def _of(name: str, file: Path) -> tuple[int, str]:
    if not reachable():
        return 0, _section(name, "not asked", [_NOWHERE, ""])
    engine = Engine(name)
    if not engine.is_there():
        return 0, _section(name, "not asked", [_MISSING, ""])
    with configured(file, last_run(engine)) as options:
        run = engine.operate("preview", "--json", "--show-sames", *POLICIES, *options, quiet=True)
    found, broken = steps(run.events), violations(run.events)
    if run.code:
        said = "" if broken else "The engine refuses it; the log of the run says why."
        lines = [*judged(broken)] if broken else [said, ""]
        return 1, _section(name, "refused", lines)
    lines = [*table(found), *judged(broken), *_cost(name, run.printed)]
    return 0, _section(name, counted(found), lines)


def _cost(name: str, document: str) -> Iterator[str]:
    """What this preview comes to: it sees resources that a stack file does not list."""
    file = written(FOLDER / "preview" / f"{name}.json", document)
    done = asked("planning", "cost", "--from-preview", str(file), "--format", "json")
    file.unlink()
    try:
        totals = json.loads(done.stdout)["totals"]
    except (ValueError, KeyError) as error:
        raise ToolError(f"the preview of {name} has no price: {done.stderr}") from error
    most, more = totals["monthlyUsd"]["max"], totals["change"]["max"]
    if most is None:
        yield "By this preview, what a month costs is not known: nothing in it has a price."
    else:
        yield f"By this preview, a month costs at most ${money(most)} ({difference(more)})."
    yield ""


def _section(name: str, said: str, lines: list[str]) -> str:
    return "\n".join([f"## Preview of `{code(name)}`: {said}", "", *lines])
