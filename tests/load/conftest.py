"""One mock server for all tests of the load client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.mock_server import Mock, mock_server


@pytest.fixture(scope="session")
def server() -> Iterator[Mock]:
    with mock_server(ttft_ms=30, itl_ms=10) as mock:
        yield mock


@pytest.fixture
def mock(server: Mock) -> Mock:
    """With an empty log."""
    server.log()
    return server
