"""Pools of nodes: groups of EKS, or a NodePool of Karpenter's or of Auto Mode."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from components.specs.aws import DiskSpec, NodePoolSpec
from components.specs.aws.node_groups import node_groups
from components.specs.cluster import KubernetesSpec
from planning.cost.planned.made import Maker
from planning.cost.resource import Resource

_BOTTLEROCKET_GIB = 4
"""The system's own disk, beside the one of the pool."""


def pool_resources(
    pool: NodePoolSpec, serving: KubernetesSpec, average: Decimal | None, maker: Maker
) -> Iterator[Resource]:
    if pool.mode == "managed":
        yield from _groups(pool, average, maker)
    else:
        yield from _node_pool(pool, serving, average, maker)


def _groups(pool: NodePoolSpec, average: Decimal | None, maker: Maker) -> Iterator[Resource]:
    for index, group in enumerate(node_groups(pool)):
        name = f"pool-{pool.name}-{group.part}"
        ebs = [
            {
                "volumeType": "gp3",
                "volumeSize": disk.gib,
                "iops": disk.iops,
                "throughput": disk.throughput_mib,
            }
            for disk in _disks(pool)
        ]
        mappings = {"blockDeviceMappings": [{"ebs": one} for one in ebs]}
        template = maker("aws:ec2/launchTemplate:LaunchTemplate", f"{name}-template", mappings)
        yield template
        inputs: dict[str, Any] = {
            "capacityType": group.capacity_type,
            "instanceTypes": list(pool.instance_types),
            "launchTemplate": {"id": template.urn},
            "scalingConfig": {"minSize": group.minimum, "maxSize": group.maximum},
        }
        # What comes after the first is there for when that has no more.
        mean = Decimal(0) if index and average is not None else average
        yield maker(
            "aws:eks/nodeGroup:NodeGroup", name, inputs, average=mean, launchTemplate=template
        )


def _node_pool(
    pool: NodePoolSpec, serving: KubernetesSpec, average: Decimal | None, maker: Maker
) -> Iterator[Resource]:
    name = f"{serving.name}-{pool.name}"
    kind = "EC2NodeClass" if pool.mode == "karpenter" else "NodeClass"
    version = "karpenter.k8s.aws/v1" if pool.mode == "karpenter" else "eks.amazonaws.com/v1"
    volumes = [
        {
            "volumeType": "gp3",
            "volumeSize": f"{disk.gib}Gi",
            "iops": disk.iops,
            "throughput": disk.throughput_mib,
        }
        for disk in _disks(pool)
    ]
    yield maker.of_cluster(
        version, kind, name, {"blockDeviceMappings": [{"ebs": one} for one in volumes]}
    )
    bought = {"on-demand": "on-demand", "spot": "spot"}
    values = {
        "node.kubernetes.io/instance-type": list(pool.instance_types),
        "karpenter.sh/capacity-type": [bought.get(one, "reserved") for one in pool.capacity],
        "topology.kubernetes.io/zone": list(pool.zones),
    }
    gpus = {"nvidia.com/gpu": pool.maximum * pool.gpus_per_node} if pool.gpu else {}
    spec = {
        "template": {
            "metadata": {"labels": dict(pool.labels)},
            "spec": {
                "nodeClassRef": {"kind": kind, "name": name},
                "requirements": [
                    {"key": key, "operator": "In", "values": some} for key, some in values.items()
                ],
            },
        },
        "limits": {"nodes": pool.maximum, **gpus},
    }
    yield maker("kubernetes:karpenter.sh/v1:NodePool", name, _object(name, spec), average=average)


def _object(name: str, spec: Any) -> dict[str, Any]:
    return {"metadata": {"name": name}, "spec": spec}


def _disks(pool: NodePoolSpec) -> Iterator[DiskSpec]:
    if pool.image is not None and pool.image.family == "bottlerocket":
        yield DiskSpec(gib=_BOTTLEROCKET_GIB, iops=3000, throughput_mib=125)
    yield pool.disk
