"""Keys of sections that only clusters have: values that must be taken, and values that must not."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from planning.image_names import ImageName
from tests.support.stackfiles import Strategy
from tests.support.stackfiles_faults import NUMBER, SECTION, TEXT

IMAGES = get_args(ImageName)
_DIGEST = f"sha256:{'a' * 64}"
_names = st.from_regex("[a-z][a-z0-9-]{0,20}[a-z0-9]", fullmatch=True)
_cpu = st.one_of(st.integers(1, 1000), st.integers(1, 64_000).map("{}m".format))
_flags = st.booleans()
_ROUTE = {"kind": "http-route", "host": "llm.example.com", "parent": "infra/web"}

CLUSTER: list[tuple[str, Strategy]] = [
    ("kubernetes.name", _names),
    ("kubernetes.namespace", _names),
    ("kubernetes.createNamespace", _flags),
    ("kubernetes.serviceType", st.sampled_from(["ClusterIP", "LoadBalancer"])),
    ("kubernetes.route", st.sampled_from([_ROUTE, _ROUTE | {"kind": "ingress", "parent": "web"}])),
    ("kubernetes.storageClass", _names),
    ("kubernetes.accessMode", st.sampled_from(["ReadWriteOnce", "ReadWriteMany"])),
    ("kubernetes.priorityClass", _names),
    ("kubernetes.hubTokenSecret", _names),
    ("kubernetes.replica.cpu", _cpu),
    ("kubernetes.replica.memory", st.integers(1, 64).map("{}Gi".format)),
    ("kubernetes.replica.disk", st.integers(1, 64).map("{}Gi".format)),
    ("images.registry", st.just("registry.example.com:5000/team")),
    ("images.mirror", st.just("mirror.example.com")),
    *(
        (f"images.overrides.{name}", st.just(f"mirror.example.com/{name}:v1@{_DIGEST}"))
        for name in IMAGES
    ),
    ("images.pullSecret", _names),
    ("images.build", _flags),
    ("images.builder", _names),
    ("images.cache", _flags),
    ("images.platform", st.sampled_from(["linux/amd64", "linux/arm64"])),
    ("gateway.replicas", st.sampled_from([1, 3, "2..6"])),
    ("gateway.cpu", _cpu),
    ("gateway.memory", st.integers(64, 4096).map("{}Mi".format)),
    ("observability.monitors", _flags),
    ("observability.rules", _flags),
    ("observability.dashboards", _flags),
    ("observability.labels", st.just({"release": "monitoring"})),
    ("observability.prometheusUrl", st.just("http://prometheus.monitoring.svc:9090")),
    ("observability.traces", st.just("collector.monitoring.svc:4317")),
    ("observability.runbooks", st.just("https://git.example.com/slipway/docs/runbooks")),
]
"""Taken on `kubernetes` and `eks`."""

TAINT = {"key": "dedicated", "value": "serving", "effect": "NoSchedule"}
INSTALLED: list[dict[str, Any]] = [
    {"name": "lws", "install": True},
    {
        "name": "kube-prometheus-stack",
        "install": True,
        "chartVersion": "93.9.0",
        "values": {"a": 1},
    },
    {"name": "own", "install": True, "chart": "oci://mirror.example.com/own"},
]

BUCKETS: Strategy = st.fixed_dictionaries(
    {"name": st.just("my-weights"), "region": st.just("eu-west-1")},
    optional={
        "prefix": st.just("models/llama"),
        "role": st.just("arn:aws:iam::123456789012:role/reader"),
    },
)

SCALED: Strategy = st.fixed_dictionaries(
    {"replicas": st.sampled_from(["0..4", "1..2"])},
    optional={
        "autoscaler": st.just("keda"),
        "targets": st.fixed_dictionaries(
            {},
            optional={
                "queued": st.integers(1, 10_000),
                "kvUsage": st.floats(0.1, 1),
                "requestsPerSecond": st.floats(0.01, 1000),
            },
        ),
    },
)

_FLAG: list[Any] = ["true", 1, [], {}]
_CPU: list[Any] = [0, 1.5, True, [], {}, "", "2", "0m", "1.5", "9999999m"]
_SIZE: list[Any] = [8, "8GB", "1Ki", "65Ti", True, [], {}]
_CLASS = [value for value in TEXT if value != "x" * 200]
REFUSED: dict[str, list[Any]] = {
    "pools[].nodeLabels": [*SECTION, {"": "a"}, {"a": 7}, None],
    "pools[].tolerations": [*SECTION, {}, [7], [{}], None],
    "pools[].tolerations[].key": [*_CLASS, None],
    "pools[].tolerations[].value": [7, True, [], {}, "with space"],
    "pools[].tolerations[].effect": [*TEXT, "Never"],
    "kubernetes.operators[].install": [*_FLAG, None],
    "kubernetes.operators[].chart": [7, True, [], {}, "", "with space"],
    "kubernetes.operators[].chartVersion": [*TEXT, "latest", 2.21],
    "kubernetes.operators[].values": [*SECTION, None],
    "access.tls.secret": [*_CLASS, "Upper"],
    "kubernetes.kubeconfig": [7, True, [], {}, "", "a\nb"],
    "kubernetes.context": [7, True, [], {}, "", "a\nb"],
    "kubernetes.name": [*TEXT, "Upper", "-a"],
    "kubernetes.namespace": [*TEXT, "Upper", "a.b"],
    "kubernetes.createNamespace": _FLAG,
    "kubernetes.serviceType": [*TEXT, "loadBalancer", None],
    "kubernetes.nodePort": [*NUMBER, 80, 40_000],
    "kubernetes.route": [*SECTION, {}],
    "kubernetes.route.kind": [*TEXT, "gateway", None],
    "kubernetes.route.host": [*TEXT, "localhost", None],
    "kubernetes.route.parent": [*TEXT, "web", "a/b/c", None],
    "kubernetes.storageClass": [*_CLASS, "Upper"],
    "kubernetes.accessMode": [*TEXT, "RWX", None],
    "kubernetes.priorityClass": [*_CLASS, "Upper"],
    "kubernetes.hubTokenSecret": [*_CLASS, "Upper"],
    "kubernetes.replica": [*SECTION, None],
    "kubernetes.replica.cpu": _CPU,
    "kubernetes.replica.memory": _SIZE,
    "kubernetes.replica.disk": _SIZE,
    "canary": SECTION,
    "canary.weight": [*(value for value in NUMBER if value != 0 or value is False), 101, None],
    "canary.source": [*TEXT, "hf:a/b@main", "package:x/y.gguf"],
    "canary.sha256": [*TEXT, "B" * 64],
    "canary.config": [7, True, [], {}, "", "a\nb"],
    "canary.quantization": [*TEXT, "int3", 4],
    "canary.version": [*TEXT, "vllm-0.0.1", "../x"],
    "canary.image": [*TEXT, "a/b:1", "a/b@sha256:123"],
    "canary.replicas": [*NUMBER, 65],
    "images": SECTION,
    "images.registry": [*_CLASS, "https://registry.example.com", "a/Team", "a//b"],
    "images.mirror": [*_CLASS, "https://registry.example.com", "a/Team"],
    "images.overrides": [*SECTION, None],
    **{
        f"images.overrides.{name}": [*TEXT, "a/b:1", "a/b@sha256:123", f"a b@{_DIGEST}"]
        for name in IMAGES
    },
    "images.weights": [*TEXT, "a/b:1", "a/b@sha256:123"],
    "images.pullSecret": [*_CLASS, "Upper"],
    "kubernetes.weightsBucket": [*SECTION, {}],
    "kubernetes.weightsBucket.name": [*TEXT, "Upper", "ab", None],
    "kubernetes.weightsBucket.region": [*TEXT, "us-east", "us-east-1a", None],
    "kubernetes.weightsBucket.prefix": [7, True, [], {}, "", "/a", "a//b", "a/"],
    "kubernetes.weightsBucket.role": [*TEXT, "arn:aws:iam::1:role/x"],
    "images.build": [*_FLAG, None],
    "images.builder": TEXT,
    "images.cache": [*_FLAG, None],
    "images.platform": [*TEXT, "linux", None],
    "gateway": SECTION,
    "gateway.replicas": [*NUMBER, "0..2", "4..1", 65, None],
    "gateway.routing": [*TEXT, "round-robin", None],
    "gateway.cpu": [*_CPU, None],
    "gateway.memory": [*_SIZE, None],
    "observability": SECTION,
    "observability.monitors": _FLAG,
    "observability.rules": _FLAG,
    "observability.dashboards": _FLAG,
    "observability.labels": [*SECTION, {"": "a"}, {"a": "b c"}, {"a": 7}],
    "observability.prometheusUrl": [*TEXT, "prometheus:9090", "ftp://a"],
    "observability.traces": [*TEXT, "collector", "http://a:4317"],
    "observability.runbooks": [*TEXT, "docs/runbooks", "ftp://a"],
    "scaling.autoscaler": [*TEXT, "vpa"],
    "scaling.targets": [*SECTION, None],
    "scaling.targets.queued": [*NUMBER, None],
    "scaling.targets.requestsPerSecond": ["5", True, [], {}, 0, -0.5, 1e9],
    "scaling.targets.kvUsage": [0, 1.5, "0.9", -1, True, [], {}, None],
    "checks": SECTION,
    "checks.preflight": [*_FLAG, None],
    "checks.smoke": [*_FLAG, None],
}
