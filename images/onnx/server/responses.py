"""Raw ASGI responses that write an answer with as little work per token as HTTP needs."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import Any

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .encoding import DONE, AnswerEncoder, error_event, usage
from .error_handlers import error_response
from .errors import ApiError
from .service import Service
from .streams import Disconnected, TokenStream
from .wire import log_fields, raw_send


class _GenerationResponse(Response):
    """Follows one stream to its end, or to the client's."""

    def __init__(self, service: Service, stream: TokenStream, encoder: AnswerEncoder):
        self.status_code = 200
        self.background: BackgroundTask | None = None
        self._service = service
        self._stream = stream
        self._encoder = encoder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        watcher = asyncio.ensure_future(self._watch(receive))
        try:
            await self._answer(scope, receive, send)
        except Disconnected:
            log_fields(scope)["disconnected"] = True
        finally:
            watcher.cancel()
            self._service.close(self._stream)
            log_fields(scope).update(self._summary())

    @abstractmethod
    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None: ...

    async def _watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._stream.fail(Disconnected())

    def _summary(self) -> dict[str, Any]:
        generation = self._stream.generation
        first = generation.first_token
        return {
            "prompt_tokens": len(generation.prompt),
            "completion_tokens": generation.completion_tokens,
            "finish_reason": self._stream.finish_reason,
            "ttft_seconds": None if first is None else round(first - generation.arrived, 4),
        }

    def _usage(self) -> dict[str, int]:
        generation = self._stream.generation
        return usage(len(generation.prompt), generation.completion_tokens)


class WholeResponse(_GenerationResponse):
    """The complete answer as one JSON object."""

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        texts: list[str] = []
        try:
            while self._stream.finish_reason is None:
                texts += await self._stream.ready()
        except ApiError as error:
            await error_response(error)(scope, receive, send)
            return
        reason = self._stream.finish_reason
        texts += await self._stream.ready()
        body = self._encoder.whole("".join(texts), reason, self._usage())
        await send(_start("application/json", ("content-length", str(len(body)))))
        await send({"type": "http.response.body", "body": body})


class StreamedResponse(_GenerationResponse):
    """Server-sent events. Headers go out with the first token, so that an answer that never
    begins still gets a proper status."""

    def __init__(
        self, service: Service, stream: TokenStream, encoder: AnswerEncoder, *, with_usage: bool
    ):
        super().__init__(service, stream, encoder)
        self._with_usage = with_usage

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream, encoder = self._stream, self._encoder
        try:
            texts = await stream.ready()
        except ApiError as error:
            await error_response(error)(scope, receive, send)
            return
        await send(_start("text/event-stream; charset=utf-8", ("cache-control", "no-cache")))
        write = raw_send(scope, send)
        body = encoder.opening()
        try:
            while True:
                body += b"".join(map(encoder.delta, texts))
                if stream.finish_reason is not None:
                    break
                await write({"type": "http.response.body", "body": body, "more_body": True})
                body = b""
                texts = await stream.ready()
            body += encoder.finish(stream.finish_reason)
            body += encoder.usage_event(self._usage()) if self._with_usage else b""
            body += DONE
        except ApiError as error:
            body = error_event(error.body)
        await write({"type": "http.response.body", "body": body})


def _start(content_type: str, *headers: tuple[str, str]) -> dict[str, Any]:
    pairs = (("content-type", content_type), *headers)
    raw = [(name.encode(), value.encode()) for name, value in pairs]
    return {"type": "http.response.start", "status": 200, "headers": raw}
