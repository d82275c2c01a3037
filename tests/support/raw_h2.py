"""HTTP/2 over plain TCP with any header block, valid or not."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import h2.config
import h2.connection
import hpack
import hyperframe.frame

from tests.support.live_gateway import DEADLINE_SECONDS, KEY

_UNCHECKED = h2.config.H2Configuration(
    validate_outbound_headers=False, normalize_outbound_headers=False
)

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class StreamEnd:
    """`status` is None where the stream or the connection was reset without an answer."""

    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def request_block(method: str, path: str, key: str | None = KEY) -> list[tuple[str, str]]:
    """A well-formed header block."""
    block = [(":method", method), (":scheme", "http"), (":authority", "gateway"), (":path", path)]
    return block + ([("authorization", f"Bearer {key}")] if key else [])


def send_h2(port: int, block: Headers) -> StreamEnd:
    """Send one header block that ends its stream, exactly as given, and read to the end of it."""
    connection = h2.connection.H2Connection(_UNCHECKED)
    connection.initiate_connection()
    connection.send_headers(1, list(block), end_stream=True)
    with socket.create_connection(("127.0.0.1", port), DEADLINE_SECONDS) as wire:
        wire.sendall(connection.data_to_send())
        try:
            return _read_stream(wire.makefile("rb"))
        except ConnectionResetError:
            return StreamEnd(None)


def _read_stream(wire: BinaryIO) -> StreamEnd:
    """Frames read by hand: h2 would not show an answer that follows a GOAWAY."""
    status, headers, body = None, (), b""
    decoder = hpack.Decoder()
    while len(head := wire.read(9)) == 9:
        frame, length = hyperframe.frame.Frame.parse_frame_header(memoryview(head))
        payload = wire.read(length)
        frame.parse_body(memoryview(payload))
        if isinstance(frame, hyperframe.frame.HeadersFrame):
            headers = tuple((str(k), str(v)) for k, v in decoder.decode(frame.data))
            status = int(dict(headers)[":status"])
        elif isinstance(frame, hyperframe.frame.DataFrame):
            body += frame.data
        reset = isinstance(frame, hyperframe.frame.RstStreamFrame)
        if reset or (frame.stream_id == 1 and "END_STREAM" in frame.flags):
            break
    return StreamEnd(status, headers, body)
