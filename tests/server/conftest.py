"""The converted test model, shared by all server tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.converted_model import converted_model


@pytest.fixture(scope="session")
def model_dir() -> Path:
    return converted_model("int4")
