"""vCPUs that count against a quota now.

On demand: instances that run or start, and places of capacity reservations that nobody uses. Spot:
instances, and requests that are still open. Not counted, by AWS's rules: instances of capacity
blocks and on dedicated hosts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from operations.preflight.asking import NoAnswerError
from operations.preflight.aws.account import AwsAccount
from operations.preflight.aws.replies import (
    CapacityReservations,
    Instance,
    Instances,
    InstanceTypes,
    SpotRequests,
)
from planning.catalog import load_catalog
from planning.catalog.quota import quota_of, spot_code_of

if TYPE_CHECKING:
    from boto3 import Ec2

_MOST_TYPES = 100  # of one DescribeInstanceTypes call
# Tag key of every node that EKS or Karpenter starts; its value is `owned`.
_CLUSTER_TAG = "kubernetes.io/cluster/"


@dataclass(frozen=True, kw_only=True)
class Share:
    """What counts: the quota, and whose instances are not in the way."""

    code: str
    spot: bool
    own: frozenset[str]
    """Clusters of the stack itself."""

    def counts(self, instance_type: str) -> bool:
        """Raises NoAnswerError for a type whose quota may be this one and may not."""
        row = quota_of(load_catalog(), instance_type)
        if row is None:
            raise _unknown(instance_type)
        if not self.spot:
            return row.value.code == self.code
        if spot_code_of(row, instance_type) is None and self.code in row.value.spot:
            raise _unknown(instance_type)
        return spot_code_of(row, instance_type) == self.code


def used_vcpus(account: AwsAccount, region: str, share: Share) -> int:
    """Of everybody in the account and region but the stack itself."""
    ec2 = account.ec2(region)
    types = account.ask(lambda: Counter(_running(ec2, share)), "ec2:DescribeInstances")
    if share.spot:
        types += account.ask(lambda: Counter(_requested(ec2)), "ec2:DescribeSpotInstanceRequests")
    else:
        types += account.ask(lambda: _reserved(ec2), "ec2:DescribeCapacityReservations")
    counted = {name: count for name, count in types.items() if share.counts(name)}
    vcpus = _vcpus(account, ec2, counted)
    return sum(vcpus[name] * count for name, count in counted.items())


def _running(ec2: Ec2, share: Share) -> Iterator[str]:
    pages = ec2.get_paginator("describe_instances").paginate(
        Filters=[{"Name": "instance-state-name", "Values": ["pending", "running"]}]
    )
    for page in pages:
        for reservation in Instances.model_validate(page).reservations:
            for instance in reservation.instances:
                if _in_quota(instance, share):
                    yield instance.instance_type


def _in_quota(instance: Instance, share: Share) -> bool:
    if instance.instance_lifecycle == "capacity-block" or instance.placement.tenancy == "host":
        return False
    tags = {tag.key for tag in instance.tags}
    own = any(f"{_CLUSTER_TAG}{cluster}" in tags for cluster in share.own)
    return (instance.instance_lifecycle == "spot") == share.spot and not own


def _requested(ec2: Ec2) -> Iterator[str]:
    pages = ec2.get_paginator("describe_spot_instance_requests").paginate(
        Filters=[{"Name": "state", "Values": ["open"]}]
    )
    for page in pages:
        for request in SpotRequests.model_validate(page).spot_instance_requests:
            yield request.launch_specification.instance_type


def _reserved(ec2: Ec2) -> Counter[str]:
    pages = ec2.get_paginator("describe_capacity_reservations").paginate(
        Filters=[{"Name": "state", "Values": ["active"]}]
    )
    unused: Counter[str] = Counter()
    for page in pages:
        for held in CapacityReservations.model_validate(page).capacity_reservations:
            if held.reservation_type != "capacity-block":
                unused[held.instance_type] += held.available_instance_count
    return unused


def _vcpus(account: AwsAccount, ec2: Ec2, types: Iterable[str]) -> dict[str, int]:
    """vCPUs of each type: of the catalog, else asked for."""
    rows = load_catalog().instances
    known = {name: rows[name].value.vcpus for name in types if name in rows}
    unknown = [name for name in types if name not in rows]

    def read(names: list[str]) -> dict[str, int]:
        answer = ec2.describe_instance_types(InstanceTypes=names)
        rows = InstanceTypes.model_validate(answer).instance_types
        return {row.instance_type: row.v_cpu_info.default_v_cpus for row in rows}

    for first in range(0, len(unknown), _MOST_TYPES):
        part = unknown[first : first + _MOST_TYPES]
        known |= account.ask(lambda part=part: read(part), "ec2:DescribeInstanceTypes")
    if missing := [name for name in unknown if name not in known]:
        raise NoAnswerError("malformed", f"AWS does not say how many vCPUs {missing[0]} has")
    return known


def _unknown(instance_type: str) -> NoAnswerError:
    return NoAnswerError(
        "not-known-here", f"which quota {instance_type}, in use now, counts against is not known"
    )
