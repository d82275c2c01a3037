"""After which changes the stack is asked whether it still answers."""

from __future__ import annotations

from collections.abc import Callable

from pulumi import ResourceHookArgs, ResourceHookBinding

from components.cluster.objects import Manifest
from components.cluster.order import RUNNING
from components.kubernetes.manifest import COMPONENT

Ask = Callable[[ResourceHookArgs], None]


def hooks_of(manifest: Manifest, ask: Ask) -> ResourceHookBinding | None:
    """Of a gateway always, of an engine once there is a gateway before it: it is made first."""
    component = manifest["metadata"]["labels"].get(COMPONENT)
    if manifest["kind"] not in RUNNING or component not in ("engine", "gateway"):
        return None
    return ResourceHookBinding(
        after_create=[ask] if component == "gateway" else None, after_update=[ask]
    )
