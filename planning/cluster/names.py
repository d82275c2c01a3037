"""Names on a cluster where the stack file gives none."""

from __future__ import annotations

import hashlib
import re

from planning.settings import Settings

_LONGEST = 40
"""Of a name that parts are added to: objects' names have 63 characters at most."""


def stack_label(stack: str) -> str:
    """The stack's name as a DNS label; another name never becomes the same one."""
    plain = re.sub("[^a-z0-9]+", "-", stack.lower()).strip("-")
    if plain == stack and len(plain) <= _LONGEST:
        return plain
    digest = hashlib.sha256(stack.encode()).hexdigest()[:8]
    return f"{plain[: _LONGEST - 9].rstrip('-')}-{digest}".removeprefix("-")


def own_name(stack: str) -> str:
    """Of namespace and objects."""
    return f"slipway-{stack_label(stack)}"


def creates_namespace(settings: Settings) -> bool:
    """A namespace that is named is there already, unless the stack file says otherwise."""
    cluster = settings.kubernetes
    if cluster.create_namespace is not None:
        return cluster.create_namespace
    return cluster.namespace is None
