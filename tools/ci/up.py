"""`up`: a stack becomes what its file says; images are built once, in the first of them."""

from __future__ import annotations

import json
from pathlib import Path

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.ci.engine import Engine
from tools.ci.images import Images, builds, built, configured, last_run, running
from tools.ci.output import FOLDER, written
from tools.ci.preview import POLICIES
from tools.ci.stacks import stack_file, target


def up(stack: str, *, after: str | None) -> int:
    """Its exit code. Leaves what the stack runs in `build/ci/images`, for the next one.

    `after`: the stack whose images it runs. Raises ToolError where none of them is known, and
    where in the end the two do not run the same.
    """
    file, engine = stack_file(stack), Engine(stack)
    if target(file) == "local":
        raise ToolError(f"{stack} is processes of one person's machine: `make up` there")
    if not engine.is_there():
        raise ToolError(f"there is no stack {stack} yet: `pulumi stack init`, see docs/ci.md")
    images: Images = _promoted(after, file, engine) if after else {}
    with configured(file, images) as options:
        run = engine.operate("up", "--yes", "--skip-preview", *POLICIES, *options)
    if run.code:
        return 1
    state = json.loads(engine.ask("stack", "export"))
    now = running(state)
    _report(stack).unlink(missing_ok=True)
    record = {"built": {**images, **built(state)}, "running": now}
    say(f"what {stack} runs: {written(_report(stack), json.dumps(record, indent=2))}")
    if after and _report(after).exists():
        _same(after, json.loads(_report(after).read_text())["running"], stack, now)
    return 0


def _promoted(after: str, file: Path, engine: Engine) -> Images:
    report = _report(after)
    known: Images = json.loads(report.read_text())["built"] if report.exists() else last_run(engine)
    if not known and builds(file):
        raise ToolError(
            f"{file} would build an image, and only what {after} has run is run here: deploy "
            f"{after} in the same run, or name the image under slipway:images.overrides"
        )
    return known


def _same(after: str, before: dict[str, str], stack: str, now: dict[str, str]) -> None:
    other = [
        f"  {name}: {digest} in {after}, {now[name]} in {stack}"
        for name, digest in sorted(before.items())
        if name in now and now[name] != digest
    ]
    if other:
        raise ToolError("\n".join([f"{stack} does not run what {after} runs:", *other]))


def _report(stack: str) -> Path:
    return FOLDER / "images" / f"{stack}.json"
