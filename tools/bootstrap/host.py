"""Which machine this is, and what it gets."""

from __future__ import annotations

import platform

from tools.bootstrap.errors import ToolError

_ADVICE = (
    "`make up` needs Linux on x86-64 (WSL2 counts): the gateway, Envoy, comes as a Linux x86-64 "
    "binary.\nHere you can plan and check: `make check`, `python -m planning plan Pulumi.dev.yaml`."
    "\nTo run the local target, use a Linux virtual machine, WSL2 or a cloud workspace."
)


def require_local_target() -> None:
    """Raise ToolError where the `local` target cannot run."""
    found = (platform.system(), platform.machine())
    if found != ("Linux", "x86_64"):
        raise ToolError(f"this is {found[0]} on {found[1]}. {_ADVICE}")
