"""A report for people at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from operations.preflight.report import Finding, Outcome, Report
from planning.problems import problem_text

_STYLES: dict[Outcome, tuple[str, str]] = {
    "ok": ("ok", "green"),
    "warning": ("warning", "yellow"),
    "problem": ("problem", "bold red"),
    "unchecked": ("could not check", "magenta"),
    "skipped": ("skipped", "dim"),
}
_SUMS = {
    0: "nothing found that is in the way",
    1: "`pulumi up` would fail or hang",
    3: "nothing found, but not everything could be checked",
}


def print_report(report: Report, console: Console, *, origin: str) -> None:
    if not report.findings:
        console.print("nothing in this stack file needs a cloud account or the model hub")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for column in ("check", "subject", "outcome", "said"):
        table.add_column(no_wrap=column in ("check", "outcome"))
    for finding in report.findings:
        table.add_row(*_row(finding))
    console.print(table)
    if report.problems:
        console.print(Text("\n" + problem_text(report.problems, origin=origin)), soft_wrap=True)
    console.print(Text(f"\n{_SUMS[report.exit_code]}", style="bold"))


def _row(finding: Finding) -> tuple[Text, ...]:
    word, style = _STYLES[finding.outcome]
    why = f"{finding.reason}: " if finding.reason else ""
    return (
        Text(finding.check),
        Text(finding.subject),
        Text(word, style=style),
        Text(why + _printable(finding.said)),
    )


def _printable(text: str) -> str:
    """A server's word must not steer the terminal."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
