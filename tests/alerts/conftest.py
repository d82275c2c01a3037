"""Prometheus' tool, without which nothing here can be told."""

from __future__ import annotations

import pytest

from tools.suite.needs import promtool


@pytest.fixture(autouse=True, scope="session")
def _promtool() -> None:
    if reason := promtool():
        pytest.skip(reason)
