"""All rules of a stack."""

from __future__ import annotations

from collections.abc import Sequence

from components.kubernetes import names
from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.monitoring.alerts.cost import cost_alerts
from components.kubernetes.monitoring.alerts.hardware import hardware_alerts
from components.kubernetes.monitoring.alerts.load import load_alerts
from components.kubernetes.monitoring.alerts.replicas import replica_alerts
from components.kubernetes.monitoring.alerts.slo import slo_alerts
from components.kubernetes.monitoring.burn import burn_records
from components.kubernetes.monitoring.records import records
from components.kubernetes.monitoring.rule import Alert, Record, as_rule
from components.specs.cluster import KubernetesSpec


def rules(spec: KubernetesSpec) -> Manifest:
    """One PrometheusRule; what the engine does not report has no rule."""
    groups = {
        "load": records(spec),
        "slow": burn_records(spec),
        "replicas": replica_alerts(spec),
        "requests": [*load_alerts(spec), *slo_alerts(spec)],
        "resources": [*hardware_alerts(spec), *cost_alerts(spec)],
    }
    made = manifest(
        spec,
        "monitoring.coreos.com/v1",
        "PrometheusRule",
        names.named(spec, "serving"),
        "monitoring",
        spec={"groups": [_group(spec, name, all_) for name, all_ in groups.items() if all_]},
    )
    made["metadata"]["labels"] |= spec.observability.labels
    return made


def _group(spec: KubernetesSpec, name: str, made: Sequence[Record | Alert]) -> Manifest:
    return {"name": f"{spec.name}-{name}", "rules": [as_rule(spec, rule) for rule in made]}
