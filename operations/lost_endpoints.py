"""Inference Endpoints that a killed `pulumi` made and the state does not know: they cost money."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from components.huggingface.names import stack_prefix
from providers.plugin.session import Session

KIND = "huggingface:index:InferenceEndpoint"


def namespaces(resources: Iterable[dict[str, Any]], more: Iterable[str]) -> list[str]:
    """Where the stack has endpoints, and `more` that the person names."""
    known = (str(each["namespace"]) for each in resources if each["type"] == KIND)
    return sorted({*known, *more})


def lost_endpoints(
    project: str, stack: str, resources: list[dict[str, Any]], namespace: str, session: Session
) -> list[str]:
    """Names of the stack's endpoints in `namespace` that no resource of the state is.

    Raises OperationError where the API cannot be asked.
    """
    from providers.huggingface.client import Client
    from providers.huggingface.observed import tags_of
    from providers.huggingface.retry import Pace

    prefix = stack_prefix(project, stack)
    known = {
        str(each.get("endpointName"))
        for each in resources
        if each["type"] == KIND and each["namespace"] == namespace
    }
    listed = Client(namespace, session, Pace()).listed()
    mine = [str(raw["name"]) for raw in listed if (tags_of(raw).owner or "").startswith(prefix)]
    return sorted(set(mine) - known)


def tell_or_delete(
    namespace: str, lost: list[str], *, delete: bool, session: Session, say: Callable[[str], None]
) -> None:
    """Name each lost endpoint and its way out, or delete it."""
    from providers.huggingface.client import Client
    from providers.huggingface.retry import Pace

    for name in lost:
        if delete:
            say(f"deleting {namespace}/{name}, which the state does not know")
            Client(namespace, session, Pace()).delete(name)
        else:
            say(
                f"{namespace}/{name} was made by a killed run and costs money: "
                "`pulumi up` takes it over; `recover --delete-lost` deletes it"
            )
