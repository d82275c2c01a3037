"""One token through the gateway after every change of what answers."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi import Output, ResourceHookArgs

from components.kubernetes.gateway.site import HTTP
from components.kubernetes.manifest import INSTANCE, selector
from components.specs.cluster import KubernetesSpec
from operations.cluster.place import Place
from planning.problems import problem_text


class SmokeCheck:
    """Asks with the first of the stack's keys, which it hears of while the stack is made."""

    def __init__(self, spec: KubernetesSpec, origin: str) -> None:
        self._spec, self._origin = spec, origin
        self._key = "none"

    def hear(self, keys: Mapping[str, Output[str]]) -> None:
        """Values are known before the gateway is: its files are made of them."""
        for key in list(keys.values())[:1]:
            key.apply(self._hear)

    def ask(self, _: ResourceHookArgs) -> None:
        from operations.cluster.smoke import cluster_smoke_problem  # only after a change

        spec = self._spec
        gateway = spec.gateway.gateway
        problem = cluster_smoke_problem(
            Place(kubeconfig=spec.kubeconfig, context=spec.context, namespace=spec.namespace),
            selector={INSTANCE: spec.name},
            gateway=selector(spec, "gateway"),
            port=HTTP,
            scheme="https" if gateway.tls else "http",
            model=spec.workload.engine.served_name,
            key=self._key,
        )
        if problem is not None:
            raise pulumi.RunError(problem_text((problem,), origin=self._origin))
        pulumi.log.info(f"the gateway in namespace {spec.namespace} answers")

    def _hear(self, key: str) -> None:
        self._key = key
