"""A NodePool: what its limits let it have, and what its pods need at least."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from planning.catalog.rows.cost import CostKindFacts
from planning.catalog.rows.hardware import InstanceFacts
from planning.cost.amount import Amount
from planning.cost.line import Line, UnpricedError
from planning.cost.pricers import disks
from planning.cost.pricers.nodes import counted, node_of, with_disks
from planning.cost.pricers.workloads import fewest_nodes
from planning.cost.resource import Resource, value_at, whole
from planning.cost.stack import Stack

_TYPE = "node.kubernetes.io/instance-type"
_GIB = 2**30
_UNITS = {"": 1, "m": 1e-3, "Ki": 2**10, "Mi": 2**20, "Gi": _GIB, "Ti": 2**40}


def node_pool(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    """The dearest that the limits allow; at least what pods hold that cannot go below."""
    requirements = _requirements(resource)
    types = requirements.get(_TYPE)
    if not types:
        raise UnpricedError("it may have any instance type: name them in its requirements")
    capacities = requirements.get("karpenter.sh/capacity-type", ["on-demand"])
    if "reserved" in capacities:
        raise UnpricedError("what a reservation costs is agreed with AWS, and not listed")
    region, most = _region(requirements, resource), 0
    node = node_of(types, stack, region, spot="spot" in capacities)
    node = with_disks(node, _disks(resource, stack), stack, region)
    facts = [stack.catalog.instances[str(name)].value for name in types]
    most = max(_most(resource, one) for one in facts)
    gpus = min(one.gpus for one in facts)
    least = min(most, fewest_nodes(resource, stack, gpus))
    line = counted(resource, node, least, most)
    if line.amount is None:
        raise AssertionError("a counted line has an amount")
    # Of several types a limit may allow more of the smaller one: the dearest mix is the most.
    dearest = max(
        node_of([name], stack, region, spot=False).amount.maximum * _most(resource, one)
        for name, one in zip(types, facts, strict=True)
    )
    disk = node.amount.maximum - node_of(types, stack, region, spot=False).amount.maximum
    amount = Amount(
        minimum=line.amount.minimum,
        expected=line.amount.expected,
        maximum=dearest + disk * most,
    )
    return Line(
        urn=line.urn,
        kind="priced",
        how=f"{line.how}, by its limits",
        amount=amount,
        prices=line.prices,
        beside=line.beside,
    )


def _requirements(resource: Resource) -> Mapping[str, list[Any]]:
    entries = resource.get("spec", "template", "spec", "requirements", default=[])
    return {
        str(value_at(one, "key")): cast("list[Any]", value_at(one, "values", default=[]))
        for one in cast("list[Any]", entries)
        if value_at(one, "operator") == "In"
    }


def _region(requirements: Mapping[str, list[Any]], resource: Resource) -> str | None:
    zones = requirements.get("topology.kubernetes.io/zone", [])
    regions = {re.sub(r"[a-z]$", "", str(zone)) for zone in zones}
    return regions.pop() if len(regions) == 1 else resource.region


def _most(resource: Resource, instance: InstanceFacts) -> int:
    """Nodes of that type. Raises UnpricedError without a limit: nothing bounds the bill."""
    limits = resource.get("spec", "limits", default={})
    sizes = {
        "nodes": 1.0,
        "cpu": float(instance.vcpus),
        "memory": float(instance.memory_mib) * 2**20,
        "nvidia.com/gpu": float(instance.gpus),
    }
    counts = [
        int(quantity(value_at(limits, name)) // size)
        for name, size in sizes.items()
        if size and value_at(limits, name) is not None
    ]
    if not counts:
        raise UnpricedError("without limits nothing bounds what it may cost")
    return min(counts)


def quantity(value: Any) -> float:
    """As Kubernetes writes them. Raises UnpricedError."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(m|Ki|Mi|Gi|Ti)?", str(value))
    if found is None:
        raise UnpricedError(f"{value} is no quantity that is understood")
    return float(found[1]) * _UNITS[found[2] or ""]


def _disks(resource: Resource, stack: Stack) -> list[disks.Disk]:
    name = resource.get("spec", "template", "spec", "nodeClassRef", "name")
    kind = resource.get("spec", "template", "spec", "nodeClassRef", "kind", default="")
    for node_class in stack.objects(str(kind), name):
        mappings = cast("list[Any]", node_class.get("spec", "blockDeviceMappings", default=[]))
        found = [_disk(value_at(one, "ebs", default={}), "volumeSize") for one in mappings]
        storage = node_class.get("spec", "ephemeralStorage")
        return found if storage is None else [_disk(storage, "size")]
    return []


def _disk(ebs: Any, size: str) -> disks.Disk:
    gib = quantity(value_at(ebs, size)) / _GIB
    return disks.Disk(
        kind=str(value_at(ebs, "volumeType", default="gp3")),
        gib=whole(gib, "the size of its disk"),
        iops=whole(value_at(ebs, "iops", default=3000), "its IOPS"),
        mib=whole(value_at(ebs, "throughput", default=125), "its throughput"),
    )
