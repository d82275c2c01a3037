"""A replay as lines of text."""

from __future__ import annotations

from rich.console import Console

from planning.replay.document import ReplayDocument
from planning.replay.page import fleets_table, limits_of, load_of, rules_table, verdict_of
from planning.report.rich_table import rich_table


def print_replay(document: ReplayDocument, console: Console) -> None:
    def say(words: str, style: str | None = None) -> None:
        console.print(words, style=style, markup=False, soft_wrap=True)

    say(f"{document.trace.file} on {document.stack}: {document.model} on {document.place}", "bold")
    say(load_of(document))
    say(f"In time: {limits_of(document)}.")
    say("")
    console.print(rich_table(fleets_table(document)))
    say("")
    console.print(rich_table(rules_table(document)))
    say("")
    say(verdict_of(document), "bold")
    for words in document.assumptions:
        say(f"- {words}")
