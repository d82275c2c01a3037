"""Waiting until the cluster can be used."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.cluster.kept import BUILDKIT
from tools.cluster.layout import BUILDER_SOCKET, KUBECONFIG, LOG, NODE, REGISTRY
from tools.cluster.namespace import supervisorctl

_SECONDS = 180.0
_POLL_SECONDS = 0.5
_LINE_SECONDS = 5.0
_NODE = f"/api/v1/nodes/{NODE}"


def await_node(programs: Path) -> None:
    """Until API server and kubelet answer, the node is Ready, pods can be made, all parts run.

    Raises ToolError naming the part and its log after three minutes.
    """

    def get(path: str) -> str:
        return _get(programs / "kubectl", path)

    account = "/api/v1/namespaces/default/serviceaccounts/default"
    _await("API server", "kube-apiserver", lambda: get("/readyz") == "ok")
    # A node stays Ready for most of a minute after its kubelet has died: so that is asked itself.
    _await("kubelet", "kubelet", lambda: get(f"{_NODE}/proxy/healthz") == "ok")
    _await("node", "kubelet", lambda: _is_ready(get(_NODE)))
    _await("controllers", "kube-controller-manager", lambda: bool(get(account)))
    _await("builder", BUILDKIT, _builder_answers)
    _await("other parts", "supervisord", _all_run)


def await_registry() -> None:
    """Until the registry answers."""
    _await("registry", "registry", _registry_answers)


def _get(kubectl: Path, path: str) -> str:
    """What the API server answers, empty where it does not."""
    arguments = ["get", f"--raw={path}", f"--kubeconfig={KUBECONFIG}", "--request-timeout=5s"]
    done = subprocess.run([kubectl, *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _is_ready(node: str) -> bool:
    conditions: list[dict[str, Any]] = json.loads(node)["status"]["conditions"] if node else []
    return any(c["type"] == "Ready" and c["status"] == "True" for c in conditions)


def _all_run() -> bool:
    return subprocess.run(supervisorctl("status"), capture_output=True, check=False).returncode == 0


def _builder_answers() -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        return asking.connect_ex(str(BUILDER_SOCKET)) == 0


def _registry_answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://{REGISTRY}/v2/", timeout=1):
            return True
    except OSError:
        return False


def _await(what: str, log: str, there: Callable[[], bool]) -> None:
    start = told = time.monotonic()
    while not there():
        now = time.monotonic()
        if now - start > _SECONDS:
            raise ToolError(f"{what} not ready after {_SECONDS:.0f} s: see {LOG / log}.log")
        if now - told >= _LINE_SECONDS:
            say(f"waiting for the cluster's {what} … {now - start:.0f} s")
            told = now
        time.sleep(_POLL_SECONDS)
