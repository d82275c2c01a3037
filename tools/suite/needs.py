"""What parts of the suite need from the machine, and how CI gets it."""

from __future__ import annotations

import os
import platform
import shutil

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import run
from tools.cluster import needs
from tools.cluster.standins import debian

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BROWSER_PACKAGES = ["chromium", "chromium-driver"]
_RULES_PACKAGES = ["prometheus"]
_APT = {"DEBIAN_FRONTEND": "noninteractive"}


def linux_x86_64() -> str | None:
    """Why the gateway cannot run here, or None."""
    if (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        return None
    return "needs Linux on x86-64 (Envoy's binary)"


def browser() -> str | None:
    """Why the chat page cannot be tried in a browser here, or None."""
    if any(shutil.which(name) for name in _BROWSERS) and shutil.which("chromedriver"):
        return linux_x86_64()
    return "needs Chrome or Chromium with chromedriver on PATH (Debian: chromium chromium-driver)"


def promtool() -> str | None:
    """Why alerts cannot be tried here, or None."""
    return None if shutil.which("promtool") else "needs promtool on PATH (Debian: prometheus)"


def cluster() -> str | None:
    """Why the tests on a cluster do not run, or None. They take root, so they are asked for."""
    if os.environ.get("KUBECONFIG"):
        return None if shutil.which("kubectl") else "needs kubectl on PATH for KUBECONFIG's cluster"
    if not (_in_ci() or os.environ.get("SLIPWAY_TEST_CLUSTER")):
        return "asked for by SLIPWAY_TEST_CLUSTER=1 (root), or KUBECONFIG for your own cluster"
    return needs.machine() or needs.packages()


def own_cluster() -> str | None:
    """Why our own cluster is not started and stopped by tests, or None."""
    if os.environ.get("KUBECONFIG"):
        return "of our own cluster, not of KUBECONFIG's"
    return cluster()


def install_in_ci() -> None:
    """On a CI machine, where we are root and nobody's settings are touched: Debian's packages."""
    if not _in_ci() or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    wanted = _BROWSER_PACKAGES if browser() else []
    if promtool():
        wanted = [*wanted, *_RULES_PACKAGES]
    if needs.machine() is None:
        wanted = [*wanted, *needs.missing_packages(), *debian.missing_packages()]
    if not wanted:
        return
    try:
        run("reading Debian's package lists", ["apt-get", "update"], env=_APT)
        install = ["apt-get", "install", "--yes", "--no-install-recommends", *wanted]
        run(f"installing {', '.join(wanted)} for the tests", install, env=_APT)
    except ToolError as error:
        raise ToolError(f"{error}\nTests that need them may not be skipped in CI.") from error


def _in_ci() -> bool:
    return os.environ.get("CI") == "true"
