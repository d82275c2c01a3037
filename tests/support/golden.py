"""A file that holds the expected text; `pytest --snapshot-update` writes it again."""

from __future__ import annotations

from pathlib import Path

import pytest


def assert_golden(config: pytest.Config, file: Path, text: str) -> None:
    if config.getoption("update_snapshots"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.is_file(), f"{file.name} is missing: run make golden and read what it wrote"
    assert text == file.read_text(encoding="utf-8"), f"{file.name} differs: read it, make golden"
