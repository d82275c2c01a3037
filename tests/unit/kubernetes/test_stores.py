"""Weights that somebody else keeps: an image that nodes mount, a bucket that a driver mounts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import kubernetes_validate
from huggingface_hub import snapshot_download

from components.engines.hub import HUB_CACHE, snapshot
from components.kubernetes.manifest import Manifest
from components.specs.cluster import KubernetesSpec, StoreSpec
from tests.support.kubernetes_specs import BUCKET, DIGEST, GIB, REVISION, gpu_spec, with_canary
from tests.support.manifests import of_kind, one, pod_templates, rendered, rendered_stack

IMAGE = gpu_spec(store=StoreSpec(kind="image-volume", size_bytes=GIB, image=f"weights@{DIGEST}"))
S3 = gpu_spec(store=StoreSpec(kind="bucket", size_bytes=GIB, bucket=BUCKET))
PLACE = f"{HUB_CACHE}/models--org--model/snapshots/{REVISION}"


def test_an_image_of_weights_is_mounted_where_the_hubs_cache_has_the_revision() -> None:
    volume, mount = _model(IMAGE)
    assert volume == {"name": "model", "image": {"reference": f"weights@{DIGEST}"}}
    assert mount == {"name": "model", "mountPath": PLACE, "readOnly": True}
    deployment = one(rendered(IMAGE), "Deployment", "engine")
    kubernetes_validate.validate(deployment, "1.37", strict=True)


def test_the_hubs_library_finds_files_there_and_asks_nobody(tmp_path: Path) -> None:
    """The folder is all that an image or a bucket brings: no refs, no blobs, no links."""
    cache = Path(snapshot(IMAGE.workload.engine)).relative_to(HUB_CACHE)
    (tmp_path / cache).mkdir(parents=True)
    (tmp_path / cache / "config.json").write_text("{}")
    found = snapshot_download(
        "org/model", revision=REVISION, cache_dir=tmp_path, local_files_only=True
    )
    assert Path(found) == tmp_path / cache


def test_a_bucket_is_read_through_a_volume_that_one_claim_alone_can_have() -> None:
    objects = rendered(S3)
    volume, claim = one(objects, "PersistentVolume"), one(objects, "PersistentVolumeClaim")
    name = claim["metadata"]["name"]
    assert volume["spec"]["claimRef"] == {"namespace": S3.namespace, "name": name}
    assert claim["spec"]["volumeName"] == volume["metadata"]["name"]
    assert "namespace" not in volume["metadata"]
    options = volume["spec"]["mountOptions"]
    assert {"read-only", f"prefix {BUCKET.prefix}/", "region us-east-1"} <= set(options)
    assert _model(S3)[1] == {"name": "model", "mountPath": PLACE, "readOnly": True}
    for made in (volume, claim):
        kubernetes_validate.validate(made, "1.30", strict=True)


def test_the_driver_asks_s3_as_the_pods_account_and_the_pod_holds_no_token() -> None:
    objects = rendered(S3)
    attributes = one(objects, "PersistentVolume")["spec"]["csi"]["volumeAttributes"]
    assert attributes["authenticationSource"] == "pod"
    account = one(objects, "ServiceAccount", "engine")
    assert account["metadata"]["annotations"] == {"eks.amazonaws.com/role-arn": BUCKET.role}
    assert account["automountServiceAccountToken"] is False
    nobody = replace(S3.workload.store, bucket=replace(BUCKET, role=None))
    plain = rendered(replace(S3, workload=replace(S3.workload, store=nobody)))
    assert "annotations" not in one(plain, "ServiceAccount", "engine")["metadata"]


def test_two_stacks_of_one_name_do_not_share_a_volume() -> None:
    here, there = S3, replace(S3, namespace="elsewhere")
    names = {one(rendered(spec), "PersistentVolume")["metadata"]["name"] for spec in (here, there)}
    assert len(names) == 2


def test_a_canary_of_the_same_weights_shares_volume_and_claim() -> None:
    both = rendered(with_canary(S3))
    assert len(of_kind(both, "PersistentVolume")) == 1
    assert len(of_kind(both, "PersistentVolumeClaim")) == 1


def test_every_account_of_the_stack_pulls_with_its_secret() -> None:
    accounts = of_kind(
        rendered_stack(replace(with_canary(S3), pull_secret="reg")), "ServiceAccount"
    )
    assert len(accounts) == 3
    assert all(account["imagePullSecrets"] == [{"name": "reg"}] for account in accounts)


def _model(spec: KubernetesSpec) -> tuple[Manifest, Manifest]:
    """Volume and mount of the weights."""
    (pod,) = (pod for pod in pod_templates(rendered(spec)))
    (volume,) = [one for one in pod["spec"]["volumes"] if one["name"] == "model"]
    (container,) = pod["spec"]["containers"]
    (mount,) = [one for one in container["volumeMounts"] if one["name"] == "model"]
    return volume, mount
