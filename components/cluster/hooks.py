"""After which changes the stack is asked whether it still answers."""

from __future__ import annotations

from collections.abc import Callable

from pulumi import ResourceHookArgs, ResourceHookBinding

from components.cluster.objects import Manifest
from components.cluster.order import RUNNING
from components.kubernetes.manifest import COMPONENT

Ask = Callable[[ResourceHookArgs], None]


def hooks_of(manifest: Manifest, ask: Ask, ask_canary: Ask | None) -> ResourceHookBinding | None:
    """Of a gateway always, of an engine once there is a gateway before it: it is made first. A
    canary may come later than the gateway."""
    if manifest["kind"] not in RUNNING:
        return None
    match manifest["metadata"]["labels"].get(COMPONENT):
        case "engine":
            return ResourceHookBinding(after_update=[ask])
        case "canary" if ask_canary:
            return ResourceHookBinding(after_create=[ask_canary], after_update=[ask_canary])
        case "gateway":
            return ResourceHookBinding(
                after_create=[ask, ask_canary] if ask_canary else [ask],
                after_update=[ask, ask_canary] if ask_canary else [ask],
            )
        case _:
            return None
