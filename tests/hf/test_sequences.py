"""Generated lives of one endpoint: whatever fails, what is declared comes about or is named."""

from __future__ import annotations

import os
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from providers.huggingface.errors import EndpointError
from providers.plugin.session import OperationError, PartlyDoneError
from tests.support.hf_api import FakeApi, Fault, running
from tests.support.hf_engine import Engine, inputs_of
from tests.support.hf_stack import OTHER_REVISION, REVISION

SECRET = "sequence-secret-value-{}"
WAYS = ("status", "truncate", "hang-up", "no-json", "no-field")
STATUSES = (400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504)
IMAGES = (
    {"variant": "vLLM", "url": "vllm/vllm-openai:v0.23.0", "settings": {"port": 8000}},
    {"variant": "sGLang", "url": "lmsysorg/sglang:v0.5.12"},
    None,
)
_URLS = {"vLLM": "vllm/vllm-openai:v0.24.0"}

DECLARATIONS = st.fixed_dictionaries(
    {
        "revision": st.sampled_from([REVISION, OTHER_REVISION]),
        "image": st.sampled_from(IMAGES),
        "region": st.sampled_from(["us-east-1", "eu-west-1"]),
        "scaling": st.sampled_from(
            [{}, {"min_replica": 0, "max_replica": 2, "scale_to_zero_minutes": 15}]
        ),
        "env": st.sampled_from([{}, {"A": "1"}]),
        "tags": st.sampled_from([(), ("team", "x")]),
        "domain": st.sampled_from([None, "chat.example.com"]),
        "state": st.sampled_from([None, "running", "paused"]),
        "rotation": st.integers(0, 2),
    }
)
FAULTS = st.builds(
    Fault,
    method=st.sampled_from(["", "GET", "POST", "PUT", "DELETE"]),
    way=st.sampled_from(WAYS),
    status=st.sampled_from(STATUSES),
    message=st.sampled_from(["nothing to tell", "quota exceeded", "hardware not available"]),
    acted=st.booleans(),
    skip=st.integers(0, 4),
    times=st.integers(1, 5),
)


class Life(RuleBasedStateMachine):
    """One stack against one namespace."""

    def __init__(self) -> None:
        super().__init__()
        self._running = running(FakeApi())
        self.api = self._running.__enter__()
        self._environment = mock.patch.dict(
            os.environ,
            {"SLIPWAY_HF_API": f"{self.api.url}/v2", "HF_TOKEN": self.api.token},
        )
        self._environment.start()
        self.engine = Engine()
        self.said: list[str] = []

    def teardown(self) -> None:
        self._environment.stop()
        self._running.__exit__(None, None, None)

    @initialize(wanted=DECLARATIONS)
    def begin(self, wanted: dict[str, Any]) -> None:
        self._declare(wanted)
        assert self._up() is not None

    @rule(wanted=DECLARATIONS)
    def change(self, wanted: dict[str, Any]) -> None:
        self._declare(wanted)
        self._up()

    @rule(fault=FAULTS, wanted=DECLARATIONS)
    def change_while_the_api_fails(self, fault: Fault, wanted: dict[str, Any]) -> None:
        self._declare(wanted)
        self.api.faults.append(fault)
        self._up()
        self.api.faults.clear()

    @rule(fault=FAULTS)
    def destroy_while_the_api_fails(self, fault: Fault) -> None:
        self.api.faults.append(fault)
        self._named(self.engine.destroy)
        self.api.faults.clear()

    @rule(slow=st.integers(0, 3))
    def become_slow(self, slow: int) -> None:
        self.api.slow = slow

    @rule(broken=st.sampled_from([set[str](), {"vllm/vllm-openai:v0.23.0"}, {"team"}]))
    def images_break_and_heal(self, broken: set[str]) -> None:
        self.api.broken = broken

    @precondition(lambda self: self.api.names())
    @rule(state=st.sampled_from(["paused", "scaledToZero", "failed", "running"]))
    def somebody_or_life_moves_it(self, state: str) -> None:
        self.api.move(self.api.names()[0], state)

    @precondition(lambda self: self.api.names())
    @rule()
    def somebody_deletes_it(self) -> None:
        self.api.delete("acme", self.api.names()[0])

    @precondition(lambda self: self.api.names())
    @rule()
    def somebody_edits_it(self) -> None:
        self.api.raw(self.api.names()[0])["model"]["env"] = {"EDITED": "outside"}

    @rule()
    def refresh(self) -> None:
        self._named(self.engine.refresh)

    @rule()
    def lose_the_state_of_a_first_create(self) -> None:
        """Killed between call and checkpoint: only what is not replaced can be lost so."""
        if not self.engine.doomed:
            self.engine.forget()

    @rule()
    def rest(self) -> None:
        """Without failures, what is declared comes about and stays."""
        self.api.broken, self.api.slow = set(), 0
        self._named(self.engine.refresh)
        assert self._up() is not None
        self._is_as_declared()
        assert self.engine.refresh() is False, "no drift where nobody did anything"
        assert self._up() == "same"

    @invariant()
    def nothing_secret_is_said_or_kept(self) -> None:
        kept = repr(self.engine.record) + repr(self.engine.doomed)
        text = kept + "".join(self.engine.lines) + "".join(self.said)
        assert self.api.token not in text
        assert SECRET.format("") not in text

    def _declare(self, wanted: dict[str, Any]) -> None:
        fields = dict(wanted)
        self.secrets = {"KEY": SECRET.format(fields.pop("rotation"))}
        self.wanted = inputs_of(**fields, secrets={"KEY": "env:KEY"})

    def _up(self) -> str | None:
        """What it did; None after a named failure."""
        done = self._named(lambda: self.engine.up(self.wanted, self.secrets))
        if done == "same":  # what was deleted outside shows in a refresh only
            assert len(self.api.names()) <= 1, self.api.names()
        elif done is not None:
            assert len(self.api.names()) == 1, self.api.names()
        return done

    def _named(self, work: Any) -> Any:
        try:
            return work()
        except (EndpointError, PartlyDoneError) as error:
            self.said.append(str(error))
            assert str(error).startswith("hf-") and "fix" in str(error), error
        except OperationError as error:  # pragma: no cover - every failure has a name
            raise AssertionError(f"a failure without a name: {error}") from error
        return None

    def _is_as_declared(self) -> None:
        (name,) = self.api.names()
        raw, wanted = self.api.raw(name), self.wanted
        assert raw["model"]["revision"] == wanted["revision"]
        assert raw["provider"]["region"] == wanted["region"]
        assert (raw["model"].get("env") or {}) == wanted.get("env", {})
        assert raw["model"]["secrets"] == self.secrets
        assert next(iter(raw["model"]["image"])) == wanted.get("image", {}).get(
            "variant", "huggingface"
        )
        assert (raw["route"] or {}).get("domain") == wanted.get("domain")
        if wanted.get("state"):
            assert raw["status"]["state"] == wanted["state"]


Life.TestCase.settings = settings(
    max_examples=220,
    stateful_step_count=8,
    deadline=None,
    derandomize=True,
    # A failing life is short enough to be read; making it shorter takes minutes.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
TestLife = Life.TestCase
