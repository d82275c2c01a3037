"""The target that a plan is for."""

from __future__ import annotations

from planning.plan import Plan
from stacks.outputs import Endpoint


def build(plan: Plan) -> Endpoint:
    """Register the plan's resources; each target is imported by its own stacks only."""
    if plan.endpoint is not None:
        from stacks import hf_endpoint
        from stacks.preflight import check_online

        settings = plan.settings
        if settings.checks.preflight:
            check_online(plan)
        return hf_endpoint.build(
            hf_endpoint.HfTarget(
                spec=plan.endpoint,
                model_name=settings.models[0].served_name,
                estimated_monthly_usd=plan.estimated_monthly_usd,
                smoke_check=settings.checks.smoke,
                origin=settings.origin,
            )
        )
    from stacks import local

    return local.build(plan)
