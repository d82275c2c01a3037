"""The app in this process over a runner of the test's choice."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from starlette.testclient import TestClient

from images.onnx.server.app import create_app
from images.onnx.server.batching_engine import BatchingEngine
from images.onnx.server.engine import Codec
from images.onnx.server.runner import Runner
from images.onnx.server.settings import Settings
from tests.support.server_process import MODEL


def app_settings(**changes: object) -> Settings:
    return Settings(
        **{
            "model_name": MODEL,
            "max_context": 128,
            "max_concurrent": 2,
            "max_queue": 2,
            "request_timeout": 30.0,
            "drain": 1.0,
            **changes,
        }
    )


@contextlib.contextmanager
def app_client(runner: Runner, codec: Codec, **changes: object) -> Iterator[TestClient]:
    """A client of a started app whose engine has loaded; `client.app.state.service` is inside."""
    settings = app_settings(**changes)
    engine = BatchingEngine(lambda: (runner, codec), capacity=settings.capacity, owned_by="test")
    with TestClient(create_app(engine, settings), raise_server_exceptions=False) as client:
        while engine.state == "loading":
            time.sleep(0.001)
        yield client
