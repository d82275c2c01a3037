"""The issue of a stack that has drifted."""

from __future__ import annotations

GONE = "What is there is what the state says again."


def mark(stack: str) -> str:
    """By which the issue is found and written again."""
    return f"<!-- slipway drift: {stack} -->"


def title(stack: str) -> str:
    return f"Drift of the stack {stack}"


def body(stack: str, report: str) -> str:
    return f"{mark(stack)}\n{report}"
