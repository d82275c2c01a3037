"""From a request body to a running generation and the response that follows it."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable

from starlette.responses import Response

from . import errors
from .chat_template import ChatTemplateError
from .encoding import AnswerEncoder, Kind
from .generation import Generation
from .logs import log
from .responses import StreamedResponse, WholeResponse
from .sampling import Sampling
from .schemas import ChatCompletionRequest, CompletionRequest, GenerationRequestBody
from .service import Service

_COMPLETION_TOKENS = 16
"""OpenAI's default answer length of plain completions."""
_LONG_TEXT = 20_000
"""Characters from which tokenising is worth a thread instead of the event loop."""


async def chat(service: Service, body: ChatCompletionRequest) -> Response:
    _check_model(service, body)
    if body.max_tokens and body.max_completion_tokens:
        raise errors.invalid_value(
            "max_tokens", "Give max_tokens or max_completion_tokens, not both."
        )
    messages = [message.for_template() for message in body.messages]
    _log_prompt(service, messages)
    size = sum(len(message["content"]) for message in messages)
    try:
        prompt = await _encode(size, lambda: service.engine.codec.encode_chat(messages))
    except ChatTemplateError as error:
        raise errors.invalid_value("messages", str(error)) from None
    limit = body.max_completion_tokens or body.max_tokens
    return _respond("chat", service, body, prompt, "messages", limit)


async def complete(service: Service, body: CompletionRequest) -> Response:
    _check_model(service, body)
    text = body.prompt
    codec = service.engine.codec
    _log_prompt(service, text)
    if isinstance(text, str):
        prompt = await _encode(len(text), lambda: codec.encode_text(text))
    else:
        prompt = text
        if max(prompt) >= codec.vocab_size:
            raise errors.invalid_value(
                "prompt", f"Token ids must be below the vocabulary's {codec.vocab_size}."
            )
    if not prompt:
        raise errors.invalid_value("prompt", "The prompt has no tokens.")
    limit = body.max_tokens or _COMPLETION_TOKENS
    return _respond("text", service, body, prompt, "prompt", limit)


def _check_model(service: Service, body: GenerationRequestBody) -> None:
    service.check_accepting()
    served = service.settings.model_name
    if body.model != served:
        raise errors.model_not_found(body.model, served)
    if body.stream_options and not body.stream:
        raise errors.invalid_value("stream_options", "stream_options needs stream: true.")


def _log_prompt(service: Service, prompt: object) -> None:
    if service.settings.log_prompts:
        log.info("prompt", extra={"fields": {"prompt": prompt}})


async def _encode(size: int, encode: Callable[[], list[int]]) -> list[int]:
    return encode() if size < _LONG_TEXT else await asyncio.to_thread(encode)


def _respond(
    kind: Kind,
    service: Service,
    body: GenerationRequestBody,
    prompt: list[int],
    prompt_field: str,
    limit: int | None,
) -> Response:
    context = service.settings.max_context
    max_tokens = limit or max(1, context - len(prompt))
    if len(prompt) + max_tokens > context:
        raise errors.context_exceeded(prompt_field, context, len(prompt), max_tokens)
    generation = Generation(
        prompt=prompt,
        max_tokens=max_tokens,
        sampling=Sampling(
            1.0 if body.temperature is None else body.temperature,
            1.0 if body.top_p is None else body.top_p,
            body.seed,
        ),
        stop=body.stops,
        ignore_end=body.ignore_eos,
    )
    with_usage = bool(body.stream_options and body.stream_options.include_usage)
    encoder = AnswerEncoder(
        kind,
        answer_id=f"{'chatcmpl' if kind == 'chat' else 'cmpl'}-{uuid.uuid4().hex}",
        created=int(time.time()),
        model=service.settings.model_name,
        with_usage=with_usage,
    )
    stream = service.open(generation)
    if body.stream:
        return StreamedResponse(service, stream, encoder, with_usage=with_usage)
    return WholeResponse(service, stream, encoder)
