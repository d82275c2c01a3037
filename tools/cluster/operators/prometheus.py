"""Prometheus by its operator: what any PodMonitor and PrometheusRule of the cluster asks for."""

from __future__ import annotations

from collections.abc import Mapping

from tools.cluster.operators.operator import Manifest, Operator, labelled, moved, run_here
from tools.cluster.standins.prometheus_operator import PROGRAMS

_NAME = "prometheus"
NAMESPACE = "slipway-prometheus"
URL = f"http://prometheus-operated.{NAMESPACE}.svc:9090"
_OPERATOR, _RELOADER = "prometheus-operator", "prometheus-config-reloader"
_VERSION = "v3.16.0"
_SELECTORS = ("Selector", "NamespaceSelector")
_KINDS = ("podMonitor", "serviceMonitor", "probe", "rule")


def _manifests(images: Mapping[str, str]) -> list[Manifest]:
    published = [
        _operator(manifest, images) if manifest["kind"] == "Deployment" else manifest
        for manifest in PROGRAMS.published()
    ]
    return labelled(_NAME, moved([*published, _prometheus(images[_NAME])], NAMESPACE))


def _operator(manifest: Manifest, images: Mapping[str, str]) -> Manifest:
    (container,) = manifest["spec"]["template"]["spec"]["containers"]
    # Without the flags of a Service for kubelets, which would be left in kube-system.
    container["args"] = [f"--prometheus-config-reloader={images[_RELOADER]}"]
    return run_here(manifest, images[_OPERATOR])


def _prometheus(image: str) -> Manifest:
    """Everything of every namespace, each second unless a monitor says otherwise."""
    everything: Manifest = {f"{kind}{what}": {} for kind in _KINDS for what in _SELECTORS}
    spec: Manifest = {
        "image": image,
        "version": _VERSION,
        "serviceAccountName": _NAME,
        "scrapeInterval": "1s",
        "scrapeTimeout": "1s",
        "evaluationInterval": "1s",
        **everything,
    }
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "Prometheus",
        "metadata": {"name": _NAME, "namespace": NAMESPACE},
        "spec": spec,
    }


PROMETHEUS = Operator(
    name=_NAME,
    namespace=NAMESPACE,
    stand_ins=(_NAME, _OPERATOR, _RELOADER),
    manifests=_manifests,
    serves=(f"prometheus/{_NAME}",),
)
