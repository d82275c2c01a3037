"""A paced token source in one file, for a pod with Python and nothing else.

It is no engine: its tokens are numbers, and the answer says so in `model`. Like every engine it is
unready from SIGTERM on, refuses new requests then, and ends once its streams have.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

MODEL = "paced-token-source"


METRICS = ("vllm:num_requests_waiting", "vllm:num_requests_running", "vllm:kv_cache_usage_perc")
"""Of our server's contract: what autoscalers look at."""


class Source:
    def __init__(self, tokens_per_second: float, rows: int, owner: str) -> None:
        self._owner = owner
        self._period = 1 / tokens_per_second
        self._rows, self._free = rows, asyncio.Semaphore(rows)
        self._running = 0
        self._streams = 0
        self._draining, self._idle = asyncio.Event(), asyncio.Event()
        self._idle.set()

    async def serve(self, port: int) -> None:
        """Until SIGTERM, and then until the last stream has ended."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._draining.set)
        async with await asyncio.start_server(self._connection, "0.0.0.0", port, backlog=1024):
            await self._draining.wait()
            await self._idle.wait()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (head := await reader.readuntil(b"\r\n\r\n")) and not writer.is_closing():
                await self._answer(head.decode("latin-1"), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        lines = head.lower().splitlines()
        sizes = [int(line.split(":")[1]) for line in lines if line.startswith("content-length:")]
        body = await reader.readexactly(sum(sizes))
        if lines[0].startswith("get /health/live"):
            await _send(writer, 200, {})
        elif lines[0].startswith("get /metrics"):
            await _send(writer, 200, self._metrics())
        elif self._draining.is_set():
            await _send(writer, 503, {"error": {"message": "draining", "code": "draining"}})
        elif lines[0].startswith("post /v1/chat/completions"):
            self._streams += 1
            self._idle.clear()
            try:
                await self._stream(writer, json.loads(body)["max_tokens"])
            finally:
                self._streams -= 1
                if not self._streams:
                    self._idle.set()
        else:
            await _send(writer, 200, {"data": [{"id": MODEL, "owned_by": self._owner}]})

    def _metrics(self) -> str:
        waiting = self._streams - self._running
        values = (waiting, self._running, self._running / self._rows)
        return "".join(
            f'{name}{{model_name="{MODEL}"}} {value}\n'
            for name, value in zip(METRICS, values, strict=True)
        )

    async def _stream(self, writer: asyncio.StreamWriter, tokens: int) -> None:
        async with self._free:
            self._running += 1
            try:
                await self._tokens(writer, tokens)
            finally:
                self._running -= 1

    async def _tokens(self, writer: asyncio.StreamWriter, tokens: int) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
            b"transfer-encoding: chunked\r\n\r\n"
        )
        for number in range(tokens):
            last = number == tokens - 1
            choice = {
                "index": 0,
                "delta": {"content": f" {number}"},
                "finish_reason": "length" if last else None,
            }
            await _event(writer, {"model": MODEL, "choices": [choice]})
            await asyncio.sleep(self._period)
        usage = {"prompt_tokens": 1, "completion_tokens": tokens}
        await _event(writer, {"model": MODEL, "choices": [], "usage": usage})
        await _chunk(writer, b"data: [DONE]\n\n")
        await _chunk(writer, b"")


async def _send(writer: asyncio.StreamWriter, status: int, content: object) -> None:
    """A text as it is, anything else as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    kind = "text/plain; version=0.0.4" if isinstance(content, str) else "application/json"
    body = text.encode()
    head = f"HTTP/1.1 {status} .\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}"
    writer.write(head.encode() + b"\r\n\r\n" + body)
    await writer.drain()


async def _event(writer: asyncio.StreamWriter, content: object) -> None:
    await _chunk(writer, f"data: {json.dumps(content)}\n\n".encode())


async def _chunk(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(b"%x\r\n%s\r\n" % (len(data), data))
    await writer.drain()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--tokens-per-second", type=float, required=True, help="of each stream")
    parser.add_argument("--rows", type=int, default=1024, help="streams at once; others wait")
    parser.add_argument("--owner", default=MODEL, help="of the model, as the answers name it")
    arguments = parser.parse_args()
    source = Source(arguments.tokens_per_second, arguments.rows, arguments.owner)
    asyncio.run(source.serve(arguments.port))
