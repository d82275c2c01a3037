"""A report as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from planning.page.table import Section, Table
from planning.report.report import Report


def markdown(report: Report) -> str:
    """Ends with a line break; pictures are left to the page, their tables are here."""
    lines = [
        f"# {report.title}",
        "",
        f"{_plain(report.sentence)} Planned {report.date} from `{report.origin}`.",
        "",
    ]
    if report.figures:
        lines += ["| figure | value | |", "|---|---|---|"]
        lines += [_row(figure) for figure in report.figures]
        lines.append("")
    for section in report.sections:
        lines += _section(section)
    return "\n".join(lines).rstrip() + "\n"


def table_lines(table: Table) -> Iterator[str]:
    """The table alone."""
    if table.title:
        yield f"**{table.title}**"
        yield ""
    yield _row(tuple(column.name for column in table.columns))
    yield "|" + "|".join("--:" if column.number else "---" for column in table.columns) + "|"
    yield from map(_row, table.rows)
    yield ""


def _section(section: Section) -> Iterator[str]:
    if section.folded:
        yield f"<details><summary>{section.title}</summary>"
    else:
        yield f"## {section.title}"
    yield ""
    for words in section.words:
        yield _plain(words)
        yield ""
    for table in section.tables:
        yield from table_lines(table)
    if section.folded:
        yield "</details>"
        yield ""


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return _plain(" ".join(text.split())).replace("|", "\\|")


def _plain(text: str) -> str:
    """Nothing in it is read as markup; code spans are ours and stay."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("*", "\\*")
