"""A TCP port of 127.0.0.1 that nobody listens on now, and that no connection gets by chance."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import socket

# Below what the kernel gives to outgoing connections: one of those may take a port of that range
# between this answer and its use. Each worker has its own, and none gets one twice.
_FIRST, _EACH = 20_000, 2_000
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4
_START = random.randrange(_EACH)
_TURN = itertools.count(_START)


def free_port() -> int:
    for turn in itertools.islice(_TURN, _EACH):
        port = _FIRST + _WORKER * _EACH + turn % _EACH
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
