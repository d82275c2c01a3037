"""The measuring client reads whole SSE streams and refuses broken ones."""

from __future__ import annotations

import socketserver
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.streams import run_streams

HEAD = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


EVENTS = chunk(b'data: {"token":"one"}\n\ndata') + chunk(b': {"token":"2"}\n\n')
DONE = chunk(b"data: [DONE]\n\n")


@contextmanager
def answering(*parts: bytes) -> Iterator[Path]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            for part in parts:
                self.wfile.write(part)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s"
        with socketserver.ThreadingUnixStreamServer(str(path), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield path
            server.shutdown()


def test_events_split_over_chunks_are_joined_for_every_stream() -> None:
    with answering(HEAD, EVENTS, DONE, END) as path:
        streams = run_streams(path, "/v1/completions", [{"prompt": "a"}, {"prompt": "b"}])

    assert [stream.events() for stream in streams] == [[{"token": "one"}, {"token": "2"}]] * 2
    assert all(stream.seconds > 0 for stream in streams)


def test_a_stream_without_its_end_is_refused() -> None:
    with answering(HEAD, EVENTS, END) as path:
        [stream] = run_streams(path, "/", [{}])

    with pytest.raises(ValueError, match=r"did not end with \[DONE\]"):
        stream.events()


def test_an_error_status_is_refused_with_its_body() -> None:
    with answering(b"HTTP/1.1 503 Service Unavailable\r\n\r\n", b"too busy") as path:
        [stream] = run_streams(path, "/", [{}])

    with pytest.raises(ValueError, match=r"503 Service Unavailable[\s\S]*too busy"):
        stream.events()
