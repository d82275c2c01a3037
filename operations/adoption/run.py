"""Adoption on a stack: before its refresh, which would forget what it does not know."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from operations.adoption.adopt import adopted
from operations.adoption.half_made import half_made
from operations.pulumi_cli import PulumiCli
from providers.plugin.session import OperationError


def adopt_half_made(pulumi: PulumiCli, say: Callable[[str], None]) -> None:
    """Raises OperationError where AWS has to be asked and gives no answer."""
    state = pulumi.export()
    if not any(half_made(state["deployment"])):
        return
    # Imported late: a stack without AWS recovers without its library.
    from boto3 import Session
    from botocore.exceptions import BotoCoreError, ClientError

    from operations.adoption.lookup import AmbiguousError, found

    session = Session()

    @cache
    def client(service: str, region: str) -> Any:
        return session.client(service, region or None)

    say("looking on AWS for what the killed run has made")
    try:
        changed = adopted(state["deployment"], partial(found, client), say)
    except (AmbiguousError, BotoCoreError, ClientError) as error:
        raise OperationError(f"nothing was taken over: {error}") from error
    if changed is not None:
        pulumi.import_state({**state, "deployment": changed})
