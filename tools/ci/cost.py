"""`cost`: the comment of what a change costs, from stack files alone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from planning.commands.cost import OVER_BUDGET
from planning.cost.report.escaped import code
from tools.bootstrap.progress import say
from tools.ci.comment.text import NOTHING
from tools.ci.output import COMMENT, asked, written
from tools.ci.stacks import Change

FILE = COMMENT / "1-cost.md"


def cost(change: Change) -> int:
    """Write FILE; 1 where a stack is refused, 3 over budget."""
    status, text = _priced(change)
    gone = "".join(f"{line}\n" for line in _removed(change))
    whole = f"{text}{gone}" or f"{NOTHING}\n"
    print(whole, end="")
    say(f"the comment: {written(FILE, whole)}")
    return status


def _priced(change: Change) -> tuple[int, str]:
    if not change.files:
        return 0, ""
    together = _ask(change.files, change.base)
    if together.returncode in (0, OVER_BUDGET):
        return together.returncode, together.stdout
    # One that is refused hides no other.
    alone = [(file, _ask((file,), change.base)) for file in change.files]
    text = "\n".join(
        done.stdout or _refused(change.name(file), done.stderr) for file, done in alone
    )
    return min(max(done.returncode for _, done in alone), 1), text


def _ask(files: tuple[Path, ...], base: str | None) -> subprocess.CompletedProcess[str]:
    against = ("--base", f"{base}:") if base else ()
    names = map(str, files)
    return asked("planning", "cost", "--from-stack", *names, *against, "--format", "markdown")


def _refused(name: str, problems: str) -> str:
    fenced = problems.strip().replace("```", "'''")
    return f"## Cost of `{code(name)}`: the stack file is refused\n\n```text\n{fenced}\n```\n"


def _removed(change: Change) -> Iterator[str]:
    for name in change.removed:
        yield f"## `{code(name)}`: its file is removed"
        yield ""
        yield "What the stack has made stays, and is billed, until somebody destroys it."
        yield ""
