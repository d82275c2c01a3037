"""What all parts of the suite share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.resumed import Resumed

# A busy machine is no mistake: no test fails for its time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--resume", type=Path, metavar="FILE", help="go on where FILE says")


def pytest_configure(config: pytest.Config) -> None:
    path: Path | None = config.getoption("--resume")
    if path is not None:
        config.pluginmanager.register(Resumed(path))
