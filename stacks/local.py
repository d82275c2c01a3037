"""Target `local`: processes on this machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pulumi

from components.local.place import run_directory
from components.local.serving import LocalServing, LocalServingArgs
from components.specs import GatewaySpec, TlsSpec
from operations.local_gateway import gateway_problems
from planning.local import origin
from planning.plan import Plan
from planning.problems import problem_text
from providers.local.run_directory import RunDirectory
from stacks.keys import key_values
from stacks.outputs import Endpoint


def build(plan: Plan) -> Endpoint:
    """Register the plan's resources. Raises pulumi.RunError before the first where it must fail."""
    if plan.local is None:
        raise AssertionError(f"a plan for {plan.settings.target} reached the local target")
    spec = replace(plan.local, gateway=_absolute(plan.local.gateway))
    folder = run_directory(pulumi.get_project(), pulumi.get_stack())
    run = RunDirectory.of(folder)
    problems = gateway_problems(spec.gateway, run)
    if problems:
        raise pulumi.RunError(problem_text(problems, origin=plan.settings.origin))
    serving = LocalServing(
        "serving",
        LocalServingArgs(
            spec=spec,
            run_directory=folder,
            key_values=key_values(spec.gateway.keys, origin=plan.settings.origin),
        ),
    )
    return Endpoint(
        url=origin(spec.gateway),
        model_name=spec.server.model_name,
        api_keys=serving.keys,
        estimated_monthly_usd=plan.estimated_monthly_usd,
        ca_certificate=_ca_certificate(spec.gateway, run),
    )


def _absolute(gateway: GatewaySpec) -> GatewaySpec:
    """The user's certificate paths are relative to the project, Envoy's to its own folder."""
    tls = gateway.tls
    if tls is None or tls.certificate is None or tls.private_key is None:
        return gateway
    root = Path(pulumi.get_root_directory())
    return replace(
        gateway,
        tls=TlsSpec(
            certificate=str(root / tls.certificate), private_key=str(root / tls.private_key)
        ),
    )


def _ca_certificate(gateway: GatewaySpec, run: RunDirectory) -> str | None:
    if gateway.tls is None:
        return None
    return gateway.tls.certificate or str(run.gateway / "tls.crt")
