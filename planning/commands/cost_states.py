"""The states that `cost` compares: of a preview, or of stack files."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planning.cost import Resource
    from planning.cost.amount import Bound
    from planning.cost.assumed import Assumed
    from planning.cost.guard import Way
    from planning.cost.report.document import TokensPart
    from planning.plan import Plan
    from planning.settings.budget import Budget


@dataclass(frozen=True, kw_only=True)
class States:
    """One stack before and after a change."""

    stack: str
    before: tuple[Resource, ...]
    after: tuple[Resource, ...]
    operations: Mapping[str, str]
    """By URN."""
    budget: Budget | None
    ways: Callable[[Bound], Iterable[Way]]
    """Back under the budget."""
    tokens: TokensPart | None
    """None: of a preview, which tells no traffic."""
    compared: bool
    """False: there is nothing to compare with, and everything counts as new."""


class SourceError(Exception):
    """A file or revision that cannot be read; says which."""


def of_previews(file: Path, base: str | None) -> States:
    """Raises PreviewError and OSError, with the file's name before their message."""
    from planning.cost import PreviewError, read_preview

    try:
        head = read_preview(file.read_text(encoding="utf-8"))
    except (OSError, PreviewError) as error:
        raise SourceError(f"{file}: {error}") from None
    before = head.before
    if base is not None:
        try:
            before = read_preview(Path(base).read_text(encoding="utf-8")).after
        except (OSError, PreviewError) as error:
            raise SourceError(f"{base}: {error}") from None
    return States(
        stack=head.stack,
        before=before,
        after=head.after,
        operations=head.operations,
        budget=head.budget,
        ways=lambda _: (),
        tokens=None,
        compared=True,
    )


def of_stack(file: Path, base: str | None) -> States:
    """`base`: another stack file, or `REVISION:` and a path, such as `origin/main:Pulumi.dev.yaml`;
    a revision that has no such file has no such stack. Raises SettingsError and SourceError."""
    from planning.cost.report.tokens import tokens_part
    from planning.stackfile import stack_name

    name = stack_name(file)
    plan, after = _planned(file, name)
    before = () if base is None else _of_base(base, name)
    old = {one.urn: one for one in before}
    new = {one.urn: one for one in after}
    return States(
        stack=name,
        before=before,
        after=after,
        operations=dict.fromkeys(old, "delete")
        | {urn: _operation(old.get(urn), one) for urn, one in new.items()},
        budget=plan.settings.budget,
        ways=partial(_ways, plan),
        tokens=tokens_part(plan),
        compared=base is not None,
    )


def of_assumptions(source: str) -> Mapping[str, Assumed]:
    """Of a file, or of `REVISION:FILE`; a revision without it assumes nothing. Raises SourceError
    and SettingsError."""
    from planning.catalog import load_catalog
    from planning.cost.assumed import read_assumptions

    if Path(source).exists():
        text: str | None = Path(source).read_text(encoding="utf-8")
    else:
        text = _of_revision(source, "an assumptions file")
    return {} if text is None else read_assumptions(text, source, load_catalog())


def _operation(old: Resource | None, new: Resource) -> str:
    return "create" if old is None else "same" if old.inputs == new.inputs else "update"


def _planned(file: Path, name: str) -> tuple[Plan, tuple[Resource, ...]]:
    from planning.cost.planned import planned_resources
    from planning.plan import make_plan
    from planning.stackfile import load_stack_file

    plan = make_plan(load_stack_file(file), stack=name)
    try:
        return plan, tuple(planned_resources(plan))
    except ValueError as error:
        raise SourceError(f"{file}: {error}") from None


def _ways(plan: Plan, bound: Bound) -> Iterable[Way]:
    """Those of the plan check."""
    from planning.whatif.of_plan import ways_of

    return ways_of(plan, bound)


def _of_base(base: str, name: str) -> tuple[Resource, ...]:
    if Path(base).exists():
        return _planned(Path(base), name)[1]
    text = _of_revision(base, "a stack file")
    if text is None:
        return ()
    with tempfile.TemporaryDirectory(prefix="slipway-") as folder:
        copy = Path(folder) / Path(base.partition(":")[2]).name
        copy.write_text(text, encoding="utf-8")
        return _planned(copy, name)[1]


def _of_revision(source: str, what: str) -> str | None:
    """The text of `REVISION:PATH`; None: the revision has no such file."""
    revision, colon, path = source.partition(":")
    if not colon:
        raise SourceError(f"{source}: neither {what} nor REVISION:PATH")
    _git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if not _git("ls-tree", "--end-of-options", revision, "--", path):
        return None
    return _git("show", "--end-of-options", f"{revision}:./{path}")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SourceError(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout
