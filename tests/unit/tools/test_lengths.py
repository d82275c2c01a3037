"""The file-length rule says which file is too long and what is allowed."""

from __future__ import annotations

from tools.lint.lengths import problems


def test_a_file_over_the_maximum_is_named_with_both_numbers() -> None:
    assert problems({"a.py": 10, "b.py": 301}) == [
        "b.py: 301 lines, allowed 300: split it by idea",
        "median of all files: 155.5 lines, allowed 100",
    ]


def test_files_at_the_limits_pass() -> None:
    assert problems({"a.py": 300, "b.py": 100, "c.py": 1}) == []
