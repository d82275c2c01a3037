"""What is left on AWS of a cluster that others than Pulumi have made for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.plugin.session import OperationError

_GONE = ("terminated",)
_ADD_ON = "cluster.k8s.amazonaws.com/name"
"""Tag of the network add-on's interfaces; one that is attached to nothing has been forgotten."""
_NODE_CLAIM = "karpenter.sh/nodeclaim"
_TAGS_AT_ONCE = 20
"""Load balancers whose tags one call gives."""


@dataclass(frozen=True)
class Clients:
    """Of one region; boto3's, which have no types."""

    ec2: Any
    balancers: Any


def connect(region: str) -> Clients:
    """As boto3 finds credentials; raises OperationError where it finds none."""
    from boto3 import Session

    session: Any = Session()
    if session.get_credentials() is None:
        raise OperationError("no credentials of AWS were found: set AWS_PROFILE, or log in")
    return Clients(session.client("ec2", region), session.client("elbv2", region))


def leftovers(clients: Clients, cluster: str, vpc_id: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """Their ids; raises OperationError where AWS does not answer."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return tuple(found for kind in kinds for found in _KINDS[kind](clients, cluster, vpc_id))
    except (BotoCoreError, ClientError) as error:
        raise OperationError(f"AWS does not say what is left of {cluster}: {error}") from None


def release(clients: Clients, left: Iterable[str]) -> None:
    """Remove interfaces that nothing holds any more; nobody else would."""
    from botocore.exceptions import ClientError

    interfaces = [one for one in left if one.startswith("eni-")]
    if not interfaces:
        return
    free = _pages(
        clients.ec2,
        "describe_network_interfaces",
        "NetworkInterfaces",
        {"network-interface-id": interfaces, "status": ["available"]},
    )
    for interface in free:
        try:
            clients.ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])
        except ClientError:
            continue  # gone or taken meanwhile: the next look says which


def _load_balancers(clients: Clients, cluster: str, vpc_id: str) -> Iterator[str]:
    pages = clients.balancers.get_paginator("describe_load_balancers").paginate()
    arns = [
        balancer["LoadBalancerArn"]
        for page in pages
        for balancer in page["LoadBalancers"]
        if balancer.get("VpcId") == vpc_id
    ]
    for start in range(0, len(arns), _TAGS_AT_ONCE):
        asked = clients.balancers.describe_tags(ResourceArns=arns[start : start + _TAGS_AT_ONCE])
        for described in asked["TagDescriptions"]:
            tags = {tag["Key"]: tag["Value"] for tag in described["Tags"]}
            # The controller's tag, and Auto Mode's.
            if cluster in (tags.get("elbv2.k8s.aws/cluster"), tags.get("eks:eks-cluster-name")):
                yield described["ResourceArn"].rpartition("loadbalancer/")[2]


def _security_groups(clients: Clients, cluster: str, vpc_id: str) -> Iterator[str]:
    filters = {"vpc-id": [vpc_id], "tag:elbv2.k8s.aws/cluster": [cluster]}
    for group in _pages(clients.ec2, "describe_security_groups", "SecurityGroups", filters):
        yield group["GroupId"]


def _instances(clients: Clients, cluster: str, vpc_id: str) -> Iterator[str]:
    """Those that Karpenter or Auto Mode has started; a node group's go with it."""
    filters = {"vpc-id": [vpc_id], "tag:eks:eks-cluster-name": [cluster], "tag-key": [_NODE_CLAIM]}
    for reservation in _pages(clients.ec2, "describe_instances", "Reservations", filters):
        for instance in reservation["Instances"]:
            if instance["State"]["Name"] not in _GONE:
                yield instance["InstanceId"]


def _volumes(clients: Clients, cluster: str, vpc_id: str) -> Iterator[str]:
    del vpc_id  # a volume lies in a zone, in no VPC
    filters = {
        f"tag:kubernetes.io/cluster/{cluster}": ["owned"],
        "tag-key": ["kubernetes.io/created-for/pvc/name"],
    }
    for volume in _pages(clients.ec2, "describe_volumes", "Volumes", filters):
        yield volume["VolumeId"]


def _interfaces(clients: Clients, cluster: str, vpc_id: str) -> Iterator[str]:
    filters = {"vpc-id": [vpc_id], f"tag:{_ADD_ON}": [cluster]}
    found = _pages(clients.ec2, "describe_network_interfaces", "NetworkInterfaces", filters)
    for interface in found:
        yield interface["NetworkInterfaceId"]


_KINDS: Mapping[str, Callable[[Clients, str, str], Iterator[str]]] = {
    "load-balancers": _load_balancers,
    "security-groups": _security_groups,
    "instances": _instances,
    "volumes": _volumes,
    "interfaces": _interfaces,
}


def _pages(
    client: Any, action: str, key: str, filters: Mapping[str, Sequence[str]]
) -> Iterator[Any]:
    asked = [{"Name": name, "Values": list(values)} for name, values in filters.items()]
    for page in client.get_paginator(action).paginate(Filters=asked):
        yield from page[key]
