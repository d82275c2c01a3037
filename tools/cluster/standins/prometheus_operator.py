"""`prometheus-operator` and `prometheus-config-reloader`: stand in for the operator's images."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.cluster.standins.golang import GoPrograms

_VERSION = "0.85.0"
_MODULE = "github.com/prometheus-operator/prometheus-operator"
_OPERATOR, _RELOADER = "prometheus-operator", "prometheus-config-reloader"
_DEFINITIONS = ("podmonitors", "servicemonitors", "probes", "prometheusrules", "prometheuses")
"""What a Prometheus needs; those of Alertmanager, Thanos and agents are left out."""
_PARTS = (
    "prometheus-operator/prometheus-operator-service-account",
    "prometheus-operator/prometheus-operator-cluster-role",
    "prometheus-operator/prometheus-operator-cluster-role-binding",
    "prometheus-operator/prometheus-operator-deployment",
    "prometheus/prometheus-service-account",
    "prometheus/prometheus-cluster-role",
    "prometheus/prometheus-cluster-role-binding",
)
"""The operator's, and what a Prometheus of its may read."""


def _manifests(modules: Path) -> Iterable[str]:
    examples = modules / f"{_MODULE}@v{_VERSION}" / "example"
    for name in _DEFINITIONS:
        path = examples / "prometheus-operator-crd" / f"monitoring.coreos.com_{name}.yaml"
        yield path.read_text()
    for name in _PARTS:
        yield (examples / "rbac" / f"{name}.yaml").read_text()


PROGRAMS = GoPrograms(
    name="prometheus-operator",
    version=_VERSION,
    packages={_OPERATOR: f"{_MODULE}/cmd/operator", _RELOADER: f"{_MODULE}/cmd/{_RELOADER}"},
    ldflags=f"-s -w -X github.com/prometheus/common/version.Version={_VERSION}",
    disk_gigabytes=4.0,
    manifests=_manifests,
)
PROMETHEUS_OPERATOR = PROGRAMS.standin(_OPERATOR, _OPERATOR, "/bin/operator")
PROMETHEUS_CONFIG_RELOADER = PROGRAMS.standin(_RELOADER, _RELOADER, f"/bin/{_RELOADER}")
