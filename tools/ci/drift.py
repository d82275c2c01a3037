"""`drift`: whether what is there is what the state says. It changes neither."""

from __future__ import annotations

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.ci.engine import Engine
from tools.ci.events import steps
from tools.ci.output import FOLDER, written
from tools.ci.stacks import stack_file
from tools.ci.steps_text import counted, table

FOUND = 3
"""Exit status."""
_WAYS = (
    "`pulumi up` makes it again what the program says; `pulumi refresh` takes over into the state "
    "what is there."
)


def drift(stack: str) -> int:
    """FOUND, with a report in `build/ci/drift`, or 0 with an empty one.

    Raises ToolError, and leaves none, where it cannot be told.

    From the engine's events: its exit status does not say what has drifted.
    """
    stack_file(stack)
    report = FOLDER / "drift" / f"{stack}.md"
    report.unlink(missing_ok=True)
    run = Engine(stack).operate("refresh", "--preview-only")
    if run.code:
        raise ToolError(f"what is there of {stack} could not be asked, see above")
    found = steps(run.events)
    if not found:
        written(report, "")
        return 0
    head = f"What is there is not what the state says: {counted(found)}."
    text = "\n".join([head, "", *table(found), _WAYS, ""])
    say(f"{stack} has drifted: {written(report, text)}")
    return FOUND
