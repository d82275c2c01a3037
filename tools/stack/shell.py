"""`make shell`: a shell where plain `pulumi` works on a stack of this checkout."""

from __future__ import annotations

import os

from tools import engine
from tools.bootstrap.paths import ROOT
from tools.bootstrap.progress import say
from tools.bootstrap.uv import sync
from tools.stack.pulumi import Pulumi
from tools.stack.state import prepare


def shell(stack: str) -> None:
    """Replace this process by the person's shell."""
    sync()
    env = prepare(engine.ensure())
    Pulumi(env).select(stack)
    program = os.environ.get("SHELL", "/bin/sh")
    say(f"`pulumi` now works on the stack {stack}; leave with exit")
    os.chdir(ROOT)
    os.execvpe(program, [program], env)  # noqa: S606 -- the person's own shell
