"""`destroy`: a stack is taken away, if whoever asks means this one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.ci.engine import Engine
from tools.ci.stacks import stack_file


def destroy(stack: str, *, confirmed: str, production: bool) -> int:
    """Its exit code; the empty stack and its file stay.

    Raises ToolError with all reasons not to, before anything is touched.
    """
    stack_file(stack)
    engine = Engine(stack)
    if reasons := [*_unmeant(stack, confirmed, production), *_unsafe(engine)]:
        raise ToolError("\n".join([f"{stack} is not destroyed:", *(f"  - {r}" for r in reasons)]))
    return engine.operate("destroy", "--yes", "--skip-preview").code


def _unmeant(stack: str, confirmed: str, production: bool) -> list[str]:
    # Imported late: the library of policies takes a second, and no other command needs it.
    from policies.protection import is_production

    found: list[str] = []
    if confirmed != stack:
        found.append(f"confirmed was {confirmed!r}; write the stack's name once more")
    if is_production(stack) and not production:
        found.append("it is a production stack, and nobody has said that this is known")
    return found


def _unsafe(engine: Engine) -> list[str]:
    if not engine.is_there():
        return ["there is no such stack in the state"]
    state = json.loads(engine.ask("stack", "export"))["deployment"]
    if kept := _names(state, "retainOnDelete"):
        say(f"stays, and may be billed: {', '.join(kept)}")
    if protected := _names(state, "protect"):
        return [
            f"{len(protected)} protected: {', '.join(protected[:10])}. Take the protection back in "
            "the stack file, and `up`: that is a change with a review"
        ]
    return []


def _names(state: Mapping[str, Any], flag: str) -> list[str]:
    """Logical names of the resources with it."""
    resources: list[dict[str, Any]] = state.get("resources") or []
    return sorted(one["urn"].rpartition("::")[2] for one in resources if one.get(flag))
