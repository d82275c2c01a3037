"""Weights in a bucket, mounted by Mountpoint for Amazon S3's CSI driver.

The driver has no dynamic provisioning: a PersistentVolume names the bucket, and a claim that volume
alone. It asks S3 as the pod's service account; the pod itself gets neither a token nor a way out.
"""

from __future__ import annotations

from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.names import digest, named
from components.kubernetes.quantity import of_bytes
from components.specs.cluster import BucketSpec, KubernetesSpec

DRIVER = "s3.csi.aws.com"
_ROLE = "eks.amazonaws.com/role-arn"
_MODES = ["ReadOnlyMany"]


def bucket_objects(spec: KubernetesSpec) -> tuple[Manifest, Manifest]:
    """The volume and the claim on it."""
    bucket, name = _bucket(spec), bucket_name(spec)
    # Of S3 it says nothing, but the API wants a size on both.
    size = of_bytes(spec.workload.store.size_bytes)
    volume: Manifest = {
        "capacity": {"storage": size},
        "accessModes": _MODES,
        "storageClassName": "",
        "persistentVolumeReclaimPolicy": "Retain",
        "claimRef": {"namespace": spec.namespace, "name": name},
        "mountOptions": _options(spec, bucket),
        "csi": {
            "driver": DRIVER,
            "volumeHandle": _volume_name(spec),
            "volumeAttributes": {
                "bucketName": bucket.name,
                "authenticationSource": "pod",
                "stsRegion": bucket.region,
            },
        },
    }
    claim: Manifest = {
        "accessModes": _MODES,
        "storageClassName": "",
        "volumeName": _volume_name(spec),
        "resources": {"requests": {"storage": size}},
    }
    return (
        manifest(
            spec,
            "v1",
            "PersistentVolume",
            _volume_name(spec),
            "engine",
            namespaced=False,
            spec=volume,
        ),
        manifest(spec, "v1", "PersistentVolumeClaim", name, "engine", spec=claim),
    )


def bucket_name(spec: KubernetesSpec) -> str:
    """Of the claim. A volume cannot be changed: another folder is another one."""
    bucket = _bucket(spec)
    return named(spec, f"bucket-{digest([bucket.name, bucket.prefix, bucket.region])}")


def role_of_bucket(spec: KubernetesSpec) -> dict[str, str] | None:
    """Annotation of the service account that the driver asks S3 as."""
    bucket = spec.workload.store.bucket
    return {_ROLE: bucket.role} if bucket and bucket.role else None


def _volume_name(spec: KubernetesSpec) -> str:
    """Volumes have no namespace, and the driver takes two of one handle for one."""
    return f"{bucket_name(spec)}-{digest(spec.namespace)}"


def _options(spec: KubernetesSpec, bucket: BucketSpec) -> list[str]:
    """Of Mountpoint: nobody writes, and the engine's user may read."""
    user, group = spec.workload.container.user, spec.workload.container.group
    return [
        "read-only",
        f"region {bucket.region}",
        f"prefix {bucket.prefix}/",
        "allow-other",
        f"uid={user}",
        f"gid={group}",
    ]


def _bucket(spec: KubernetesSpec) -> BucketSpec:
    bucket = spec.workload.store.bucket
    if bucket is None:
        raise ValueError("weights in a bucket need the bucket's name")
    return bucket
