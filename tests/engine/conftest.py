"""One running stack for the tests that only look at it or change it and go on."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.paced_stack import paced_stack
from tests.support.pulumi_stack import PulumiStack


@pytest.fixture(scope="session")
def stack() -> Generator[PulumiStack]:
    """Two paced replicas behind a gateway. Tests may change it, and leave it serving."""
    with paced_stack() as running:
        yield running
