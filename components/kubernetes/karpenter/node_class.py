"""EC2NodeClass and Auto Mode's NodeClass: image, network, disks and metadata of a pool's nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.kubernetes.karpenter.site import NodeSite
from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.names import named
from components.specs.aws import NodeImageSpec, NodePoolSpec
from components.specs.cluster import KubernetesSpec


def ec2_node_class(spec: KubernetesSpec, pool: NodePoolSpec, site: NodeSite) -> Manifest:
    """Raises ValueError for a pool without an image: it is Karpenter's to know one."""
    image = pool.image
    if image is None:
        raise ValueError(f"pool {pool.name} has no image")
    body: Manifest = {
        # By a pinned release; the alias finds the variant with NVIDIA's driver for GPU instances.
        "amiSelectorTerms": [{"alias": f"{image.family}@v{image.release.removeprefix('v')}"}],
        "instanceProfile": site.instance_profile,
        **_network(pool, site),
        "associatePublicIPAddress": False,
        "metadataOptions": {
            "httpEndpoint": "enabled",
            "httpProtocolIPv6": "disabled",
            # No pod is one hop away: each has its own identity, and not the node's.
            "httpPutResponseHopLimit": 1,
            "httpTokens": "required",
        },
        "blockDeviceMappings": list(_disks(pool, image, site)),
        "tags": dict(site.tags),
        **_options(pool, site),
    }
    return _class(spec, pool, "karpenter.k8s.aws/v1", "EC2NodeClass", body)


def auto_node_class(spec: KubernetesSpec, pool: NodePoolSpec, site: NodeSite) -> Manifest:
    """Auto Mode chooses the image, closes the metadata and encrypts the disk by itself."""
    disk = pool.disk
    key = {"kmsKeyID": site.key_arn} if site.key_arn is not None else {}
    body: Manifest = {
        "role": site.node_role,
        **_network(pool, site),
        "ephemeralStorage": {
            "size": f"{disk.gib}Gi",
            "iops": disk.iops,
            "throughput": disk.throughput_mib,
            **key,
        },
        "tags": dict(site.tags),
        **_reservations(pool),
    }
    return _class(spec, pool, "eks.amazonaws.com/v1", "NodeClass", body)


def _class(
    spec: KubernetesSpec, pool: NodePoolSpec, version: str, kind: str, body: Manifest
) -> Manifest:
    return manifest(spec, version, kind, named(spec, pool.name), None, namespaced=False, spec=body)


def _network(pool: NodePoolSpec, site: NodeSite) -> Manifest:
    return {
        "subnetSelectorTerms": [{"id": site.subnets[zone]} for zone in pool.zones],
        "securityGroupSelectorTerms": [{"id": site.security_group}],
    }


def _options(pool: NodePoolSpec, site: NodeSite) -> Manifest:
    """Keys that only some pools have."""
    made: Manifest = _reservations(pool)
    if pool.name in site.user_data:
        made["userData"] = site.user_data[pool.name]
    if pool.local_disks:
        made["instanceStorePolicy"] = "RAID0"
    if pool.efa_interfaces:
        made["networkInterfaces"] = _interfaces(pool.efa_interfaces)
    if pool.placement_group:
        made["placementGroupSelector"] = {"name": site.placement_groups[pool.name]}
    return made


def _reservations(pool: NodePoolSpec) -> Manifest:
    if not pool.reservation_ids:
        return {}
    return {"capacityReservationSelectorTerms": [{"id": one} for one in pool.reservation_ids]}


def _interfaces(efa: int) -> list[Manifest]:
    """The node's own, and one for EFA alone on each network card, the first card's beside it."""
    own: Manifest = {"networkCardIndex": 0, "deviceIndex": 0, "interfaceType": "interface"}
    return [
        own,
        *(
            {"networkCardIndex": card, "deviceIndex": 1, "interfaceType": "efa-only"}
            for card in range(efa)
        ),
    ]


def _disks(pool: NodePoolSpec, image: NodeImageSpec, site: NodeSite) -> Iterator[Manifest]:
    """Bottlerocket has its system on a disk of its own, which is small and never grows."""
    volume: dict[str, Any] = {
        "volumeSize": f"{pool.disk.gib}Gi",
        "iops": pool.disk.iops,
        "throughput": pool.disk.throughput_mib,
    }
    if image.family == "bottlerocket":
        yield _disk("/dev/xvda", {"volumeSize": "4Gi"}, site)
        snapshot = pool.disk.snapshot_id
        yield _disk("/dev/xvdb", volume | ({"snapshotID": snapshot} if snapshot else {}), site)
    elif pool.disk.snapshot_id is not None:
        raise ValueError(f"pool {pool.name}: only Bottlerocket has a data volume to fill")
    else:
        yield _disk("/dev/xvda", volume, site) | {"rootVolume": True}


def _disk(device: str, volume: dict[str, Any], site: NodeSite) -> Manifest:
    key = {"kmsKeyID": site.key_arn} if site.key_arn is not None else {}
    common = {"volumeType": "gp3", "encrypted": True, "deleteOnTermination": True, **key}
    return {"deviceName": device, "ebs": {**volume, **common}}
