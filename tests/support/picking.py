"""An endpoint picker that always names one address: Envoy's external processing, by hand.

Only the fields that the protocol needs are written and read, so no generated code is wanted.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import grpc

from components.gateway.balancing import PICKED_HEADER

_METHOD = "/envoy.service.ext_proc.v3.ExternalProcessor/Process"
_HEADERS, _BODY, _TRAILERS = 2, 4, 6
"""Fields of a ProcessingRequest; those of the response are 1, 3 and 5."""


@dataclass
class Picker:
    port: int
    address: str = ""
    """Of the replica that is picked."""
    bodies: list[bytes] = field(default_factory=list[bytes])
    """What it was shown of requests."""

    def process(self, requests: Iterator[bytes], _: object) -> Iterator[bytes]:
        for request in requests:
            for number, content in _fields(request):
                if number == _HEADERS:
                    header = _text(1, PICKED_HEADER) + _text(3, self.address)
                    mutation = _message(1, _message(1, header))
                    # CommonResponse.header_mutation, in HeadersResponse.
                    yield _message(1, _message(1, _message(2, mutation)))
                elif number == _BODY:
                    self.bodies.append(dict(_fields(content)).get(1, b""))
                    streamed = _message(3, content)  # the same chunk, with its mark of the end
                    yield _message(3, _message(1, _message(3, streamed)))
                elif number == _TRAILERS:
                    yield _message(5, b"")


@contextmanager
def picking() -> Generator[Picker]:
    server = grpc.server(ThreadPoolExecutor(8))
    picker = Picker(server.add_insecure_port("127.0.0.1:0"))
    handler = grpc.stream_stream_rpc_method_handler(picker.process)
    server.add_generic_rpc_handlers((_Handlers(handler),))
    server.start()
    try:
        yield picker
    finally:
        server.stop(None).wait()


class _Handlers(grpc.GenericRpcHandler):
    def __init__(self, handler: grpc.RpcMethodHandler) -> None:
        self._handler = handler

    def service(
        self, handler_call_details: grpc.HandlerCallDetails
    ) -> grpc.RpcMethodHandler | None:
        return self._handler if handler_call_details.method == _METHOD else None


def _text(number: int, text: str) -> bytes:
    return _message(number, text.encode())


def _message(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each field; of numbers the content is one byte or more."""
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte, at = message[at], at + 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        tag = number()
        size = number()
        if tag & 7 == 2:
            yield tag >> 3, message[at : at + size]
            at += size
        else:
            yield tag >> 3, bytes([size])
