"""Parts of a cluster that a stack file asks for: operators, autoscaler, nodes, certificate."""

from __future__ import annotations

from typing import Any

import pytest

from components.specs.cluster import KubernetesSpec, TolerationSpec
from planning.catalog import load_catalog
from planning.cluster.charts import merged
from planning.plan import Plan, make_plan
from planning.stackfile import load_settings

HUB = f"hf:Qwen/Qwen3-8B@{'0' * 40}"
DIGEST = f"sha256:{'a' * 64}"
PROMETHEUS = "http://prometheus.monitoring.svc:9090"
UPSTREAM = {"overrides": {"envoy": f"envoy@{DIGEST}"}}
INSTALLED = {"operators": [{"name": "kube-prometheus-stack", "install": True}]}


def test_a_fixed_number_of_replicas_has_no_autoscaler() -> None:
    assert _spec(_plan(scaling={"replicas": 3})).autoscaling is None


def test_an_autoscaler_asks_the_prometheus_that_is_installed_with_the_stack() -> None:
    scaling = _spec(_plan(scaling={"replicas": "1..4"}, kubernetes=INSTALLED)).autoscaling
    assert scaling is not None
    assert scaling.prometheus_url == ("http://kube-prometheus-stack-prometheus.monitoring.svc:9090")


def test_an_autoscaler_without_prometheus_is_refused_with_both_ways_out() -> None:
    (problem,) = _plan(scaling={"replicas": "1..4"}).errors
    assert problem.path == "slipway:observability.prometheusUrl"
    assert "prometheusUrl" in problem.fixes[0] and "install: true" in problem.fixes[1]


def test_targets_are_the_thresholds_of_the_engines_own_metrics() -> None:
    scaling = {"replicas": "1..4", "targets": {"queued": 7, "kvUsage": 0.5}}
    spec = _spec(_plan(scaling=scaling, observability={"prometheusUrl": PROMETHEUS}))
    assert spec.autoscaling is not None
    found = {one.name: one.threshold for one in spec.autoscaling.triggers}
    assert found["queued"] == 7 and found["kv-usage"] == 0.5


def test_requests_are_held_only_where_no_replica_may_be_there() -> None:
    asked = {"observability": {"prometheusUrl": PROMETHEUS}}
    kept = _spec(_plan(scaling={"replicas": "1..2"}, **asked))
    asleep = _spec(_plan(scaling={"replicas": "0..2"}, **asked))
    assert kept.gateway.gateway.hold is None
    assert asleep.gateway.gateway.hold is not None
    assert asleep.autoscaling is not None and asleep.autoscaling.minimum == 0


def test_an_operator_is_installed_only_where_the_stack_file_says_so() -> None:
    listed = {"operators": [{"name": "keda", "version": "2.21"}]}
    assert _spec(_plan(kubernetes=listed)).charts == ()
    (chart,) = _spec(_plan(kubernetes={"operators": [{"name": "keda", "install": True}]})).charts
    row = load_catalog().charts["keda"].value
    assert (chart.version, chart.repository) == (row.version, row.repository)


def test_a_chart_from_a_mirror_needs_its_version_and_keeps_the_catalogs_values() -> None:
    mirrored: dict[str, Any] = {
        "name": "kube-prometheus-stack",
        "install": True,
        "chart": "oci://mirror.example.com/kube-prometheus-stack",
        "values": {"grafana": {"enabled": False}},
    }
    plan = _plan(kubernetes={"operators": [mirrored]})
    assert [problem.path for problem in plan.errors] == [
        "slipway:kubernetes.operators[0].chartVersion"
    ]
    known = _plan(kubernetes={"operators": [mirrored | {"chartVersion": "93.9.0"}]})
    assert known.errors == ()
    (chart,) = _spec(known).charts
    assert chart.repository is None
    assert chart.values["grafana"] == {"enabled": False}
    assert "prometheus" in chart.values


def test_values_are_merged_section_by_section() -> None:
    assert merged({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}, "d": 4}) == {
        "a": {"b": 1, "c": 3},
        "d": 4,
    }


def test_an_operator_of_no_known_chart_is_refused_by_name() -> None:
    plan = _plan(kubernetes={"operators": [{"name": "argo", "install": True}]})
    (problem,) = plan.errors
    assert problem.code == "unknown-to-catalog" and "keda" in problem.allowed


def test_a_pool_says_which_nodes_are_meant_and_whose_taints_are_tolerated() -> None:
    pool = {
        "gpu": "H100",
        "nodeLabels": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"},
        "tolerations": [{"key": "team", "value": "llm", "effect": "NoSchedule"}],
    }
    plan = _plan(pools=[pool])
    placement = _spec(plan).workload.placement
    assert placement.node_selector == pool["nodeLabels"]
    assert TolerationSpec(key="team", value="llm", effect="NoSchedule") in placement.tolerations
    assert "gpu-not-selected" not in {problem.code for problem in plan.problems}
    assert "gpu-not-selected" in {problem.code for problem in _plan().problems}


def test_a_certificate_in_a_secret_reaches_the_gateway_and_no_path_does() -> None:
    gateway = _spec(_plan(access={"tls": {"secret": "llm-tls"}})).gateway
    assert gateway.tls_secret == "llm-tls"
    assert gateway.gateway.tls is None


@pytest.mark.parametrize(
    ("start", "path"),
    [
        ({"weights": "baked"}, "slipway:start.weights"),
        ({"compileCache": "baked"}, "slipway:start.compileCache"),
        ({"image": "prepulled"}, "slipway:start.image"),
    ],
)
def test_what_is_planned_but_not_made_is_refused(start: dict[str, str], path: str) -> None:
    refused = [
        one for one in _plan(start=start, images=UPSTREAM).errors if one.code == "planned-only"
    ]
    assert [problem.path for problem in refused] == [path]


def test_a_compile_cache_on_a_volume_has_a_claim() -> None:
    assert _spec(_plan()).workload.cache_bytes is None
    kept = _spec(_plan(start={"compileCache": "volume", "weights": "volume"})).workload
    assert kept.cache_bytes is not None
    assert kept.store.kind == "volume"


def test_an_engine_version_that_nobody_looked_up_is_refused_with_those_that_are_known() -> None:
    plan = _plan(engine={"kind": "triton", "version": "triton-25.06", "backend": "onnxruntime"})
    codes = {problem.code: problem for problem in plan.errors}
    assert plan.kubernetes is None
    assert "vllm-0.33.0" in codes["contract-unknown"].allowed


def _plan(**sections: Any) -> Plan:
    raw: dict[str, Any] = {
        "target": "kubernetes",
        "model": {"source": HUB, "maxContext": 4096},
        "engine": {"kind": "vllm"},
        "pools": [{"gpu": "H100"}],
        "images": {"overrides": {"vllm": f"vllm@{DIGEST}", "envoy": f"envoy@{DIGEST}"}},
    }
    return make_plan(load_settings(raw | sections, origin="test"), stack="dev")


def _spec(plan: Plan) -> KubernetesSpec:
    assert plan.kubernetes is not None
    return plan.kubernetes
