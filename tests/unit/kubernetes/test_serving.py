"""Replicas of an engine as objects: each idea in the object where a cluster reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.specs.cluster import AutoscalingSpec, StoreSpec
from tests.support.kubernetes_specs import (
    DIGEST,
    GIB,
    gpu_spec,
    multi_node_spec,
    onnx_spec,
    with_files,
)
from tests.support.manifests import containers, of_kind, one, pod_templates, rendered
from tests.support.paces import pace

FETCHED = StoreSpec(kind="fetched", size_bytes=40 * GIB)
NODE = StoreSpec(kind="node", size_bytes=40 * GIB, storage_class="local-nvme")


def test_the_namespace_is_restricted_and_made_only_where_it_is_ours() -> None:
    spec = onnx_spec()
    labels = one(rendered(spec), "Namespace")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    foreign = rendered(replace(spec, create_namespace=False))
    assert not of_kind(foreign, "Namespace") + of_kind(foreign, "ResourceQuota")


def test_a_rollout_never_goes_below_the_wished_replicas() -> None:
    body = one(rendered(onnx_spec()), "Deployment")["spec"]
    assert body["replicas"] == 2
    assert body["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    assert body["progressDeadlineSeconds"] == 900


def test_the_number_of_replicas_is_left_to_an_autoscaler() -> None:
    scaled = AutoscalingSpec(
        kind="keda",
        minimum=1,
        maximum=4,
        prometheus_url="http://prometheus",
        triggers=(),
        polling_seconds=15,
        up=pace(0),
        down=pace(300),
        cooldown_seconds=300,
    )
    body = one(rendered(replace(onnx_spec(), autoscaling=scaled)), "Deployment")["spec"]
    assert "replicas" not in body, "the two would overwrite each other's number"


def test_a_leaving_pod_waits_before_it_is_told_and_has_the_plans_grace() -> None:
    (pod,) = pod_templates(rendered(onnx_spec()))
    (container,) = pod["spec"]["containers"]
    assert container["lifecycle"] == {"preStop": {"sleep": {"seconds": 15}}}
    assert pod["spec"]["terminationGracePeriodSeconds"] == 90


def test_without_a_wait_there_is_no_hook_as_a_sleep_of_zero_needs_a_newer_cluster() -> None:
    (container,) = containers(rendered(onnx_spec(pre_stop_seconds=0)))
    assert "lifecycle" not in container


def test_probes_have_the_times_of_the_plan() -> None:
    (container,) = containers(rendered(onnx_spec()))
    spec = onnx_spec().workload.container
    for key, wished in (
        ("startupProbe", spec.startup),
        ("readinessProbe", spec.readiness),
        ("livenessProbe", spec.liveness),
    ):
        probe = container[key]
        assert probe["httpGet"] == {"path": wished.path, "port": "http", "scheme": "HTTP"}
        assert probe["failureThreshold"] == wished.failure_threshold
        assert probe["periodSeconds"] == wished.period_seconds


def test_a_pod_asks_nothing_of_the_api_server() -> None:
    for spec in (onnx_spec(), gpu_spec(), multi_node_spec()):
        objects = rendered(spec)
        account = one(objects, "ServiceAccount")
        assert account["automountServiceAccountToken"] is False
        for pod in pod_templates(objects):
            assert pod["spec"]["automountServiceAccountToken"] is False
            assert pod["spec"]["serviceAccountName"] == account["metadata"]["name"]


def test_shared_memory_is_memory_of_the_pod_and_not_added_to_its_limit() -> None:
    objects = rendered(gpu_spec())
    (engine,) = [c for c in containers(objects) if c["name"] == "engine"]
    pods = [pod for pod in pod_templates(objects) if pod["spec"]["containers"] == [engine]]
    (volume,) = [v for v in pods[0]["spec"]["volumes"] if v["name"] == "shared-memory"]
    assert volume["emptyDir"] == {"medium": "Memory", "sizeLimit": "1Gi"}
    assert {"name": "shared-memory", "mountPath": "/dev/shm"} in engine["volumeMounts"]
    assert engine["resources"]["limits"]["memory"] == "64Gi"


def test_gpus_are_asked_for_and_bounded_alike() -> None:
    (engine,) = [c for c in containers(rendered(gpu_spec())) if c["name"] == "engine"]
    for side in ("requests", "limits"):
        assert engine["resources"][side]["nvidia.com/gpu"] == "2"
    (plain,) = containers(rendered(onnx_spec()))
    assert "nvidia.com/gpu" not in plain["resources"]["limits"]


def test_a_namespace_of_our_own_has_no_more_gpus_than_a_full_replacement_needs() -> None:
    hard = one(rendered(gpu_spec()), "ResourceQuota")["spec"]["hard"]
    assert hard == {"services.loadbalancers": "0", "requests.nvidia.com/gpu": "8"}


def test_a_changed_file_is_another_map_and_another_pod_template() -> None:
    first = rendered(with_files(onnx_spec(), "a"))
    second = rendered(with_files(onnx_spec(), "b"))
    maps = [one(objects, "ConfigMap") for objects in (first, second)]
    assert maps[0]["metadata"]["name"] != maps[1]["metadata"]["name"]
    assert list(pod_templates(first)) != list(pod_templates(second))
    (container,) = containers(first)
    (mount,) = [m for m in container["volumeMounts"] if m["name"] == "files"]
    assert mount["mountPath"] == "/repository/0/config.pbtxt"
    assert maps[0]["data"][mount["subPath"]] == "a"


def test_a_model_in_the_image_needs_no_volume_and_never_asks_the_hub() -> None:
    (container,) = containers(rendered(onnx_spec()))
    assert {"name": "HF_HUB_OFFLINE", "value": "1"} in container["env"]
    assert [mount["name"] for mount in container["volumeMounts"]] == ["scratch-0"]


def test_a_claim_is_filled_once_by_a_job_and_read_only_for_the_engine() -> None:
    objects = rendered(gpu_spec())
    claim = one(objects, "PersistentVolumeClaim")
    assert claim["spec"]["resources"]["requests"]["storage"] == "40Gi"
    fetch, engine = pod_templates(objects)
    assert fetch["spec"]["volumes"][0]["persistentVolumeClaim"] == {
        "claimName": claim["metadata"]["name"]
    }
    assert engine["spec"]["volumes"][0]["persistentVolumeClaim"] == {
        "claimName": claim["metadata"]["name"],
        "readOnly": True,
    }
    (job,) = fetch["spec"]["containers"]
    assert job["command"][-2:] == ["org/model", 40 * "b"]


def test_the_job_has_the_time_of_a_slow_download_beside_that_of_a_start() -> None:
    job = one(rendered(gpu_spec()), "Job")["spec"]
    assert job["activeDeadlineSeconds"] == 900 + 40 * GIB // (20 << 20)


def test_a_claim_of_one_node_is_filled_where_the_engine_runs() -> None:
    shared = one(rendered(gpu_spec()), "Job")["spec"]["template"]["spec"]
    assert "nodeSelector" not in shared
    assert shared["tolerations"], "the cluster may have no other nodes"
    single = StoreSpec(kind="volume", size_bytes=40 * GIB, access_mode="ReadWriteOnce")
    bound = one(rendered(gpu_spec(store=single)), "Job")["spec"]["template"]["spec"]
    assert bound["nodeSelector"] == gpu_spec().workload.placement.node_selector


def test_another_revision_is_another_claim_as_running_replicas_keep_theirs() -> None:
    spec = gpu_spec()
    engine = replace(spec.workload.engine, revision=40 * "c")
    other = rendered(replace(spec, workload=replace(spec.workload, engine=engine)))
    for kind in ("PersistentVolumeClaim", "Job"):
        names = [one(objects, kind)["metadata"]["name"] for objects in (rendered(spec), other)]
        assert names[0] != names[1]


def test_a_claim_that_nothing_can_fill_is_refused() -> None:
    spec = gpu_spec()
    engine = replace(spec.workload.engine, model="/models/mine", revision=None)
    with pytest.raises(ValueError, match=r"'/models/mine': it has no revision"):
        rendered(replace(spec, workload=replace(spec.workload, engine=engine)))


def test_what_the_engine_compiles_is_kept_on_a_claim_of_all_replicas() -> None:
    spec = gpu_spec(cache_bytes=5 * GIB)
    container = replace(spec.workload.container, cache_mount="/var/cache/vllm")
    kept = replace(spec, workload=replace(spec.workload, container=container))
    objects = rendered(kept)
    claim = one(objects, "PersistentVolumeClaim", "-compiled")
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    assert claim["spec"]["resources"]["requests"]["storage"] == "5Gi"
    *_, engine = containers(objects)
    assert {"name": "compiled", "mountPath": "/var/cache/vllm"} in engine["volumeMounts"]
    with pytest.raises(ValueError, match="needs `cache_bytes`"):
        rendered(replace(kept, workload=replace(kept.workload, cache_bytes=None)))


def test_weights_on_the_nodes_own_disk_are_a_claim_of_the_pod() -> None:
    objects = rendered(gpu_spec(store=NODE))
    (pod,) = pod_templates(objects)
    template = pod["spec"]["volumes"][0]["ephemeral"]["volumeClaimTemplate"]
    assert template["spec"]["storageClassName"] == "local-nvme"
    assert template["spec"]["accessModes"] == ["ReadWriteOnce"]
    assert not of_kind(objects, "Job")


def test_weights_fetched_at_a_start_count_in_the_disk_of_the_pod() -> None:
    (container,) = containers(rendered(gpu_spec(store=FETCHED)))
    assert container["resources"]["limits"]["ephemeral-storage"] == "41Gi"


@pytest.mark.parametrize("store", [FETCHED, NODE], ids=["fetched", "node"])
def test_the_hub_token_is_a_file_of_the_pods_that_ask_the_hub(store: StoreSpec) -> None:
    (container,) = containers(rendered(gpu_spec(store=store, hub_token_secret="hub")))
    env = {entry["name"]: entry["value"] for entry in container["env"]}
    (mount,) = [m for m in container["volumeMounts"] if m["name"] == "hub-token"]
    assert env["HF_TOKEN_PATH"] == f"{mount['mountPath']}/token"
    assert "HF_HUB_OFFLINE" not in env


def test_with_a_filled_claim_only_the_job_has_the_hub_token() -> None:
    fetch, engine = containers(rendered(gpu_spec(hub_token_secret="hub")))
    assert [m["name"] for m in fetch["volumeMounts"]][-1] == "hub-token"
    assert "hub-token" not in [m["name"] for m in engine["volumeMounts"]]


def test_a_replica_over_two_nodes_is_one_group_whose_leader_takes_the_requests() -> None:
    objects = rendered(multi_node_spec())
    assert not of_kind(objects, "Deployment")
    group = one(objects, "LeaderWorkerSet")["spec"]["leaderWorkerTemplate"]
    assert group["size"] == 2
    (worker,) = group["workerTemplate"]["spec"]["containers"]
    assert worker["args"] == ["serve", "--headless"]
    assert not {"readinessProbe", "startupProbe", "livenessProbe", "ports"} & worker.keys()
    for service in of_kind(objects, "Service"):
        assert service["spec"]["selector"]["leaderworkerset.sigs.k8s.io/worker-index"] == "0"


def test_only_ready_pods_have_an_address_in_the_headless_service() -> None:
    service = one(rendered(onnx_spec()), "Service", "-engine-pods")["spec"]
    assert service["clusterIP"] == "None"
    assert service["publishNotReadyAddresses"] is False


def test_images_are_named_by_digest_as_the_spec_says() -> None:
    for container in containers(rendered(gpu_spec())):
        assert container["image"].endswith(DIGEST)
