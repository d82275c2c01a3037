"""The fake API, one for each test."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.hf_api import FakeApi, running


@pytest.fixture
def api() -> Generator[FakeApi]:
    with running(FakeApi()) as fake:
        yield fake
