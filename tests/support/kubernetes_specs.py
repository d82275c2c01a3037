"""Specs of a stack on a cluster, made by hand: what a plan would say, with a field to change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.engines.parts import INFERENCE
from components.specs.cluster import (
    BucketSpec,
    CanarySpec,
    ClusterGatewaySpec,
    KubernetesSpec,
    ObservabilitySpec,
    PickerSpec,
    PlacementSpec,
    StoreSpec,
    TolerationSpec,
    WorkloadSpec,
)
from components.specs.container import ContainerSpec, FileSpec, PortSpec, ProbeSpec
from components.specs.engine import ContractSpec, EngineKind, EngineSpec, MetricsSpec
from components.specs.gateway import GatewaySpec

GIB = 1 << 30
DIGEST = "sha256:" + 64 * "a"
REVISION = 40 * "b"


BUCKET = BucketSpec(
    name="weights",
    region="us-east-1",
    prefix=f"org/model/{REVISION}",
    role="arn:aws:iam::123456789012:role/weights-reader",
)


def onnx_spec(**changes: Any) -> KubernetesSpec:
    """Two replicas on processors, the model in their image; `changes` are of the workload."""
    workload = replace(_workload("onnx"), **changes)
    return _stack("tiny", workload)


def gpu_spec(kind: EngineKind = "vllm", **changes: Any) -> KubernetesSpec:
    """Two replicas on two GPUs each, weights from a claim."""
    placement = PlacementSpec(
        node_selector={"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"},
        tolerations=(TolerationSpec(key="nvidia.com/gpu", value=None, effect="NoSchedule"),),
        gpus=2,
    )
    base = replace(
        _workload(kind),
        placement=placement,
        store=StoreSpec(kind="volume", size_bytes=40 * GIB),
        cpu_millis=8000,
        memory_bytes=64 * GIB,
    )
    return _stack("llama", replace(base, **changes))


def multi_node_spec() -> KubernetesSpec:
    """One replica over two nodes."""
    spec = gpu_spec(replicas=(1, 1))
    container = replace(spec.workload.container, worker_args=("serve", "--headless"))
    engine = replace(spec.workload.engine, nodes=2, pipeline_parallel=2)
    return replace(spec, workload=replace(spec.workload, engine=engine, container=container))


def with_canary(spec: KubernetesSpec, weight: int = 10, **changes: Any) -> KubernetesSpec:
    """One replica of another revision beside `spec`; `changes` are of its workload."""
    engine = replace(spec.workload.engine, revision=spec.workload.engine.revision and 40 * "c")
    alike = replace(spec.workload, part="canary", engine=engine, replicas=(1, 1))
    workload = replace(alike, **changes)
    canary = CanarySpec(workload=workload, model=None, build=None, weight=weight)
    return replace(spec, canary=canary)


def with_picker(spec: KubernetesSpec) -> KubernetesSpec:
    picker = PickerSpec(image=f"registry.example.com/picker@{DIGEST}")
    return replace(spec, gateway=replace(spec.gateway, picker=picker))


def with_files(spec: KubernetesSpec, *texts: str) -> KubernetesSpec:
    files = tuple(
        FileSpec(path=f"/repository/{number}/config.pbtxt", text=text)
        for number, text in enumerate(texts)
    )
    container = replace(spec.workload.container, files=files)
    return replace(spec, workload=replace(spec.workload, container=container))


def with_models_beside(spec: KubernetesSpec, *models: str) -> KubernetesSpec:
    """Asked on a port of their own."""
    ports = (*spec.workload.container.ports, PortSpec(name=INFERENCE, number=8010))
    container = replace(spec.workload.container, ports=ports)
    asked = replace(spec.gateway.gateway, inference=models)
    return replace(
        spec,
        workload=replace(spec.workload, container=container),
        gateway=replace(spec.gateway, gateway=asked),
    )


def _stack(name: str, workload: WorkloadSpec) -> KubernetesSpec:
    return KubernetesSpec(
        name=name,
        namespace=f"{name}-serving",
        create_namespace=True,
        kubeconfig=None,
        context=None,
        labels={"slipway.dev/stack": "dev"},
        model=None,
        build=None,
        workload=workload,
        gateway=_gateway(),
        autoscaling=None,
        observability=_observability(workload.engine.contract.metrics),
        charts=(),
        smoke_check=True,
    )


def _workload(kind: EngineKind) -> WorkloadSpec:
    engine = _engine(kind)
    return WorkloadSpec(
        name=kind,
        image=f"registry.example.com/{kind}@{DIGEST}",
        engine=engine,
        container=_container(engine),
        replicas=(2, 2),
        cpu_millis=1500,
        memory_bytes=2 * GIB,
        disk_bytes=GIB,
        placement=PlacementSpec(),
        store=StoreSpec(kind="image", size_bytes=GIB),
        hub_token_secret=None,
        pre_stop_seconds=15,
        grace_seconds=90,
        progress_deadline_seconds=900,
        await_seconds=1800,
    )


def _engine(kind: EngineKind) -> EngineSpec:
    on_gpu = kind != "onnx"
    return EngineSpec(
        kind=kind,
        contract=ContractSpec(
            version="1",
            flags={},
            port=8000,
            metrics_port=8000,
            ready_path="/health/ready",
            live_path="/health/live",
            user=65532,
            group=65532,
            scratch=("/tmp",),
            metrics=MetricsSpec(path="/metrics", port="http", names={}, model_label=None),
        ),
        model="org/model" if on_gpu else "/model",
        revision=REVISION if on_gpu else None,
        served_name="model",
        context=2048,
        sequences=8,
        batched_tokens=None,
        queue=16,
        quantization=None,
        kv_cache_dtype="auto",
        gpu_memory_utilization=0.9 if on_gpu else None,
        kv_cache_bytes=None,
        tensor_parallel=2 if on_gpu else 1,
        pipeline_parallel=1,
        nodes=1,
        threads=None if on_gpu else 1,
        request_timeout_seconds=300,
        drain_seconds=60,
        startup_period_seconds=5,
        startup_failure_threshold=120,
        shared_memory_bytes=GIB if on_gpu else 0,
        loader="default",
        compile_cache="none",
    )


def _container(engine: EngineSpec) -> ContainerSpec:
    contract = engine.contract
    return ContainerSpec(
        args=("serve", engine.model),
        env={"HF_HUB_CACHE": "/models"},
        ports=(PortSpec(name="http", number=contract.port),),
        startup=_probe(contract.ready_path, failure_threshold=120),
        readiness=_probe(contract.ready_path, failure_threshold=2),
        liveness=_probe(contract.live_path, failure_threshold=3),
        scratch=contract.scratch,
        model_mount="/models" if engine.kind != "onnx" else None,
        shared_memory_bytes=engine.shared_memory_bytes,
        user=contract.user,
        group=contract.group,
    )


def _probe(path: str, failure_threshold: int) -> ProbeSpec:
    return ProbeSpec(
        path=path,
        port="http",
        period_seconds=5,
        timeout_seconds=2,
        failure_threshold=failure_threshold,
    )


def _gateway() -> ClusterGatewaySpec:
    return ClusterGatewaySpec(
        gateway=GatewaySpec(
            host="0.0.0.0",
            port=8080,
            tls=None,
            keys=(),
            requests_per_minute=None,
            max_connections=1000,
            max_streams=500,
            request_timeout_seconds=300,
            max_request_bytes=1 << 20,
            drain_seconds=60,
        ),
        image=f"registry.example.com/envoy@{DIGEST}",
        replicas=(2, 2),
        cpu_millis=250,
        memory_bytes=GIB // 4,
        service="ClusterIP",
        node_port=None,
        route=None,
        limits=None,
        pre_stop_seconds=10,
        grace_seconds=90,
    )


def _observability(metrics: MetricsSpec) -> ObservabilitySpec:
    return ObservabilitySpec(
        monitors=True,
        rules=True,
        dashboards=True,
        metrics=metrics,
        ttft_seconds=None,
        itl_seconds=None,
        cold_start_seconds=600,
        monthly_usd=None,
        traces_endpoint=None,
    )
