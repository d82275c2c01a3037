"""Rules: whether the expected load fits what the stack allows."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem


def peak_has_room(facts: Facts) -> Iterator[Problem]:
    traffic, replicas = facts.stated.traffic, facts.stated.scaling.replicas
    written = traffic is not None and traffic.peak_share is not None
    refused = "slipway:scaling.replicas" in facts.refused or facts.stated.target == "local"
    if written and (replicas is None or replicas.fixed) and not refused:
        count = replicas.maximum if replicas else 1
        yield Problem(
            path="slipway:traffic.peakShare",
            code="peak-unused",
            got=f"a share of the time at the most replicas, which are always {count}",
            allowed="only with a range of scaling.replicas, such as 1..3",
            fixes=("remove it", f"or write scaling.replicas: {count}..{count + 1}"),
        )


def tokens_fit_context(facts: Facts) -> Iterator[Problem]:
    traffic = facts.stated.traffic
    if traffic is None:
        return
    prompt = traffic.prompt_tokens.long if traffic.prompt_tokens else 0
    output = traffic.output_tokens.long if traffic.output_tokens else 0
    need = prompt + output
    for path, model in facts.models:
        if need > model.max_context and f"{path}.maxContext" not in facts.refused:
            yield Problem(
                path=f"slipway:traffic.{'promptTokens' if prompt >= output else 'outputTokens'}",
                code="traffic-too-long",
                got=f"promptTokens and outputTokens of {need} together",
                allowed=f"at most {path.removeprefix('slipway:')}.maxContext, {model.max_context}",
                fixes=(f"write maxContext: {need}", "or expect fewer tokens"),
            )
