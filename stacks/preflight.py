"""Whether cluster, account and hub can give what a plan needs, asked before anything is made."""

from __future__ import annotations

import pulumi

from planning.plan import Plan
from planning.problems import errors_of, problem_text


def check_online(plan: Plan) -> None:
    """Raises pulumi.RunError for what is sure to fail; what could not be checked is only said.

    Nothing is asked about an endpoint without a token: what makes it says that it needs one.
    """
    # Imported late: a local stack asks nobody.
    from operations.preflight import preflight
    from operations.preflight.from_plan import needs_of_plan

    if plan.endpoint is not None and _no_token():
        pulumi.log.info("pre-flight: not asked, there is no Hugging Face token")
        return
    report = preflight(needs_of_plan(plan), say=lambda line: pulumi.log.info(f"pre-flight: {line}"))
    errors = errors_of(report.problems)
    if errors:
        raise pulumi.RunError(problem_text(errors, origin=f"{plan.settings.origin}, pre-flight"))
    for problem in report.problems:
        pulumi.log.warn(problem_text((problem,), origin=plan.settings.origin))
    for finding in report.unchecked:
        pulumi.log.info(f"pre-flight: could not check {finding.subject}: {finding.said}")


def _no_token() -> bool:
    from huggingface_hub import get_token

    return get_token() is None
