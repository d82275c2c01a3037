"""`make shell`: a shell where plain `pulumi` works on the dev stack."""

from __future__ import annotations

import os

from tools import engine
from tools.bootstrap.paths import ROOT
from tools.bootstrap.progress import say
from tools.bootstrap.uv import sync
from tools.stack.pulumi import Pulumi
from tools.stack.state import prepare


def shell() -> None:
    """Replace this process by the person's shell."""
    sync()
    env = prepare(engine.ensure())
    Pulumi(env).select()
    program = os.environ.get("SHELL", "/bin/sh")
    say("`pulumi` now works on the dev stack; leave with exit")
    os.chdir(ROOT)
    os.execvpe(program, [program], env)  # noqa: S606 -- the person's own shell
