"""An empty AWS account for each test, and stacks in it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.aws_provider.cloud import Cloud, cloud


@pytest.fixture
def aws(tmp_path: Path) -> Generator[Cloud]:
    with cloud(tmp_path) as found:
        yield found
