"""What a million tokens come to, where a stack file says what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.cost.report.document import Interval, TokensPart

if TYPE_CHECKING:
    from planning.plan import Plan
    from planning.throughput import Range


def tokens_part(plan: Plan) -> TokensPart:
    """The month of all replicas over what they answer at the stated traffic; the same month over
    the prompts of those answers. None is estimated where no load like it was measured."""
    chosen = plan.placed.chosen if plan.placed else None
    if chosen is None:
        return TokensPart(
            output=None, input=None, reason="no estimate: nothing is chosen that has a price"
        )
    found, traffic = chosen.usd_per_million_output_tokens, plan.settings.traffic
    if found is None:
        return TokensPart(output=None, input=None, reason=chosen.usd_per_million_reason)
    if traffic is None or traffic.prompt_tokens is None or traffic.output_tokens is None:
        reason = (
            "no estimate of input: traffic.promptTokens and traffic.outputTokens are not written"
        )
        return TokensPart(output=_interval(found, 1.0), input=None, reason=reason)
    share = traffic.output_tokens.typical / traffic.prompt_tokens.typical
    return TokensPart(output=_interval(found, 1.0), input=_interval(found, share), reason=None)


def _interval(found: Range, share: float) -> Interval:
    low, expected, high = (round(one * share, 4) for one in (found.low, found.expected, found.high))
    return Interval(low=low, expected=expected, high=high)
