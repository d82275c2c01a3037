"""The program's side: configuration in, outputs out."""

from __future__ import annotations

import json
import shlex

import pulumi
import pytest
import yaml

from components.specs import KeySpec
from planning.stackfile import load_settings
from stacks import config
from stacks.checked import checked_plan
from stacks.keys import key_values
from stacks.outputs import Endpoint, curl_example
from tools.bootstrap.paths import ROOT

KEY = "sk-team-0123456789abcdef"
SECTIONS = {
    "slipway:target": "local",
    "slipway:model": '{"source": "file:/model.gguf"}',
    "other:key": "not ours",
}


def test_objects_come_as_json_and_foreign_namespaces_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _configure(monkeypatch, SECTIONS)
    settings = config.read_settings()
    assert (settings.target, settings.models[0].source.text) == ("local", "file:/model.gguf")


def test_a_mistyped_section_is_an_error_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    _configure(monkeypatch, {**SECTIONS, "slipway:acces": "{}"})
    with pytest.raises(pulumi.RunError, match="write slipway:access"):
        config.read_settings()


def test_a_secret_reaches_the_checks_as_a_secret_and_never_as_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _configure(monkeypatch, {**SECTIONS, "slipway:teamKey": KEY}, secret=["slipway:teamKey"])
    with pytest.raises(pulumi.RunError) as refused:  # no access key refers to it
        config.read_settings()
    assert "slipway:teamKey" in str(refused.value)
    assert KEY not in str(refused.value)


def test_an_unusable_key_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_KEY", "two words")
    with pytest.raises(pulumi.RunError, match="access key 'team'") as refused:
        key_values([KeySpec(name="team", source="env:TEAM_KEY")], origin="Pulumi.dev.yaml")
    assert "two words" not in str(refused.value)


@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        (("http://h:1", False, None), []),
        (("https://h:1", False, "/a b/tls.crt"), ["--cacert", "/a b/tls.crt"]),
    ],
)
def test_the_curl_example_is_one_correct_shell_command(
    endpoint: tuple[str, bool, str | None], words: list[str]
) -> None:
    url, _, certificate = endpoint
    command = curl_example(
        Endpoint(
            url=url,
            model_name="m",
            api_keys={},
            estimated_monthly_usd=0.0,
            ca_certificate=certificate,
        ),
        url,
    )
    parts = shlex.split(command)
    assert parts[: 2 + len(words)] == ["curl", f"{url}/v1/chat/completions", *words]
    assert json.loads(parts[-1])["model"] == "m"


def _configure(
    monkeypatch: pytest.MonkeyPatch, keys: dict[str, str], secret: list[str] | None = None
) -> None:
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps(keys))
    monkeypatch.setenv("PULUMI_CONFIG_SECRET_KEYS", json.dumps(secret or []))
    monkeypatch.setattr(pulumi, "get_stack", lambda: "dev")


def test_a_stack_whose_pins_are_not_known_is_refused_by_name_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preset = yaml.safe_load((ROOT / "stacks/presets/eks-dev.yaml").read_text())["config"]
    sections = {key.removeprefix("slipway:"): value for key, value in preset.items()}
    monkeypatch.setattr(pulumi, "get_stack", lambda: "dev")
    monkeypatch.setattr(pulumi, "get_project", lambda: "slipway")
    with pytest.raises(pulumi.RunError, match=r"aws\.cluster\.addons\.vpc-cni"):
        checked_plan(load_settings(sections, origin="Pulumi.dev.yaml"))
