"""The pool for everything beside the model: operators, gateway, DNS."""

from __future__ import annotations

from components.specs.aws import DiskSpec, NodePoolSpec
from components.specs.cluster import KubernetesSpec
from planning.catalog import Catalog
from planning.eks.defaults import zone_names
from planning.eks.disk import SYSTEM_GIB
from planning.eks.nodes import other_nodes
from planning.eks.pools import POOL
from planning.eks.release import node_image_spec
from planning.settings import Settings
from planning.settings.pool import Pool

_TYPES = ("m7i.large", "m5.large")
"""2 vCPU and 8 GiB: a choice."""
_NODES = 2
"""One may leave, and the other still answers."""
_NAME = "system"


def system_pool(
    settings: Settings, serving: KubernetesSpec, catalog: Catalog
) -> NodePoolSpec | None:
    """None with Auto Mode, which has one."""
    if settings.aws.cluster.auto_mode:
        return None
    stated = next((pool for pool in settings.pools if pool.use == "system"), None)
    pool = stated or Pool.model_validate({"name": _NAME, "use": "system", "minNodes": _NODES})
    first = pool.instance_type or _TYPES[0]
    others = pool.alternatives if pool.instance_type else _TYPES[1:]
    nodes = other_nodes(pool)
    return NodePoolSpec(
        name=pool.name,
        mode="managed",
        instance_types=(first, *others),
        capacity=(pool.capacity,),
        minimum=nodes.fewest,
        maximum=max(nodes.most, nodes.fewest),
        zones=pool.zones or zone_names(settings.aws),
        image=node_image_spec(settings, pool, catalog.instances[first].value, catalog),
        disk=DiskSpec(
            gib=pool.disk.bytes >> 30 if pool.disk else 2 * SYSTEM_GIB,
            iops=3000,
            throughput_mib=125,
        ),
        local_disks=False,
        fast_pull=False,
        gpu=None,
        gpus_per_node=0,
        labels={POOL: pool.name, **pool.node_labels},
        termination_grace_seconds=serving.gateway.grace_seconds + 60,
        consolidate_after_seconds=300,
    )
