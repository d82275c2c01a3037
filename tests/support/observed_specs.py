"""Stacks with everything that can be watched, on the engines whose contract is in the catalog."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from components.kubernetes.autoscaling import manifests as autoscaling
from components.kubernetes.monitoring import manifests as monitoring
from components.specs import HoldSpec
from components.specs.cluster import KubernetesSpec
from planning.catalog import load_catalog
from planning.cluster.autoscaling import ScaleTargets, autoscaling_spec, hold_spec
from planning.engine_contract import contract_of
from tests.support.kubernetes_specs import gpu_spec, onnx_spec

CATALOG = load_catalog()
CONTRACTS = sorted(CATALOG.engine_contracts)
GPU = "vllm-0.33.0"
CPU = next(version for version in CONTRACTS if version.startswith("onnxruntime"))


def observed_spec(
    version: str = GPU, replicas: tuple[int, int] = (1, 4), served_name: str = "model"
) -> KubernetesSpec:
    """Named `tiny`, in the namespace `tiny-serving`."""
    contract = contract_of(version, CATALOG)
    assert contract is not None
    base = onnx_spec() if version == CPU else gpu_spec()
    engine = replace(base.workload.engine, contract=contract, served_name=served_name)
    observability = replace(
        base.observability,
        metrics=contract.metrics,
        ttft_seconds=0.5,
        itl_seconds=0.05,
        cold_start_seconds=600,
        monthly_usd=5000,
        replica_monthly_usd=2000,
    )
    scaling = autoscaling_spec(
        kind="keda",
        replicas=replicas,
        prometheus_url="http://prometheus.monitoring.svc:9090",
        namespace="tiny-serving",
        stack="tiny",
        engine=engine,
        targets=ScaleTargets(queued=4, kv_usage=0.8),
        start_seconds=90,
        cold_start_seconds=600,
    )
    hold: HoldSpec | None = hold_spec(minimum=replicas[0], max_streams=100, cold_start_seconds=600)
    gateway = replace(base.gateway, gateway=replace(base.gateway.gateway, hold=hold))
    return replace(
        base,
        name="tiny",
        namespace="tiny-serving",
        workload=replace(base.workload, engine=engine),
        gateway=gateway,
        autoscaling=scaling,
        observability=observability,
    )


def rule_groups(spec: KubernetesSpec) -> list[dict[str, Any]]:
    """Of every PrometheusRule of the stack."""
    made = [*monitoring(spec), *autoscaling(spec)]
    return [
        group for one in made if one["kind"] == "PrometheusRule" for group in one["spec"]["groups"]
    ]


def expressions(spec: KubernetesSpec) -> list[str]:
    """Everything that is asked of Prometheus: by rules, dashboards and the autoscaler."""
    rules = [rule["expr"] for group in rule_groups(spec) for rule in group["rules"]]
    triggers = [trigger.query for trigger in spec.autoscaling.triggers] if spec.autoscaling else []
    return [*rules, *_of_dashboards(spec), *triggers]


def recorded(spec: KubernetesSpec) -> set[str]:
    """Names of the series that the stack's own rules make."""
    return {
        rule["record"] for group in rule_groups(spec) for rule in group["rules"] if "record" in rule
    }


def _of_dashboards(spec: KubernetesSpec) -> list[str]:
    (made,) = [one for one in monitoring(spec) if one["kind"] == "ConfigMap"]
    boards = [json.loads(text) for text in made["data"].values()]
    return [
        target["expr"]
        for board in boards
        for panel in board["panels"]
        for target in panel["targets"]
    ]
