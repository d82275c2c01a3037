"""Answers every request on an exact schedule and remembers when it wrote what.

`python -m benchmarks.load.mock.server --ttft-ms 50 --itl-ms 10` prints its port as JSON. Token k of
an answer is written `ttft + k * itl` after its request came. `GET /log` gives, for every answer
since the last time, when its request came and when each token was written: seconds of
`time.perf_counter()`, which all processes of a Linux machine share.

What the model is called makes an answer fail: `refuse` (429), `cut` (the connection ends after the
second token), `error` (an event with an error), `short` (no `[DONE]`). The model `grouped` puts two
tokens into each event.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, cast

import httptools
import uvloop

from benchmarks.load.alarm import Alarm
from benchmarks.load.mock import events


@dataclass
class Truth:
    """One answer as it happened."""

    number: int
    came: float
    authorization: str
    request_id: str
    """What the client calls it, in `x-request-id`."""
    prompt: str
    tokens: int
    writes: list[float] = field(default_factory=list[float])


class World:
    """What all connections share."""

    def __init__(self, alarm: Alarm, ttft: float, itl: float) -> None:
        self.alarm, self.ttft, self.itl = alarm, ttft, itl
        self.numbers = iter(range(1 << 62))
        self.log: list[Truth] = []


class Connection(asyncio.Protocol):
    """Requests come one after the other; a client that wants more at once opens more."""

    def __init__(self, world: World) -> None:
        self._world = world

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self._now = time.perf_counter()
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._body, self._url, self._headers = b"", b"", dict[bytes, str]()

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.lower()] = value.decode()

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._parser.get_method() == b"POST":
            self._answer(json.loads(self._body))
        elif self._url == b"/log":
            log, self._world.log = self._world.log, []
            self._transport.write(events.answer("200 OK", {"log": [vars(one) for one in log]}))
        else:
            model = {"id": "mock", "object": "model", "created": 1764547200, "owned_by": "mock"}
            self._transport.write(events.answer("200 OK", {"object": "list", "data": [model]}))

    def _answer(self, body: dict[str, Any]) -> None:
        if body["model"] == "refuse":
            error = {"message": "too many requests", "type": "rate_limit_error"}
            self._transport.write(events.answer("429 Too Many Requests", {"error": error}))
            return
        tokens = body.get("max_completion_tokens") or body.get("max_tokens") or 16
        prompt = json.dumps(body.get("messages", body.get("prompt")))
        number = next(self._world.numbers)
        key, name = (self._headers.get(h, "") for h in (b"authorization", b"x-request-id"))
        truth = Truth(number, self._now, key, name, prompt, tokens)
        self._world.log.append(truth)
        _Stream(self._world, self._transport, truth, body).start()


class _Stream:
    """One answer under way."""

    def __init__(
        self, world: World, transport: asyncio.Transport, truth: Truth, body: dict[str, Any]
    ) -> None:
        self._world, self._transport, self._truth = world, transport, truth
        self._model: str = body["model"]
        self._options: dict[str, Any] = body.get("stream_options") or {}
        self._made, self._step = 0, 2 if self._model == "grouped" else 1
        self._delta = {"content": " word" * self._step}
        self._event = events.chunk(events.event(truth.number, self._delta))

    def start(self) -> None:
        self._world.alarm.at(self._truth.came + self._world.ttft, self._write)

    def _write(self) -> None:
        if self._transport.is_closing():
            return
        self._truth.writes.append(time.perf_counter())
        made = min(self._made + self._step, self._truth.tokens)
        data = self._counted(made) if self._options.get("continuous_usage_stats") else self._event
        if not self._made:
            role = {"role": "assistant", "content": ""}
            data = events.HEAD + events.chunk(events.event(self._truth.number, role)) + data
        self._made = made
        if self._model == "cut" and self._made >= 2:
            self._transport.write(data)
            self._transport.close()
        elif self._made < self._truth.tokens:
            self._transport.write(data)
            steps = len(self._truth.writes)
            due = self._truth.came + self._world.ttft + steps * self._world.itl
            self._world.alarm.at(due, self._write)
        else:
            self._transport.write(data + self._end())

    def _counted(self, made: int) -> bytes:
        usage = events.usage(len(self._truth.prompt.split()), made)
        return events.chunk(events.event(self._truth.number, self._delta, usage=usage))

    def _end(self) -> bytes:
        number, parts = self._truth.number, [b""]
        if self._model == "error":
            error = {"message": "the engine died", "type": "server_error"}
            parts.append(b"data: " + json.dumps({"error": error}).encode() + b"\n\n")
        else:
            parts.append(events.event(number, {}, choice={"finish_reason": "length"}))
        if self._options.get("include_usage"):
            prompt = len(self._truth.prompt.split())
            parts.append(events.usage_event(number, prompt, self._truth.tokens))
        if self._model != "short":
            parts.append(events.DONE)
        return b"".join(map(events.chunk, parts[1:])) + events.LAST_CHUNK


async def _serve(ttft: float, itl: float) -> None:
    loop = asyncio.get_running_loop()
    world = World(Alarm(loop), ttft, itl)
    server = await loop.create_server(lambda: Connection(world), "127.0.0.1", 0, backlog=4096)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ttft-ms", type=float, required=True)
    parser.add_argument("--itl-ms", type=float, required=True)
    given = parser.parse_args()
    uvloop.run(_serve(given.ttft_ms / 1000, given.itl_ms / 1000))


if __name__ == "__main__":
    main()
