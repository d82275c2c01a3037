"""Series of a stack as PromQL: of its engine, of its gateway, of its pods."""

from __future__ import annotations

from components.gateway.canary import SHARE
from components.gateway.clusters import CANARY
from components.kubernetes import names
from components.specs.cluster import KubernetesSpec
from components.specs.engine import Meaning
from components.specs.scrape import series


def engine(spec: KubernetesSpec, meaning: Meaning, ending: str = "", **matchers: str) -> str | None:
    """None where this version of the engine does not report it."""
    metrics = spec.observability.metrics
    name = metrics.names.get(meaning)
    if name is None:
        return None
    served = spec.workload.engine.served_name
    label = {metrics.model_label: served} if metrics.model_label else {}
    return series(name + ending, spec.namespace, spec.name, {**label, **matchers})


def gateway(spec: KubernetesSpec, metric: str, **matchers: str) -> str:
    return series(metric, spec.namespace, spec.name, matchers)


def requests(spec: KubernetesSpec, **matchers: str) -> str:
    """Answers to requests that were let in, by class of status, whoever gave the answer."""
    # With a waiting room Envoy counts them at the entrance to it.
    cluster = "serving" if spec.gateway.gateway.hold else "engine"
    if spec.canary:
        cluster = f"~{cluster}|{SHARE}|{CANARY}"
    return gateway(spec, "envoy_cluster_upstream_rq_xx", envoy_cluster_name=cluster, **matchers)


def replica_pods(spec: KubernetesSpec, metric: str, **matchers: str) -> str:
    """A series that kube-state-metrics reports for each pod of the engine."""
    return pods(spec, metric, f"{names.serving(spec)}-.+", **matchers)


def pods(spec: KubernetesSpec, metric: str, pod: str, **matchers: str) -> str:
    labels = {"namespace": f'="{spec.namespace}"', "pod": f'=~"{pod}"'}
    labels |= {name: f'="{value}"' for name, value in matchers.items()}
    return f"{metric}{{{', '.join(name + match for name, match in labels.items())}}}"


def recorded(spec: KubernetesSpec, name: str) -> str:
    """A series that a recording rule of this stack makes."""
    return series(name, spec.namespace, spec.name)
