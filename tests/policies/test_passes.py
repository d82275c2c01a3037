"""A program that rules let pass, until its budget is too small."""

from __future__ import annotations

from pathlib import Path

from tests.policies.conftest import judged, program
from tests.support.cost_previews import estimate_of


def test_a_clean_program_passes_and_its_budget_is_held_to_the_estimate_of_its_preview(
    tmp_path: Path,
) -> None:
    with program(tmp_path, "good") as stack:
        budget = {"monthly": "$6000"}
        passed = judged(stack, budget=budget, production_data_protected={"production": ["dev"]})
        text = stack.run("preview", "--json", "--show-sames")
        keys = {"required": ["team", "cost-center"], "enforcementLevel": "advisory"}
        over = judged(stack, budget={"monthly": "$10"}, tagged=keys)
    assert passed.outcome.code == 0, passed.outcome.text
    assert passed.violations == ()
    assert over.outcome.code
    levels = {one.rule: one.level for one in over.violations}
    assert levels == {"budget": "mandatory", "tagged": "advisory"}
    assert "lacks the tags cost-center\n" in over.by("tagged")["good-queue"][0]
    # Its provider gives it both.
    assert "good-queue-by-provider" not in over.by("tagged")
    (message,) = over.by("budget")["program-dev"]
    assert f"at most ${estimate_of(text).total.maximum:,.2f} a month" in message
    assert "allowed: at most $10" in message
