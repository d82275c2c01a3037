"""SIGKILL of `pulumi` at a call that the provider of the tests gets."""

from __future__ import annotations

import signal

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_provider.orders import Moment, forget_orders, order
from tests.support.pulumi_stack import PulumiStack

_LIMIT_SECONDS = 300.0


def killed_run(
    aws: Cloud,
    stack: PulumiStack,
    command: str,
    operation: str,
    moment: Moment,
    *,
    token: str = "*",
    after: int = 0,
) -> None:
    """Run `pulumi <command>` into the kill: at this operation's call `after` (from 0) for `token`.

    Fails where the run makes fewer calls: nothing would have been tested.
    """
    process = stack.start(command, "--yes", "--skip-preview")
    # Given once the engine is known; its program takes seconds to start before the first call.
    order(aws.store, "kill", operation, token, after=after, moment=moment, pid=process.pid)
    try:
        output, _ = process.communicate(timeout=_LIMIT_SECONDS)
    finally:
        forget_orders(aws.store)
        if process.poll() is None:
            process.kill()
            process.wait()
    assert process.returncode == -signal.SIGKILL, output
