"""Which series are a stack's: the labels that its monitors give to all that it reports."""

from __future__ import annotations

from collections.abc import Mapping

INSTANCE = "app.kubernetes.io/instance"
"""Label of every pod; its value is the stack's name, and the `job` of its series."""


def series(
    metric: str, namespace: str, stack: str, matchers: Mapping[str, str] | None = None
) -> str:
    """A PromQL selector; a matcher's value is one word, or `~` and a regular expression."""
    labels = {"namespace": namespace, "job": stack, **(matchers or {})}
    return f"{metric}{{{', '.join(_matcher(*label) for label in labels.items())}}}"


def _matcher(name: str, value: str) -> str:
    if value.startswith("~"):
        return f'{name}=~"{value[1:]}"'
    return f'{name}="{value}"'
