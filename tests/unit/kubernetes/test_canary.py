"""A second revision beside the first: objects of its own, and nothing of the first is touched."""

from __future__ import annotations

import json
from dataclasses import replace

from components.gateway.canary import SHARE
from components.kubernetes import monitoring
from components.kubernetes.manifest import COMPONENT, Manifest
from components.specs.cluster import KubernetesSpec
from tests.support.kubernetes_specs import gpu_spec, onnx_spec, with_canary
from tests.support.manifests import of_kind, one, rendered, rendered_stack
from tests.support.network_policies import lets_through
from tests.unit.kubernetes.test_network import pod, policies

SPEC = with_canary(onnx_spec())
_TOLD = {"tiny-gateway-config", "tiny-gateway", "tiny-serving", "tiny-dashboard"}
"""Routes, the policy that lets the gateway out, and queries about answered requests."""


def test_a_canary_adds_objects_and_changes_none_but_what_is_told_of_it() -> None:
    alone, both = _by_name(replace(SPEC, canary=None)), _by_name(SPEC)
    assert alone.keys() < both.keys()
    changed = {name for _, name in (key for key in alone if alone[key] != both[key])}
    assert changed == _TOLD
    assert alone["Deployment", "tiny-gateway"] == both["Deployment", "tiny-gateway"]
    added = both.keys() - alone.keys()
    assert {name for _, name in added} == {"tiny-canary", "tiny-canary-pods"}


def test_weights_stand_in_the_routes_alone_so_that_a_change_rolls_no_pod() -> None:
    files = one(rendered_stack(SPEC), "ConfigMap", "gateway-config")["data"]
    moved = one(rendered_stack(with_canary(onnx_spec(), 90)), "ConfigMap", "gateway-config")["data"]
    assert {name for name in files if files[name] != moved[name]} == {"routes.json"}
    (table,) = json.loads(files["routes.json"])["resources"]
    weighted = [
        route["route"]["weighted_clusters"]["clusters"]
        for route in table["virtual_hosts"][0]["routes"]
        if "weighted_clusters" in route.get("route", {})
    ]
    assert weighted == 3 * [[{"name": "engine", "weight": 90}, {"name": SHARE, "weight": 10}]]


def test_another_revision_has_a_claim_of_its_own_and_the_same_one_shares_it() -> None:
    alike = with_canary(gpu_spec(), engine=gpu_spec().workload.engine)
    for spec, claims in ((with_canary(gpu_spec()), 2), (alike, 1)):
        assert len(of_kind(rendered(spec), "PersistentVolumeClaim")) == claims
        assert len(of_kind(rendered(spec), "Job")) == claims


def test_the_quota_has_room_for_the_gpus_of_both() -> None:
    hard = one(rendered(with_canary(gpu_spec())), "ResourceQuota")["spec"]["hard"]
    # Two replicas and one, on two GPUs each, and as many again while they are replaced.
    assert hard["requests.nvidia.com/gpu"] == str(2 * (2 + 1) * 2)


def test_the_gateway_reaches_the_canary_and_nobody_else_does() -> None:
    gateway, canary, engine = (pod(SPEC, part) for part in ("gateway", "canary", "engine"))
    found = of_kind(rendered_stack(SPEC), "NetworkPolicy")
    assert lets_through(found, gateway, canary, 8000)
    assert not lets_through(found, engine, canary, 8000)
    assert not lets_through(policies(replace(SPEC, canary=None)), gateway, canary, 8000)


def test_load_of_the_canary_is_not_load_of_the_stack() -> None:
    """Autoscaler and alerts look at `job`, which is the stack's name everywhere else."""
    monitors = {
        made["metadata"]["labels"][COMPONENT] + made["metadata"]["name"]: made
        for made in of_kind(monitoring.manifests(SPEC), "PodMonitor")
    }
    (endpoint,) = monitors["monitoringtiny-canary"]["spec"]["podMetricsEndpoints"]
    assert endpoint["relabelings"] == [{"targetLabel": "job", "replacement": "tiny-canary"}]


def test_failed_requests_count_whoever_was_asked() -> None:
    (rules,) = of_kind(monitoring.manifests(SPEC), "PrometheusRule")
    failed = [
        rule["expr"]
        for group in rules["spec"]["groups"]
        for rule in group["rules"]
        if "upstream_rq_xx" in rule.get("expr", "")
    ]
    assert failed
    assert all(f'envoy_cluster_name=~"engine|{SHARE}|canary"' in expr for expr in failed)


def _by_name(spec: KubernetesSpec) -> dict[tuple[str, str], Manifest]:
    return {(made["kind"], made["metadata"]["name"]): made for made in rendered_stack(spec)}
