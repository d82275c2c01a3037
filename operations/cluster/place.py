"""A namespace of a cluster, and the client that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kr8s import Api


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a stack lives; None is what kubectl would take."""

    kubeconfig: str | None
    context: str | None
    namespace: str


def client(place: Place) -> Api:
    """A client of the cluster. Raises what kr8s raises for a kubeconfig that it cannot use."""
    import kr8s  # half a second, wanted only by who asks a cluster

    return kr8s.api(kubeconfig=place.kubeconfig, context=place.context, namespace=place.namespace)
