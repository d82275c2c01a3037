"""NodePool: which nodes a pool may have, and when they go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.names import named
from components.specs.aws import Capacity, NodePoolSpec
from components.specs.cluster import KubernetesSpec

_TYPES: Mapping[Capacity, str] = {
    "capacity-block": "reserved",
    "reservation": "reserved",
    "spot": "spot",
    "on-demand": "on-demand",
}
"""As Karpenter calls them, in the order in which it tries them."""
_ARCHITECTURES = {"x86_64": "amd64", "arm64": "arm64"}
_LONGEST_AUTO = "336h"
"""Auto Mode lets no node live longer than 21 days; two weeks are its own default."""


def node_pool(spec: KubernetesSpec, pool: NodePoolSpec, node_class: Manifest) -> Manifest:
    """Raises ValueError for an order of capacities that Karpenter does not try."""
    template: Manifest = {
        "metadata": {"labels": dict(pool.labels)},
        "spec": {
            "nodeClassRef": {
                "group": node_class["apiVersion"].partition("/")[0],
                "kind": node_class["kind"],
                "name": node_class["metadata"]["name"],
            },
            "requirements": list(_requirements(pool)),
            "taints": [
                {"key": taint.key, "effect": taint.effect}
                | ({"value": taint.value} if taint.value is not None else {})
                for taint in pool.taints
            ],
            # The image is pinned: an older node is not a worse one. A changed pool moves its nodes
            # within the budget below; this one would not ask it.
            "expireAfter": "Never" if pool.mode == "karpenter" else _LONGEST_AUTO,
            "terminationGracePeriod": f"{pool.termination_grace_seconds}s",
        },
    }
    return manifest(
        spec,
        "karpenter.sh/v1",
        "NodePool",
        named(spec, pool.name),
        None,
        namespaced=False,
        spec={
            "template": template,
            "disruption": {
                # A node with replicas stays until they go.
                "consolidationPolicy": "WhenEmpty",
                "consolidateAfter": f"{pool.consolidate_after_seconds}s",
                # One at a time, and each waits for the pods' own budgets.
                "budgets": [{"nodes": "1"}],
            },
            "limits": _limits(pool),
        },
    )


def _requirements(pool: NodePoolSpec) -> Iterator[Manifest]:
    yield _is_in("node.kubernetes.io/instance-type", pool.instance_types)
    yield _is_in("karpenter.sh/capacity-type", _capacities(pool))
    yield _is_in("topology.kubernetes.io/zone", pool.zones)
    yield _is_in("kubernetes.io/os", ("linux",))
    if pool.image is not None:
        yield _is_in("kubernetes.io/arch", (_ARCHITECTURES[pool.image.architecture],))


def _capacities(pool: NodePoolSpec) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(_TYPES[capacity] for capacity in pool.capacity))
    order = tuple(dict.fromkeys(_TYPES.values()))
    if wanted != tuple(one for one in order if one in wanted):
        raise ValueError(f"pool {pool.name}: Karpenter tries {', then '.join(order)}")
    return wanted


def _limits(pool: NodePoolSpec) -> Manifest:
    gpus = {"nvidia.com/gpu": pool.maximum * pool.gpus_per_node} if pool.gpu else {}
    return {"nodes": pool.maximum, **gpus}


def _is_in(key: str, values: tuple[str, ...]) -> Manifest:
    return {"key": key, "operator": "In", "values": list(values)}
