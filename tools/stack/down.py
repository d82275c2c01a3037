"""`make down`: nothing of the dev stack stays but the caches."""

from __future__ import annotations

from tools import engine
from tools.bootstrap.paths import cache_dir
from tools.bootstrap.progress import say
from tools.stack import STACK
from tools.stack.pulumi import Pulumi
from tools.stack.salt import drop_unused_salt
from tools.stack.state import prepare


def down() -> None:
    """`pulumi destroy` and removal of the empty stack; tells what is kept."""
    pulumi = Pulumi(prepare(engine.ensure()))
    pulumi.select()
    pulumi.show("destroy", "--yes", "--refresh", "--skip-preview")
    pulumi.quiet("stack", "rm", "--yes", "--preserve-config", STACK)
    drop_unused_salt()
    say(f"kept: the cache with models and tools at {cache_dir()}, .venv and .slipway/passphrase")
