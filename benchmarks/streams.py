"""A light SSE client for many streams at once: it only reads and notes times while it measures.

The client shares the machine with the server under measurement, so it parses nothing until all
streams have ended, and one thread serves all of them.
"""

from __future__ import annotations

import json
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT_SECONDS = 120.0


@dataclass
class Stream:
    """One request and what came back; times are seconds of `time.perf_counter()`."""

    sent: float = 0.0
    reads: list[tuple[float, bytes]] = field(default_factory=list[tuple[float, bytes]])

    @property
    def seconds(self) -> float:
        """From connecting to the last byte."""
        return self.reads[-1][0] - self.sent

    def events(self) -> list[dict[str, object]]:
        """The JSON of every SSE event; raises ValueError for anything but a whole 200 stream."""
        head, _, body = b"".join(data for _, data in self.reads).partition(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise ValueError(f"refused: {head[:100]!r} {body[:500]!r}")
        text = _dechunk(body) if b"transfer-encoding: chunked" in head.lower() else body
        lines = [line[6:] for line in text.split(b"\n") if line.startswith(b"data: ")]
        if not lines or lines[-1].strip() != b"[DONE]":
            raise ValueError(f"the stream did not end with [DONE] but {text[-200:]!r}")
        return [json.loads(line) for line in lines[:-1]]


def run_streams(uds: Path, path: str, bodies: Sequence[dict[str, object]]) -> list[Stream]:
    """Sends one POST for each of `bodies` at once and reads all answers to their ends.

    Raises TimeoutError if a stream is silent for TIMEOUT_SECONDS.
    """
    streams = [Stream() for _ in bodies]
    with selectors.DefaultSelector() as selector:
        for stream, body in zip(streams, bodies, strict=True):
            request = _request(path, body)
            client = socket.socket(socket.AF_UNIX)
            stream.sent = time.perf_counter()
            client.connect(str(uds))
            client.sendall(request)
            selector.register(client, selectors.EVENT_READ, stream)
        while selector.get_map():
            ready = selector.select(TIMEOUT_SECONDS)
            if not ready:
                raise TimeoutError(f"no byte on any stream for {TIMEOUT_SECONDS:g} s")
            for key, _ in ready:
                _read(selector, key)
    return streams


def _read(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    client: socket.socket = key.fileobj  # type: ignore[assignment]
    data = client.recv(65536)
    if data:
        key.data.reads.append((time.perf_counter(), data))
    else:
        selector.unregister(client)
        client.close()


def _request(path: str, body: dict[str, object]) -> bytes:
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n"
        f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def _dechunk(body: bytes) -> bytes:
    parts: list[bytes] = []
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        parts.append(body[:length])
        body = body[length + 2 :]
    return b"".join(parts)
