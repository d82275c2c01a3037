"""Which questions about the hub a plan raises."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from operations.preflight.asking import Patience
from operations.preflight.check import Check
from operations.preflight.hub import account, hardware, model
from operations.preflight.hub.client import Hub
from operations.preflight.needs import Needs


def hub_checks(needs: Needs, patience: Patience) -> Iterator[Check]:
    """The token once; each model and each endpoint."""
    hub = Hub(patience)
    if needs.models or needs.endpoints:
        path = needs.endpoints[0].path if needs.endpoints else None
        yield Check(
            names=("hub-token",), subject=account.SUBJECT, run=partial(account.token, hub, path)
        )
    for wanted in needs.models:
        yield Check(
            names=(model.MODEL, model.WEIGHTS),
            subject=model.subject_of(wanted),
            run=partial(model.model, hub, wanted),
        )
    for endpoint in needs.endpoints:
        yield Check(
            names=(hardware.HARDWARE, hardware.QUOTA),
            subject=hardware.subject_of(endpoint),
            run=partial(hardware.hardware, hub, endpoint),
        )
