"""Names and tags of endpoints: whose an endpoint is can be read from the endpoint itself."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

LONGEST: Final = 32
NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
NAME_WORDS: Final = "1 to 32 lower-case letters, digits or -, neither first nor last a -"
"""Not stated by huggingface_hub; what clients of the live API enforce (unverified here)."""
_PREFIX: Final = "slipway-"
_RUN: Final = "slipway-run-"


def owner_tag(urn: str) -> str:
    """The tag that says which resource of which stack an endpoint belongs to."""
    return f"{stack_prefix(*_project_and_stack(urn))}{_digest(urn)}"


def stack_prefix(project: str, stack: str) -> str:
    """What the owner tags of all endpoints of one stack begin with."""
    return f"{_PREFIX}{_digest(f'{project}/{stack}')}-"


def run_tag(generation: str, instance: str) -> str:
    """The tag that tells apart two endpoints of one resource while one replaces the other."""
    return f"{_RUN}{generation}-{instance}"


def generation_of(identity: Mapping[str, Any]) -> str:
    """Short name of everything that cannot change on an existing endpoint."""
    return _digest(json.dumps(identity, sort_keys=True))


def physical_name(name: str, generation: str, taken: Iterable[str]) -> str:
    """`name` where it is free, else `name` shortened with the generation behind it."""
    if name not in set(taken):
        return name
    suffix = f"-{generation[:6]}"
    return name[: LONGEST - len(suffix)].rstrip("-") + suffix


class Tags:
    """The tags of one endpoint, ours apart from the user's."""

    def __init__(self, tags: Iterable[str]) -> None:
        found = list(tags)
        self.user = tuple(tag for tag in found if not tag.startswith(_PREFIX))
        self.owner = next((t for t in found if t.startswith(_PREFIX) and not _is_run(t)), None)
        run = next((tag for tag in found if _is_run(tag)), "")
        self.generation, _, self.instance = run.removeprefix(_RUN).partition("-")


def _is_run(tag: str) -> bool:
    return tag.startswith(_RUN)


def _project_and_stack(urn: str) -> tuple[str, str]:
    # urn:pulumi:<stack>::<project>::<types>::<name>
    stack, project = urn.removeprefix("urn:pulumi:").split("::")[:2]
    return project, stack


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
