from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium import webdriver

from tests.support.chat_page import ChatPage, missing_browser, open_browser
from tests.support.chat_stream import MODELS
from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.recording_backend import RecordingBackend, recording_backend


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Chrome]:
    if reason := missing_browser():
        pytest.skip(reason)
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@pytest.fixture(scope="session")
def gateway(backend: RecordingBackend) -> Iterator[LiveGateway]:
    with live_gateway(gateway_spec(), [backend.socket]) as gateway:
        yield gateway


@pytest.fixture
def page(
    browser: webdriver.Chrome, backend: RecordingBackend, gateway: LiveGateway
) -> Iterator[ChatPage]:
    """A tab of its own, so an empty session storage; the browser must have nothing to complain."""
    backend.bodies = {"/v1/models": MODELS}
    backend.mode = "stream"
    backend.requests.clear()
    backend.words.queue.clear()
    backend.hung_up.clear()
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    yield ChatPage(browser, f"http://127.0.0.1:{gateway.port}/")
    log = browser.get_log("browser")
    browser.close()
    browser.switch_to.window(first)
    # A refused request is logged as an error of the network; anything else is ours.
    assert [entry["message"] for entry in log if entry["source"] != "network"] == []
