"""Making an endpoint exactly once, however the API's answers get lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from components.huggingface.names import physical_name
from providers.huggingface import errors
from providers.huggingface.client import Client
from providers.huggingface.declaration import Declaration
from providers.huggingface.errors import EndpointError
from providers.huggingface.observed import Raw

_TRIES: Final = 3


def free_name(new: Declaration, everyone: Iterable[Raw], mine: Mapping[str, Raw]) -> str:
    """The declared name, or one like it while another endpoint of the resource still has it.

    Raises EndpointError where a stranger has it.
    """
    name, taken = str(new.inputs["name"]), {str(raw["name"]) for raw in everyone}
    if name in taken and not mine:
        raise EndpointError(errors.NAME_TAKEN, f"{new.namespace}/{name}")
    for suffix in (new.generation, new.instance):
        candidate = physical_name(name, suffix, taken)
        if candidate not in taken:
            return candidate
    raise EndpointError(errors.NAME_TAKEN, f"{new.namespace}/{name}")


def posted(client: Client, name: str, arguments: Mapping[str, Any], new: Declaration) -> Raw:
    """The endpoint `name`, made with `arguments`. Raises EndpointError.

    After an answer that leaves open whether the API acted, the name tells: it can be taken only
    once, and whoever has it shows who made it.
    """
    for attempt in range(1, _TRIES + 1):
        try:
            return client.create(name, arguments)
        except EndpointError as failure:
            open_question = failure.kind.passing and not failure.kind.safe
            conflict = failure.kind is errors.CONFLICT
            if not open_question and not conflict:
                raise
            found = client.get(name)
            if found is not None and set(new.own_tags) <= set(found.get("tags") or ()):
                return found
            if found is not None:
                raise EndpointError(errors.NAME_TAKEN, f"{new.namespace}/{name}") from None
            if conflict or attempt == _TRIES:
                raise
    raise AssertionError("the last try returns or raises")
