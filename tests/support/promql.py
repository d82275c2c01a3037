"""What a PromQL expression asks for, by a real parser of the language."""

from __future__ import annotations

import promql_parser


def metric_names(expression: str) -> set[str]:
    """Names of all series in it. Raises ValueError where Prometheus would not take it."""
    found: set[str] = set()

    def visit(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.VectorSelector) and node.name is not None:
            found.add(node.name)

    promql_parser.walk(promql_parser.parse(expression), pre_visit=visit)
    return found
