"""An HTTP server on this machine's loopback, for the time of a block."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], **world: object) -> Iterator[str]:
    """Its address; `world` becomes attributes of the handler, which is made for each request."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (handler,), world))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
