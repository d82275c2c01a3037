"""Target `kubernetes`: a serving stack on a cluster that is there already."""

from __future__ import annotations

import pulumi

from components.cluster.serving import ClusterServing, ClusterServingArgs
from components.kubernetes import names
from components.local.place import run_directory
from components.specs.cluster import KubernetesSpec
from planning.plan import Plan
from stacks.build_secrets import build_secrets
from stacks.cluster_smoke import cluster_smoke
from stacks.keys import key_values
from stacks.outputs import Endpoint, Forward
from stacks.smoke import SmokeCheck


def build(plan: Plan) -> Endpoint:
    """Register the plan's resources."""
    spec, origin = plan.kubernetes, plan.settings.origin
    if spec is None:
        raise AssertionError(f"a plan for {plan.settings.target} reached the kubernetes target")
    smoke, canary_smoke = _smoke_checks(spec, origin)
    serving = ClusterServing(
        "serving",
        ClusterServingArgs(
            spec=spec,
            run_directory=run_directory(pulumi.get_project(), pulumi.get_stack()),
            key_values=key_values(spec.gateway.gateway.keys, origin=origin),
            build_secrets=build_secrets() if spec.build else {},
            ask=smoke.ask if smoke else None,
            ask_canary=canary_smoke.ask if canary_smoke else None,
        ),
    )
    for check in filter(None, (smoke, canary_smoke)):
        check.hear(serving.keys)
    return Endpoint(
        url=_url(spec, serving),
        model_name=spec.workload.engine.served_name,
        api_keys=serving.keys,
        estimated_monthly_usd=plan.estimated_monthly_usd,
        forward=forward(spec),
    )


def _smoke_checks(spec: KubernetesSpec, origin: str) -> tuple[SmokeCheck | None, SmokeCheck | None]:
    """Of the stack and of its canary."""
    if not spec.smoke_check:
        return None, None
    if spec.canary is None:
        return cluster_smoke(spec, origin), None
    return cluster_smoke(spec, origin, "stable"), cluster_smoke(spec, origin, "canary")


def _url(spec: KubernetesSpec, serving: ClusterServing) -> pulumi.Input[str]:
    """From outside where there is a way in, else from inside the cluster."""
    gateway = spec.gateway.gateway
    scheme = "https" if gateway.tls else "http"
    if spec.gateway.route is not None:
        return f"https://{spec.gateway.route.host}"
    if spec.gateway.service == "LoadBalancer":
        return pulumi.Output.concat(f"{scheme}://", serving.gateway_address, f":{gateway.port}")
    return inside_url(spec)


def inside_url(spec: KubernetesSpec) -> str:
    """Of the gateway, for the cluster's own pods."""
    gateway = spec.gateway.gateway
    scheme = "https" if gateway.tls else "http"
    return f"{scheme}://{names.gateway(spec)}.{spec.namespace}.svc:{gateway.port}"


def forward(spec: KubernetesSpec) -> Forward | None:
    """The way from a person's machine where the Service has no address out there."""
    if spec.gateway.route is not None or spec.gateway.service == "LoadBalancer":
        return None
    options = [f"--namespace {spec.namespace}"]
    if spec.kubeconfig is not None:
        options.append(f"--kubeconfig {spec.kubeconfig}")
    if spec.context is not None:
        options.append(f"--context {spec.context}")
    port = spec.gateway.gateway.port
    return Forward(
        command=f"kubectl {' '.join(options)} port-forward service/{names.gateway(spec)} {port}",
        url=f"{'https' if spec.gateway.gateway.tls else 'http'}://127.0.0.1:{port}",
    )
