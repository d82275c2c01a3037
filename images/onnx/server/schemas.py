"""What clients may send. Unknown fields and values without effect here are refused by name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_STOPS = 4


def _whole(value: object) -> object:
    """JSON knows no integers: 2.0 is as good as 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Stop = Annotated[str, Field(min_length=1, max_length=256)]
Neutral = Annotated[float, Field(ge=0, le=0, description="Only 0 is supported.")]
Whole = Annotated[int, BeforeValidator(_whole)]
TokenId = Annotated[int, Field(ge=0), BeforeValidator(_whole)]
Tokens = Annotated[int, Field(ge=1, le=2**31), BeforeValidator(_whole)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class StreamOptions(_Strict):
    include_usage: bool = False


class GenerationRequestBody(_Strict):
    """What chat and plain completions have in common."""

    model: str
    stream: bool = False
    stream_options: StreamOptions | None = None
    max_tokens: Tokens | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    seed: Whole | None = None
    stop: Stop | Annotated[list[Stop], Field(max_length=MAX_STOPS)] | None = None
    n: Literal[1] | None = None
    user: str | None = Field(default=None, description="Accepted without effect.")
    frequency_penalty: Neutral | None = None
    presence_penalty: Neutral | None = None
    ignore_eos: bool = Field(
        default=False, description="Go on to max_tokens when the model ends its answer."
    )

    @property
    def stops(self) -> tuple[str, ...]:
        return (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())


class TextPart(_Strict):
    type: Literal["text"]
    text: str


class Message(_Strict):
    role: Literal["system", "developer", "user", "assistant"]
    content: str | Annotated[list[TextPart], Field(min_length=1)]
    name: str | None = None

    def for_template(self) -> dict[str, str]:
        """Templates know no `developer`; it is OpenAI's newer name of `system`."""
        role = "system" if self.role == "developer" else self.role
        if isinstance(self.content, str):
            return {"role": role, "content": self.content}
        return {"role": role, "content": "".join(part.text for part in self.content)}


class ChatCompletionRequest(GenerationRequestBody):
    messages: Annotated[list[Message], Field(min_length=1)]
    max_completion_tokens: Tokens | None = None
    logprobs: Literal[False] | None = None


class CompletionRequest(GenerationRequestBody):
    prompt: str | Annotated[list[TokenId], Field(min_length=1)] = Field(
        description="Text, or token ids."
    )
    echo: Literal[False] | None = None
    logprobs: None = None
    best_of: Literal[1] | None = None
