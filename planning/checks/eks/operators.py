"""Rules: what the stack needs in its cluster is installed."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.eks.facts import EksFacts
from planning.eks.operators import needed_operators
from planning.problems import Problem


def needed_operators_are_installed(facts: EksFacts) -> Iterator[Problem]:
    needed = set(needed_operators(facts.settings, facts.chosen, facts.needs))
    for index, one in enumerate(facts.settings.kubernetes.operators):
        if one.name in needed and not one.install:
            yield Problem(
                path=f"slipway:kubernetes.operators[{index}].install",
                code="operator-needed",
                got=f"false, while this stack does not work without {one.name}",
                allowed="true: the cluster is new, and nobody else installs it",
                fixes=("write install: true", "or leave the entry out"),
            )
