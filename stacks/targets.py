"""The target that a plan is for."""

from __future__ import annotations

from importlib.util import find_spec

import pulumi

from planning.plan import Plan
from stacks.outputs import Endpoint


def build(plan: Plan) -> Endpoint:
    """Register the plan's resources; each target is imported by its own stacks only."""
    if plan.local is not None:
        from stacks import local

        return local.build(plan)
    settings = plan.settings
    if settings.checks.preflight:
        from stacks.preflight import check_online

        check_online(plan)
    if plan.kubernetes is not None:
        from stacks import kubernetes

        return kubernetes.build(plan)
    if plan.eks is not None:
        return _eks(plan)
    if plan.endpoint is None:
        raise AssertionError(f"a plan for {settings.target} without anything to make")
    from stacks import hf_endpoint

    return hf_endpoint.build(
        hf_endpoint.HfTarget(
            spec=plan.endpoint,
            model_name=settings.models[0].served_name,
            estimated_monthly_usd=plan.estimated_monthly_usd,
            smoke_check=settings.checks.smoke,
            origin=settings.origin,
            gateway=plan.endpoint_gateway,
        )
    )


def _eks(plan: Plan) -> Endpoint:
    """Its SDK is in a group of its own, which the other targets do not load."""
    if find_spec("pulumi_aws") is None:
        raise pulumi.RunError(
            f"{plan.settings.origin}: target eks needs the AWS SDK of Pulumi, which is not "
            "installed.\n  fix      uv sync --group aws"
        )
    from stacks import eks

    return eks.build(plan)
