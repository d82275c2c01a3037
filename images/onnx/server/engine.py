"""The seam between the HTTP layer and whatever makes the tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from .generation import Generation

EngineState = Literal["loading", "ready", "failed", "stopped"]
FinishReason = Literal["stop", "length", "abort", "error"]
"""`abort`: cancelled. The names are those that vLLM's metrics use."""


class Output(NamedTuple):
    """One request's share of one step."""

    generation: Generation
    text: str
    """May be empty: a token can be half a character, or held back as a possible stop string."""
    finish_reason: FinishReason | None


Deliver = Callable[[Sequence[Output]], None]
"""Called by the generation thread once a step with everything that the step made."""


@dataclass(frozen=True)
class EngineLoad:
    """How busy an engine is now."""

    waiting: int
    running: int
    kv_usage: float
    """Share of the KV cache's token positions in use (0..1)."""


class QueueFullError(Exception):
    """All rows and all places in the queue are taken."""


class Codec(Protocol):
    """Text to token ids and back, for one model."""

    vocab_size: int
    end_ids: frozenset[int]
    """Tokens that end an answer."""

    def encode_text(self, text: str) -> list[int]: ...

    def encode_chat(self, messages: Sequence[dict[str, str]]) -> list[int]:
        """Raises TemplateError where the model's chat template refuses the messages."""
        ...

    def decode(self, ids: Sequence[int]) -> str: ...


class Engine(Protocol):
    """A source of tokens that batches requests by itself."""

    owned_by: str

    @property
    def state(self) -> EngineState: ...

    @property
    def failure(self) -> BaseException | None:
        """Why the state is `failed`."""
        ...

    @property
    def codec(self) -> Codec:
        """Only while the state is `ready`."""
        ...

    def start(self) -> None:
        """Begin loading in the background; a second call does nothing."""
        ...

    def connect(self, deliver: Deliver, on_state: Callable[[], None]) -> None:
        """Where outputs go, and whom to tell (from the engine's thread) of a new state."""
        ...

    def submit(self, generation: Generation) -> None:
        """Take a request. Raises QueueFullError."""
        ...

    def load(self) -> EngineLoad: ...

    def stalled_seconds(self) -> float:
        """Time since the last finished step while work is pending; 0 when idle."""
        ...

    def stop(self) -> None:
        """End the generation thread after its current step."""
        ...
