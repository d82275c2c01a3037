"""Whether the account and the hub can give what a plan needs, asked before anything is made."""

from __future__ import annotations

import pulumi

from planning.plan import Plan
from planning.problems import errors_of, problem_text


def check_online(plan: Plan) -> None:
    """Raises pulumi.RunError for what is sure to fail; what could not be checked is only said.

    Nothing is asked without a token: what makes the endpoint says that it needs one.
    """
    # Imported late: no other target asks the hub.
    from huggingface_hub import get_token

    from operations.preflight import preflight
    from operations.preflight.from_plan import needs_of_plan

    if get_token() is None:
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
