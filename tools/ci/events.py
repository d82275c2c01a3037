"""What an engine's events say happened, or would: never a value of a resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_NOTHING = ("same", "refresh", "read")
_WORDS = {
    "create": ("+", "create"),
    "delete": ("-", "delete"),
    "update": ("~", "update"),
    "replace": ("~", "replace"),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    urn: str
    op: str

    @property
    def sign(self) -> str:
        return _WORDS.get(self.op, ("~", self.op))[0]


@dataclass(frozen=True, kw_only=True)
class Violation:
    rule: str
    level: str
    """`mandatory` stops the engine."""
    message: str
    urn: str
    """Empty where it is about the stack."""


def steps(events: Iterable[Mapping[str, Any]]) -> list[Step]:
    """What does not stay as it is; a replacement once.

    A refresh tells what it found only afterwards, all else before.
    """
    found: dict[str, str] = {}
    for event in events:
        for kind in ("resourcePreEvent", "resOutputsEvent"):
            step = event.get(kind, {}).get("metadata")
            if step and step["op"] not in _NOTHING and not _own(step["urn"]):
                replaced = found.get(step["urn"]) == "replace"
                found[step["urn"]] = "replace" if replaced else step["op"]
    return [Step(urn=urn, op=op) for urn, op in found.items()]


def _own(urn: str) -> bool:
    """The engine's own: the stack itself, and providers."""
    return urn.split("::")[2].rpartition("$")[2].startswith("pulumi:p")


def violations(events: Iterable[Mapping[str, Any]]) -> list[Violation]:
    """What rules of a policy pack say."""
    told = (event["policyEvent"] for event in events if "policyEvent" in event)
    return [
        Violation(
            rule=one["policyName"],
            level=one["enforcementLevel"],
            message=one["message"].strip(),
            urn=one.get("resourceUrn", ""),
        )
        for one in told
    ]
