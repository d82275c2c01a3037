"""What parts of the suite need from the machine, and how CI gets it."""

from __future__ import annotations

import os
import platform
import shutil

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import run

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def install_browser_in_ci() -> None:
    """On a CI machine, where we are root and nobody's settings are touched: Debian's Chromium."""
    in_ci = os.environ.get("CI") == "true" and os.geteuid() == 0
    if not in_ci or browser() is None or shutil.which("apt-get") is None:
        return
    packages = ["chromium", "chromium-driver"]
    try:
        run("reading Debian's package lists", ["apt-get", "update"], env=_APT)
        install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
        run("installing Chromium for the browser tests", install, env=_APT)
    except ToolError as error:
        raise ToolError(f"{error}\nThe browser tests may not be skipped where CI=true.") from error
