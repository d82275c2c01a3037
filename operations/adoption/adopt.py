"""The state with what was found, as if the killed run had heard the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from operations.adoption.half_made import HalfMade, half_made

Find = Callable[[HalfMade], str | None]
"""The id of a half-made object, or None."""


def adopted(
    deployment: Mapping[str, Any], find: Find, say: Callable[[str], None]
) -> dict[str, Any] | None:
    """The changed deployment; None where there is nothing to adopt.

    A later refresh reads what AWS gave the object; the next `up` goes on from there. What an
    adopted object replaces is left to it to delete.
    """
    resources: list[dict[str, Any]] = []
    for half in half_made(deployment):
        known = find(half)
        if known is not None:
            say(f"taking over {half.type} {known}, which a killed run has made")
            outputs = half.resource.get("inputs", {})
            resources.append({**half.resource, "id": known, "outputs": outputs})
    if not resources:
        return None
    taken = {each["urn"] for each in resources}
    left = [
        operation
        for operation in deployment["pending_operations"]
        if operation["resource"]["urn"] not in taken
    ]
    kept = [
        {**each, "delete": True} if each["urn"] in taken else each
        for each in deployment["resources"]
        # Deleted before it was replaced: nothing is left of it.
        if not (each["urn"] in taken and each.get("pendingReplacement"))
    ]
    return {
        **deployment,
        "resources": [*kept, *resources],
        "pending_operations": left,
    }
