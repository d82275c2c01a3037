"""One token through the gateway after every change of what answers."""

from __future__ import annotations

import pulumi
from pulumi import ResourceHookArgs

from components.kubernetes.gateway.site import HTTP
from components.kubernetes.manifest import INSTANCE, selector
from components.specs.cluster import KubernetesSpec
from operations.cluster.place import Place
from planning.problems import problem_text
from stacks.heard_key import HeardKey


class SmokeCheck:
    """Asks with the first of the stack's keys."""

    def __init__(self, spec: KubernetesSpec, origin: str) -> None:
        self._spec, self._origin = spec, origin
        self.key = HeardKey()

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
            key=self.key.value,
        )
        if problem is not None:
            raise pulumi.RunError(problem_text((problem,), origin=self._origin))
        pulumi.log.info(f"the gateway in namespace {spec.namespace} answers")
