"""What a start breaks: all rules over one budget."""

from __future__ import annotations

from planning.catalog import Catalog
from planning.coldstart.lever_rules import (
    levers_are_possible,
    levers_have_effect,
    soci_has_its_disk,
)
from planning.coldstart.scale_rules import (
    request_can_be_held,
    scale_to_zero_holds_the_slo,
    stabilisation_covers_the_start,
)
from planning.coldstart.stop_rules import (
    answers_outlive_no_front,
    grace_covers_the_drain,
    pre_stop_covers_deregistration,
    spot_leaves_in_time,
    streams_are_drained,
)
from planning.coldstart.subject import Rule, Subject
from planning.coldstart.time_rules import budget_covers_the_start, start_is_known
from planning.coldstart.value import ColdStart
from planning.coldstart.wishes import Wishes
from planning.problems import Problem, gravest_first

RULES: tuple[Rule, ...] = (
    levers_are_possible,
    soci_has_its_disk,
    levers_have_effect,
    budget_covers_the_start,
    start_is_known,
    scale_to_zero_holds_the_slo,
    request_can_be_held,
    stabilisation_covers_the_start,
    streams_are_drained,
    pre_stop_covers_deregistration,
    grace_covers_the_drain,
    spot_leaves_in_time,
    answers_outlive_no_front,
)


def start_problems(wishes: Wishes, cold: ColdStart, catalog: Catalog) -> tuple[Problem, ...]:
    """The gravest first."""
    subject = Subject(wishes, cold, catalog)
    return gravest_first(problem for rule in RULES for problem in rule(subject))
