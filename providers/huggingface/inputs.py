"""Every input of an endpoint: what it may be and what it is where nobody says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from components.huggingface.names import NAME, NAME_WORDS
from providers.huggingface.rules import (
    Rule,
    each,
    flag,
    one_of,
    positive,
    section,
    table,
    text,
    whole,
)
from providers.huggingface.secrets import REFERENCE, REFERENCE_WORDS

_WORD: Final = text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}", "letters, digits, . _ or -")
_VARIABLE: Final = text(r"[A-Za-z_][A-Za-z0-9_]{0,127}", "the name of a variable")
_ANY: Final = text(r"(?s).*", "text")
# A token in clear would stand in state, preview and console: those that can be told are refused.
_NO_TOKEN: Final = text(
    r"(?s)(?!.*\b(?:hf|sk|ghp|gho)[-_][A-Za-z0-9]{16}).*",
    "text without a token in it: put it under `secrets`",
    echo=False,
)
_REFERENCE: Final = text(REFERENCE.pattern, REFERENCE_WORDS, echo=False)

REQUIRED: Final[Mapping[str, Rule]] = {
    "namespace": text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}", "the name of a user or organisation"),
    "repository": text(
        r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?", "<organisation>/<model>"
    ),
    "revision": text(r"[0-9a-f]{40}", "the 40 hexadecimal digits of a commit"),
    "accelerator": _WORD,
    "vendor": _WORD,
    "region": _WORD,
    "instanceType": _WORD,
    "instanceSize": _WORD,
}
OPTIONAL: Final[Mapping[str, Rule]] = {
    "name": text(NAME.pattern, NAME_WORDS),
    "framework": _WORD,
    "task": _WORD,
    "image": lambda value: None,  # rules over several fields: check.py
    "command": each(_ANY),
    "args": each(_NO_TOKEN),
    "env": table(_VARIABLE, _NO_TOKEN),
    "secrets": table(_VARIABLE, _REFERENCE),
    "registry": section({"username": _ANY}, {"password": _REFERENCE}),
    "minReplica": whole(0, 1000),
    "maxReplica": whole(1, 1000),
    "scalingMetric": one_of("pendingRequests", "hardwareUsage"),
    "scalingThreshold": positive,
    "scaleToZeroTimeout": whole(1, 100_000),
    "type": one_of("public", "authenticated", "private"),
    "privateLink": section(
        {
            "accountId": text(r"[0-9]{12}", "the 12 digits of an AWS account"),
            "region": one_of("us-east-1", "eu-west-1"),
        },
        {},
    ),
    "domain": text(
        r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", "a host name"
    ),
    "path": text(r"/[A-Za-z0-9._~/-]{0,255}", "a path that begins with /"),
    "cacheHttpResponses": flag,
    "tags": each(
        text(r"(?!slipway-)[^\x00-\x1f]{1,100}", "a tag that does not begin with slipway-"),
        unique=True,
    ),
    "state": one_of("running", "paused", "scaledToZero"),
    "readyTimeoutMinutes": whole(1, 1440),
}
COMPUTED: Final = frozenset({"secretFingerprints", "fingerprintKey"})
"""Made by the provider from the others."""
HANDED_OVER: Final = "secretValues"
"""Values that the program looked up; never recorded."""


def with_defaults(inputs: Mapping[str, Any], name: str) -> dict[str, Any]:
    """`name` is the resource's logical one."""
    defaults = {
        "name": name,
        "framework": "custom" if "image" in inputs else "pytorch",
        "minReplica": 1,
        "maxReplica": max(1, _least(inputs.get("minReplica"))),
        "type": "authenticated",
        "readyTimeoutMinutes": 30,
    }
    return {**defaults, **inputs}


def _least(value: Any) -> int:
    return int(value) if isinstance(value, int | float) else 1
