"""The paced stack with the product's own autoscaler and monitoring, and short windows of time."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from components.kubernetes import autoscaling, monitoring, names
from components.specs.cluster import KubernetesSpec
from planning.cluster.autoscaling import ScaleTargets, autoscaling_spec, hold_spec
from tests.support.gateway_stack import GatewayStack, paced_spec
from tests.support.kube import Kube, eventually
from tests.support.observed_specs import CATALOG, CPU, contract_of
from tests.support.paced_pod import MODEL
from tools.cluster.operators.prometheus import NAMESPACE, URL

ROWS = 2
"""Streams of one replica at once; the others wait."""
COLD_START_SECONDS = 60
_TARGETS = ScaleTargets(queued=2, kv_usage=2)
"""A full replica alone is no reason for another one: the queue is."""


def scaled_spec(
    namespace: str, images: Mapping[str, str], *, keys: tuple[str, ...], replicas: tuple[int, int]
) -> KubernetesSpec:
    """What the planner makes of `replicas`, but for the windows, which are seconds."""
    spec = paced_spec(namespace, images, keys=keys)
    contract = contract_of(CPU, CATALOG)
    assert contract is not None
    engine = replace(spec.workload.engine, contract=contract, served_name=MODEL)
    container = spec.workload.container
    container = replace(container, args=(*container.args, "--rows", str(ROWS)))
    planned = autoscaling_spec(
        kind="keda",
        replicas=replicas,
        prometheus_url=URL,
        namespace=namespace,
        stack=spec.name,
        engine=engine,
        targets=_TARGETS,
        start_seconds=COLD_START_SECONDS,
        cold_start_seconds=COLD_START_SECONDS,
    )
    assert planned is not None
    quick = replace(
        planned,
        polling_seconds=1,
        down=replace(planned.down, stabilisation_seconds=5),
        cooldown_seconds=5,
    )
    held = hold_spec(minimum=replicas[0], max_streams=100, cold_start_seconds=COLD_START_SECONDS)
    gateway = replace(spec.gateway.gateway, hold=held)
    return replace(
        spec,
        workload=replace(spec.workload, engine=engine, container=container, replicas=replicas),
        gateway=replace(spec.gateway, gateway=gateway, replicas=(1, 1)),
        autoscaling=quick,
        observability=replace(
            spec.observability,
            metrics=contract.metrics,
            ttft_seconds=0.5,
            itl_seconds=0.05,
            cold_start_seconds=COLD_START_SECONDS,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class ScaledStack(GatewayStack):
    """A stack whose replicas KEDA counts by what Prometheus says."""

    def apply(self, spec: KubernetesSpec, keys: Mapping[str, str]) -> None:
        super().apply(spec, keys)
        more = [*monitoring.manifests(spec), *autoscaling.manifests(spec)]
        self.kube.apply({"apiVersion": "v1", "kind": "List", "items": more})

    @property
    def wished(self) -> int:
        """Replicas that the workload should have by its autoscaler."""
        return self.get("deployment", names.serving(self.spec))["spec"]["replicas"]

    def asked(self, query: str) -> list[dict[str, Any]]:
        """What Prometheus answers to `query`."""
        return self._prometheus(f"query?query={urllib.request.quote(query)}")["result"]

    def rules(self) -> list[dict[str, Any]]:
        """Every rule of this stack as Prometheus has it."""
        return [
            rule
            for group in self._prometheus("rules")["groups"]
            if self.spec.namespace in group["file"]
            for rule in group["rules"]
        ]

    def _prometheus(self, path: str) -> dict[str, Any]:
        (pod,) = self.kube.get(
            "pods", f"--namespace={NAMESPACE}", "--selector=app.kubernetes.io/name=prometheus"
        )["items"]
        url = f"http://{pod['status']['podIP']}:9090/api/v1/{path}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]


@contextmanager
def scaled_stack(
    kube: Kube, spec: KubernetesSpec, keys: Mapping[str, str]
) -> Generator[ScaledStack]:
    """All objects of `spec`, its gateway ready and its autoscaler at work."""
    with monitored_stack(kube, spec, keys) as stack:
        eventually(lambda: _works(stack), "an autoscaler that understands its triggers")
        yield stack


@contextmanager
def monitored_stack(
    kube: Kube, spec: KubernetesSpec, keys: Mapping[str, str]
) -> Generator[ScaledStack]:
    """All objects of `spec`, its gateway ready."""
    stack = ScaledStack(kube=kube, spec=spec, keys=keys)
    stack.apply(spec, keys)
    stack.run("rollout", "status", f"deployment/{names.gateway(spec)}", "--timeout=110s")
    yield stack


def _works(stack: ScaledStack) -> bool:
    status = stack.get("scaledobject", names.serving(stack.spec)).get("status", {})
    return any(
        one["type"] == "Ready" and one["status"] == "True" for one in status.get("conditions", ())
    )
