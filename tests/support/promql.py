"""What a PromQL expression asks for, by a real parser of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import promql_parser

_OF_THE_MONITOR = {"namespace", "job", "pod", "container"}
"""Labels that Prometheus adds when it scrapes."""


@dataclass(frozen=True)
class Selector:
    name: str
    matchers: tuple[tuple[str, str, bool], ...]
    """Label, value, and whether the value is a regular expression."""

    def takes(self, name: str, labels: dict[str, str]) -> bool:
        return self.name == name and all(
            bool(re.fullmatch(value, labels.get(label, "")))
            if pattern
            else labels.get(label, "") == value
            for label, value, pattern in self.matchers
            if label not in _OF_THE_MONITOR
        )


def selectors(expression: str) -> set[Selector]:
    """All of them. Raises ValueError where Prometheus would not take the expression."""
    found: set[Selector] = set()

    def visit(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.VectorSelector) and node.name is not None:
            matchers = tuple(
                (one.name, one.value, one.op == promql_parser.MatchOp.Re)
                for one in node.matchers.matchers
            )
            found.add(Selector(node.name, matchers))

    promql_parser.walk(
        promql_parser.parse(expression.replace("$__rate_interval", "1m")), pre_visit=visit
    )
    return found


def metric_names(expression: str) -> set[str]:
    return {selector.name for selector in selectors(expression)}


def unmatched(wanted: Iterable[Selector], exposition: str) -> list[Selector]:
    """Those that select nothing of what a program reports in Prometheus' text format."""
    there = list(_samples(exposition))
    return [one for one in wanted if not any(one.takes(name, labels) for name, labels in there)]


def _samples(exposition: str) -> Iterator[tuple[str, dict[str, str]]]:
    """prometheus_client's parser would give counters other names; a sample is a selector too."""
    for line in exposition.splitlines():
        if line and not line.startswith("#"):
            for one in selectors(line.rpartition(" ")[0]):
                yield one.name, {label: value for label, value, _ in one.matchers}
