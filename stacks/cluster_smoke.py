"""One token through the gateway after every change of what answers."""

from __future__ import annotations

from collections.abc import Callable

from components.gateway.canary import Release
from components.kubernetes.gateway.site import HTTP
from components.kubernetes.manifest import INSTANCE, selector
from components.specs.cluster import KubernetesSpec
from operations.cluster.place import Place
from planning.problems import Problem
from stacks.smoke import SmokeCheck


def cluster_smoke(
    spec: KubernetesSpec,
    stack_file: str,
    release: Release | None = None,
    *,
    kubeconfig: Callable[[], str] | None = None,
) -> SmokeCheck:
    """`release`: the revision that is asked, where there are two. `kubeconfig`: where the file is
    that `up` has made; None: where the spec says."""

    def look(key: str) -> Problem | None:
        from operations.cluster.smoke import cluster_smoke_problem  # only after a change

        return cluster_smoke_problem(
            Place(
                kubeconfig=kubeconfig() if kubeconfig else spec.kubeconfig,
                context=spec.context,
                namespace=spec.namespace,
            ),
            selector={INSTANCE: spec.name},
            gateway=selector(spec, "gateway"),
            port=HTTP,
            scheme="https" if spec.gateway.gateway.tls else "http",
            model=spec.workload.engine.served_name,
            key=key,
            release=release,
        )

    who = f"the {release} revision behind " if release else ""
    return SmokeCheck(f"{who}the gateway in namespace {spec.namespace}", look, stack_file)
