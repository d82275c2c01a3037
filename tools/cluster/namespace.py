"""The namespaces that the cluster lives in: made, looked at and ended as one."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import run
from tools.cluster.layout import (
    HOST_ADDRESS,
    INTERFACE,
    LOG,
    NETWORK,
    NODE_ADDRESS,
    SERVICE_NETWORK,
    STATE,
)

_PID = STATE / "pid"
_SCRIPT = Path(__file__).with_name("inside.sh")
_SECONDS = 20.0
_POLL_SECONDS = 0.05


def launch(command: Sequence[str | Path]) -> None:
    """Run `command` as process 1 of new namespaces, on a cable to this machine.

    The pid is on disk before a namespace exists, so whoever comes next can end what was begun.
    """
    _require_free_network()
    inside = ["sh", _SCRIPT, STATE, f"{NODE_ADDRESS}/30", SERVICE_NETWORK, *command]
    unshare = ["unshare", "--net", "--pid", "--mount", "--mount-proc", "--fork", "--kill-child"]
    record = [
        "sh",
        "-c",
        f'echo $$ >{_PID}; exec 9</proc/self/ns/net "$@"',
        "sh",
        *unshare,
        *inside,
    ]
    # Forked off: no start that ends early takes it along, and no long one keeps it as a zombie.
    fork = ["setsid", "--fork", *record]
    with (LOG / "namespace.log").open("wb") as log:
        subprocess.run(fork, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)
    _plug_cable(_await_first_process())


def first_process() -> int | None:
    """The host's pid of process 1 in the namespaces, or None where they are not there."""
    outer = _outer()
    if outer is None:
        return None
    children = Path(f"/proc/{outer}/task/{outer}/children")
    with contextlib.suppress(OSError):
        found = children.read_text().split()
        if found and _namespace(int(found[0])) != _namespace(os.getpid()):
            return int(found[0])
    return None


def entered(*command: str) -> list[str]:
    """The command line that runs `command` inside. Raises ToolError where there is no inside."""
    first = first_process()
    if first is None:
        raise ToolError("the cluster is not running: make cluster")
    return ["nsenter", f"--target={first}", "--net", "--mount", "--pid", *command]


def supervisorctl(*arguments: str) -> list[str]:
    """The command line that asks the cluster's supervisord."""
    config = STATE / "config" / "supervisord.conf"
    tool = (sys.executable, "-m", "supervisor.supervisorctl", "-c", str(config))
    return entered(*tool, *arguments)


def end() -> None:
    """Kill process 1, with which the kernel kills all others, and wait until all is gone."""
    waited = [pid for pid in (first_process(), _outer()) if pid is not None]
    for pid in waited:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _await(lambda: not any(Path(f"/proc/{pid}").exists() for pid in waited), "processes stay")
    if _interface_there():
        run("unplugging the cluster", ["ip", "link", "delete", INTERFACE])


def _outer() -> int | None:
    """The recorded `unshare`, unless its pid now belongs to something else."""
    try:
        pid = int(_PID.read_text())
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if str(_SCRIPT).encode() in words or str(STATE).encode() in words else None


def _await_first_process() -> int:
    _await(lambda: first_process() is not None, f"no namespace: see {LOG / 'namespace.log'}")
    first = first_process()
    assert first is not None
    return first


def _plug_cable(first: int) -> None:
    peer = ["peer", "name", "eth0", "netns", str(first)]
    for words in (
        ["link", "add", INTERFACE, "type", "veth", *peer],
        ["address", "add", f"{HOST_ADDRESS}/30", "dev", INTERFACE],
        ["link", "set", INTERFACE, "up"],
        ["route", "add", NETWORK, "via", NODE_ADDRESS, "dev", INTERFACE],
    ):
        run("plugging the cable", ["ip", *words])


def _require_free_network() -> None:
    """Raise ToolError where this machine already reaches something at our addresses."""
    wanted = ipaddress.ip_network(NETWORK)
    listed = subprocess.run(
        ["ip", "-json", "route", "show", "table", "all"], capture_output=True, check=True
    ).stdout
    for route in json.loads(listed):
        target = route["dst"]
        with contextlib.suppress(ValueError):
            if ipaddress.ip_network(target, strict=False).overlaps(wanted):
                raise ToolError(
                    f"{target} on {route.get('dev', 'this machine')} is inside {NETWORK}, "
                    "which the cluster uses"
                )


def _interface_there() -> bool:
    return Path(f"/sys/class/net/{INTERFACE}").exists()


def _namespace(pid: int) -> str:
    return str(Path(f"/proc/{pid}/ns/net").readlink())


def _await(there: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while not there():
        if time.monotonic() > deadline:
            raise ToolError(f"the cluster: {otherwise}")
        time.sleep(_POLL_SECONDS)
