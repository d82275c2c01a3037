"""A policy document and its statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
"""As IAM takes it, before it is JSON."""
Statement = dict[str, Any]
Condition = Mapping[str, Mapping[str, str | list[str]]]
"""Values by key, by operator."""


def document(*statements: Statement) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(
    sid: str, actions: tuple[str, ...], *resources: str, condition: Condition | None = None
) -> Statement:
    """`actions` on each of `resources`, where `condition` holds."""
    made: Statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": list(resources),
    }
    return {**made, "Condition": condition} if condition else made
