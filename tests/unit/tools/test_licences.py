"""A dependency without its licence in the table, or with an unusable one, is named."""

from __future__ import annotations

from tools.lint.licences import problems

TABLE = "| `pytest` | MIT | tests |\n| `gone` | MIT | nothing |\n"


def test_a_missing_row_and_a_changed_licence_are_told() -> None:
    assert problems(TABLE, {"pytest": "BSD-3-Clause", "rich": "MIT"}) == [
        "pytest: the table says 'MIT', its metadata says 'BSD-3-Clause'",
        "rich: the table says 'nothing', its metadata says 'MIT'",
    ]


def test_a_licence_that_we_cannot_ship_with_is_refused_even_with_a_row() -> None:
    table = "| `x` | AGPL-3.0 | y |\n"
    assert problems(table, {"x": "AGPL-3.0"}) == [
        "x: licence 'AGPL-3.0' is not one we can ship with"
    ]
