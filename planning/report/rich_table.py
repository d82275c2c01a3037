"""A table for a terminal."""

from __future__ import annotations

from rich.table import Table as RichTable
from rich.text import Text

from planning.page.table import Table


def rich_table(table: Table) -> RichTable:
    """Without lines; cells break at words."""
    drawn = RichTable(
        title=table.title or None, title_justify="left", box=None, padding=(0, 2, 0, 0)
    )
    for column in table.columns:
        drawn.add_column(column.name, justify="right" if column.number else "left", overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(Text, row))
    return drawn
