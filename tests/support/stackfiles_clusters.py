"""Valid stack files for clusters and endpoints by chance: every key that they know."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.support.stackfiles import CONFIG, Strategy, place, valid_durations
from tests.support.stackfiles_aws import EKS
from tests.support.stackfiles_endpoints import ENDPOINT
from tests.support.stackfiles_kubernetes import BUCKETS, CLUSTER, INSTALLED, SCALED, TAINT
from tests.support.stackfiles_triton import REPOSITORIES

TARGETS = ("kubernetes", "eks", "hf-endpoint")
HUB = f"hf:meta-llama/Llama-3.1-8B-Instruct@{'0' * 40}"
_CLUSTERS = ("kubernetes", "eks")
_GPU_ENGINES = ("vllm", "triton", "tensorrt-llm")
_sizes = st.sampled_from([1, 2, 4, 8])

# Path, the targets that take it, and its values; what depends on other keys is below.
FIELDS: list[tuple[str, tuple[str, ...], Strategy]] = [
    ("model.name", TARGETS, st.just("served")),
    ("model.config", TARGETS, st.just(str(CONFIG))),
    ("model.maxContext", TARGETS, st.integers(1, 8192)),
    ("engine.quantization", TARGETS, st.sampled_from(["bf16", "fp8", "awq", "gptq"])),
    ("engine.maxConcurrent", TARGETS, st.integers(1, 4096)),
    ("engine.maxQueue", TARGETS, st.integers(0, 10_000)),
    ("engine.requestTimeout", TARGETS, valid_durations(1000, 86_400_000)),
    ("engine.drain", TARGETS, valid_durations(0, 3_600_000)),
    ("engine.kvCacheDtype", TARGETS, st.sampled_from(["auto", "fp8"])),
    ("engine.maxBatchedTokens", TARGETS, st.integers(1, 1_048_576)),
    ("scaling.fullContextRequests", TARGETS, st.integers(1, 4096)),
    ("access.requestsPerMinute", _CLUSTERS, st.integers(1, 1_000_000)),
    ("pools[].name", _CLUSTERS, st.from_regex(r"[a-z0-9][a-z0-9-]{0,5}[a-z0-9]", fullmatch=True)),
    ("pools[].gpuAllocation", _CLUSTERS, st.sampled_from(["device-plugin", "dra"])),
    ("pools[].capacity", ("eks",), st.sampled_from(["on-demand", "spot", "reservation"])),
    ("pools[].nodes", ("eks",), st.sampled_from(["managed", "karpenter", "auto-mode"])),
    ("pools[].ami", ("eks",), st.just("al2023/v20260714")),
    ("pools[].driver", ("kubernetes",), st.sampled_from(["580", "580.95", "610.43.02"])),
    ("pools[].nodeLabels", _CLUSTERS, st.just({"nvidia.com/gpu.product": "NVIDIA-L4"})),
    ("pools[].tolerations", ("kubernetes",), st.just([TAINT])),
    ("aws.region", ("eks",), st.sampled_from(["us-east-1", "eu-west-1", "ap-southeast-2"])),
    ("kubernetes.version", _CLUSTERS, st.sampled_from(["1.33", "1.34", "1.35"])),
    ("start.image", _CLUSTERS, st.sampled_from(["pull", "soci", "prepulled", "snapshot"])),
    (
        "start.weights",
        _CLUSTERS,
        st.sampled_from(["source", "s3", "volume", "nvme", "baked", "image-volume"]),
    ),
    ("start.loader", _CLUSTERS, st.sampled_from(["default", "streamer"])),
    ("start.compileCache", _CLUSTERS, st.sampled_from(["none", "volume", "baked"])),
    ("start.graphs", _CLUSTERS, st.sampled_from(["full", "trimmed"])),
    ("start.warmNodes", _CLUSTERS, st.integers(0, 3)),
    ("start.measured", _CLUSTERS, valid_durations(1000, 86_400_000)),
    ("start.budget", _CLUSTERS, valid_durations(10_000, 86_400_000)),
    ("stop.preStop", _CLUSTERS, valid_durations(0, 3_600_000)),
    ("stop.gracePeriod", _CLUSTERS, valid_durations(1000, 10_800_000)),
    ("budget.monthly", TARGETS, st.integers(0, 999_999_999).map("${}".format)),
    ("budget.maxIncrease", TARGETS, st.integers(0, 999_999_999).map("${}".format)),
    ("budget.bound", TARGETS, st.sampled_from(["min", "expected", "max"])),
    ("kubernetes.kubeconfig", ("kubernetes",), st.just("~/.kube/config")),
    ("kubernetes.context", ("kubernetes",), st.just("kind-kind")),
    ("gateway.routing", ("kubernetes",), st.sampled_from(["least-requests", "prefix-aware"])),
    ("canary.weight", ("kubernetes",), st.integers(0, 100)),
    ("canary.source", ("kubernetes",), st.just(HUB.replace("0" * 40, "1" * 40))),
    ("canary.image", ("kubernetes",), st.just(f"mirror.example.com/engine@sha256:{'b' * 64}")),
    ("canary.replicas", ("kubernetes",), st.integers(1, 64)),
    ("checks.preflight", TARGETS, st.booleans()),
    ("checks.smoke", TARGETS, st.booleans()),
    *((key, _CLUSTERS, values) for key, values in CLUSTER),
    *((key, ("eks",), values) for key, values in EKS),
    *((f"huggingFace.{key}", ("hf-endpoint",), values) for key, values in ENDPOINT),
]


@st.composite
def cluster_sections(draw: st.DrawFn) -> dict[str, Any]:
    """The `slipway:` keys of a file that must be taken; whether it fits is the plan's matter."""
    target = draw(st.sampled_from(TARGETS))
    file: dict[str, Any] = {"target": target, "model": {"source": HUB}}
    pool: dict[str, Any] = {}
    for path, targets, values in FIELDS:
        if target in targets and draw(st.booleans()):
            if path.startswith("pools[]."):
                pool[path.rpartition(".")[2]] = draw(values)
            else:
                place(file, path, draw(values))
    if draw(st.booleans()):
        _engine(draw, file)
    if draw(st.booleans()):
        one_size = st.sampled_from([("gpuMemoryUtilization", 0.9), ("kvCacheMemory", "8Gi")])
        file.setdefault("engine", {}).update([draw(one_size)])
    if target != "hf-endpoint":
        _nodes(draw, target, pool)
        file |= {"pools": [pool]} if pool else {}
        if draw(st.booleans()):
            operators = [{"name": "keda", "version": "2.21"}, *INSTALLED]
            file.setdefault("kubernetes", {})["operators"] = operators
    if target != "hf-endpoint" and draw(st.integers(0, 9)) == 0:
        place(file, "start.weights", "image-volume")
    if file.get("start", {}).get("weights") == "image-volume" and draw(st.booleans()):
        place(file, "images.weights", f"mirror.example.com/weights@sha256:{'c' * 64}")
    if target == "kubernetes" and file.get("start", {}).get("weights") == "s3":
        place(file, "kubernetes.weightsBucket", draw(BUCKETS))
    if "budget" in file:
        file["budget"].setdefault("monthly", "$500")
    if "canary" in file:
        file["canary"].setdefault("quantization", "fp8")
    if "source" in file.get("canary", {}) and draw(st.booleans()):
        file["canary"]["config"] = str(CONFIG)
    if "source" in file.get("canary", {}) and file.get("engine", {}).get("kind") is None:
        file["canary"] |= {"source": "file:models/small.gguf", "sha256": "a" * 64}
    if "canary" in file and file.get("engine", {}).get("kind") in (None, "vllm"):
        file["canary"] |= draw(st.sampled_from([{}, {"version": "vllm-0.33.0"}]))
    if target == "eks" and draw(st.booleans()):
        region = file.get("aws", {}).get("region", "us-east-1")
        file.setdefault("aws", {})["zones"] = [f"{region}a", f"{region}b"]
    if draw(st.booleans()):
        place(file, "scaling.replicas", draw(st.sampled_from([1, 3, "0..2", "1..4"])))
    if target != "hf-endpoint" and draw(st.booleans()):
        file.setdefault("scaling", {}).update(draw(SCALED))
    if target != "hf-endpoint" and draw(st.booleans()):
        place(file, "access.tls.secret", "llm-example-com")
    if target != "hf-endpoint" and draw(st.booleans()):
        service = {"serviceType": "NodePort", "nodePort": draw(st.integers(30_000, 32_767))}
        file.setdefault("kubernetes", {}).update(service)
    if draw(st.booleans()):
        file["traffic"] = _traffic(draw, file)
    return file


def _engine(draw: st.DrawFn, file: dict[str, Any]) -> None:
    """Formats that all engines store; only Triton has backends."""
    kinds = ("vllm",) if file["target"] == "hf-endpoint" else _GPU_ENGINES
    kind = draw(st.sampled_from(kinds))
    engine = file.setdefault("engine", {})
    engine["kind"] = kind
    if kind == "vllm" and draw(st.booleans()):
        engine["version"] = "vllm-0.33.0"
    if kind == "vllm" and file["target"] != "hf-endpoint" and draw(st.booleans()):
        engine["tuning"] = draw(st.sampled_from(["vllm/8b-fp8", "vllm/8b"]))
    if kind == "triton" and draw(st.booleans()):
        engine["backend"] = "vllm"
    if kind == "triton" and draw(st.booleans()):
        engine["repository"] = draw(REPOSITORIES)


def _nodes(draw: st.DrawFn, target: str, pool: dict[str, Any]) -> None:
    """Named or not; a replica over no more GPUs than its nodes have."""
    named = draw(st.sampled_from([None, "instanceType", "gpu"]))
    if named == "instanceType":
        pool["instanceType"] = "p5.48xlarge"
    if named == "gpu":
        pool["gpu"] = "H100"
        if target == "kubernetes" and draw(st.booleans()):
            pool["gpusPerNode"] = 8
    if named != "gpu" and draw(st.booleans()):
        pool["tensorParallel"] = draw(_sizes)
    if draw(st.booleans()):
        pool["pipelineParallel"] = 1
    if draw(st.booleans()):
        pool["nodesPerReplica"] = draw(st.sampled_from([1, 2]))


def _traffic(draw: st.DrawFn, file: dict[str, Any]) -> dict[str, Any]:
    context = file["model"].get("maxContext", 2048)
    traffic: dict[str, Any] = {"requestsPerSecond": draw(st.integers(1, 100))}
    if context > 1 and draw(st.booleans()):
        traffic |= {"promptTokens": context // 2, "outputTokens": context - context // 2}
    if draw(st.booleans()):
        traffic["slo"] = {"ttft": "2s", "itl": "50ms", "percentile": "p95"}
    if ".." in str(file.get("scaling", {}).get("replicas")) and draw(st.booleans()):
        traffic["peakShare"] = draw(st.sampled_from([0, 0.25, 1]))
    return traffic
