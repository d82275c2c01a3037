"""Target `local`: processes on this machine."""

from __future__ import annotations

from dataclasses import replace

import pulumi

from components.local.place import run_directory
from components.local.serving import LocalServing, LocalServingArgs
from planning.local import origin
from planning.plan import Plan
from providers.local.run_directory import RunDirectory
from stacks.gateway import ca_certificate, ready_gateway
from stacks.keys import key_values
from stacks.local_smoke import local_smoke
from stacks.outputs import Endpoint


def build(plan: Plan) -> Endpoint:
    """Register the plan's resources. Raises pulumi.RunError before the first where it must fail."""
    if plan.local is None:
        raise AssertionError(f"a plan for {plan.settings.target} reached the local target")
    folder = run_directory(pulumi.get_project(), pulumi.get_stack())
    run = RunDirectory.of(folder)
    gateway = ready_gateway(plan.local.gateway, run, origin=plan.settings.origin)
    spec = replace(plan.local, gateway=gateway)
    smoke = local_smoke(spec, run, plan.settings.origin)
    serving = LocalServing(
        "serving",
        LocalServingArgs(
            spec=spec,
            run_directory=folder,
            key_values=key_values(spec.gateway.keys, origin=plan.settings.origin),
            ask=smoke.ask if plan.settings.checks.smoke else None,
        ),
    )
    smoke.hear(serving.keys)
    return Endpoint(
        url=origin(spec.gateway),
        model_name=spec.server.model_name,
        api_keys=serving.keys,
        estimated_monthly_usd=plan.estimated_monthly_usd,
        ca_certificate=ca_certificate(spec.gateway, run),
    )
