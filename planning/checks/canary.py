"""Rules: a canary is a revision that could be served alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planning.canary.alone import of_canary, own_engine, own_model
from planning.checks import model, names, quantization
from planning.checks.facts import Facts, Rule
from planning.problems import Problem

_ALONE: tuple[Rule, ...] = (
    model.source_is_reached,
    model.package_is_pinned_by_hash,
    model.hash_is_the_known_one,
    model.hub_revision_is_the_hash,
    names.names_are_in_the_catalog,
    quantization.engine_stores_weights_so,
)
_PATH = "slipway:canary"


def canary_differs(facts: Facts) -> Iterator[Problem]:
    canary = facts.stated.canary
    if canary is None or canary.source or canary.quantization or canary.version or canary.image:
        return
    if any(path.startswith(f"{_PATH}.") for path in facts.refused):
        return  # in which it would have differed
    yield Problem(
        path=_PATH,
        code="canary-alike",
        got="nothing in which the canary differs from the stack",
        allowed="source, quantization, version or image",
        fixes=("write source: hf:<org>/<name>@<40-hex revision>", "or remove canary"),
    )


def canary_hash_has_its_source(facts: Facts) -> Iterator[Problem]:
    canary = facts.stated.canary
    if canary is None or canary.source is not None:
        return
    for key, value in (("sha256", canary.sha256), ("config", canary.config)):
        if value is not None:
            yield Problem(
                path=f"{_PATH}.{key}",
                code="key-unused",
                got="about a source of its own, while the canary has that of the stack",
                allowed="only with canary.source",
                fixes=(f"remove {key}", "or write source"),
            )


def canary_could_stand_alone(facts: Facts) -> Iterator[Problem]:
    """What is wrong with the stack itself is not said twice."""
    canary, stated = facts.stated.canary, facts.stated
    if canary is None or stated.model is None:
        return
    alone = stated.model_copy(
        update={
            "model": own_model(stated.model, canary),
            "engine": own_engine(stated.engine, canary),
        }
    )
    own = replace(facts, stated=alone)
    for rule in _ALONE:
        known = tuple(rule(facts))
        yield from (of_canary(found) for found in rule(own) if found not in known)
