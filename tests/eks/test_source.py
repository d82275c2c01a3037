"""How properties change, read again from the source that the table was made from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.aws_provider.changes import FILE, fetched, made


@pytest.mark.chaos
@pytest.mark.skipif(shutil.which("go") is None, reason="no Go, whose client has the source")
def test_the_table_of_changes_is_what_the_providers_source_says(tmp_path: Path) -> None:
    assert FILE.read_text() == made(fetched(tmp_path))
