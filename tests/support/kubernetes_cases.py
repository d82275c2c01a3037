"""Stacks whose objects are goldens: each shows one way to serve."""

from __future__ import annotations

from dataclasses import replace

from components.specs.cluster import (
    AutoscalingSpec,
    KubernetesSpec,
    PlacementSpec,
    StoreSpec,
    TolerationSpec,
    TriggerSpec,
)
from components.specs.gateway import KeySpec
from tests.support.kubernetes_specs import (
    BUCKET,
    DIGEST,
    GIB,
    gpu_spec,
    multi_node_spec,
    onnx_spec,
    with_canary,
    with_files,
    with_models_beside,
    with_picker,
)
from tests.support.paces import pace
from tests.support.presets import preset_specs

_SPOT = TolerationSpec(key="spot", value="true", effect="NoSchedule")
_GPU = TolerationSpec(key="nvidia.com/gpu", value=None, effect="NoSchedule")


def cases() -> dict[str, KubernetesSpec]:
    return {
        **preset_specs(),
        "onnx": onnx_spec(),
        "onnx-with-keys": _with_keys(onnx_spec()),
        "onnx-with-a-canary": with_canary(onnx_spec()),
        "vllm-with-a-canary-of-another-revision": with_canary(gpu_spec(), weight=0),
        "onnx-in-a-given-namespace": replace(onnx_spec(), create_namespace=False),
        "vllm-from-a-claim": gpu_spec(),
        "vllm-fetched-and-gated": gpu_spec(
            store=StoreSpec(kind="fetched", size_bytes=40 * GIB), hub_token_secret="hub"
        ),
        "vllm-on-nodes-own-disk": gpu_spec(
            store=StoreSpec(kind="node", size_bytes=40 * GIB, storage_class="local-nvme"),
            placement=PlacementSpec(gpus=8, tolerations=(_GPU, _SPOT), priority_class="serving"),
        ),
        "vllm-from-an-image-volume": gpu_spec(
            store=StoreSpec(
                kind="image-volume", size_bytes=40 * GIB, image=f"registry.example.com/w@{DIGEST}"
            )
        ),
        "vllm-from-a-bucket-with-a-pull-secret": replace(
            gpu_spec(store=StoreSpec(kind="bucket", size_bytes=40 * GIB, bucket=BUCKET)),
            pull_secret="registry",
        ),
        "vllm-with-a-picker": with_picker(gpu_spec()),
        "vllm-scaled": _scaled(gpu_spec()),
        "vllm-over-two-nodes": multi_node_spec(),
        "triton-with-a-repository": with_files(gpu_spec("triton"), 'name: "a"', 'name: "b"'),
        "triton-with-models-beside": with_models_beside(gpu_spec("triton"), "embed", "rank"),
        "tensorrt-llm": gpu_spec("tensorrt-llm"),
    }


def _with_keys(spec: KubernetesSpec) -> KubernetesSpec:
    access = replace(spec.gateway.gateway, keys=(KeySpec(name="web", source="generated"),))
    return replace(spec, gateway=replace(spec.gateway, gateway=access))


def _scaled(spec: KubernetesSpec) -> KubernetesSpec:
    scaling = AutoscalingSpec(
        kind="keda",
        minimum=1,
        maximum=4,
        prometheus_url="http://prometheus.monitoring:9090",
        triggers=(
            TriggerSpec(
                name="queued",
                query='sum(vllm:num_requests_waiting{model_name="model"})',
                threshold=5,
                activation=0,
            ),
        ),
        polling_seconds=15,
        up=pace(0),
        down=pace(900),
        cooldown_seconds=900,
    )
    workload = replace(spec.workload, replicas=(1, 4))
    return replace(spec, autoscaling=scaling, workload=workload)
