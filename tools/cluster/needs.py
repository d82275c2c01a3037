"""What the cluster needs from the machine."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from tools.bootstrap.paths import ROOT, cache_dir
from tools.cluster.layout import CNI_PLUGINS

_PROGRAMS = {
    "etcd": "etcd-server",
    "containerd": "containerd",
    "containerd-shim-runc-v2": "containerd",
    "runc": "runc",
    "docker-registry": "docker-registry",
    "iptables": "iptables",
    "conntrack": "conntrack",
    "ip": "iproute2",
    "unshare": "util-linux",
}
"""Program and the Debian package that has it."""
_OWN_FOLDERS = ("/run", "/var/lib", "/var/log")
_PLUGINS = ("ptp", "portmap", "host-local", "loopback")
_PLUGIN_PACKAGE = "containernetworking-plugins"


def machine() -> str | None:
    """Why no cluster can run here even with all packages installed, or None."""
    if platform.system() != "Linux":
        return "needs Linux"
    if os.geteuid() != 0:
        return "needs root (namespaces, cgroups and mounts of its own)"
    if hidden := [path for path in (ROOT, cache_dir()) if _is_hidden(path)]:
        return f"cannot see {hidden[0]}: its own /var/lib and /run lie over this machine's"
    trial = ["unshare", "--net", "--mount", "--pid", "--fork", "true"]
    if shutil.which("unshare") and subprocess.run(trial, capture_output=True).returncode != 0:
        return "needs the right to make namespaces (in a container: --privileged)"
    return None


def missing_packages() -> list[str]:
    """Debian packages whose programs are not on PATH, sorted."""
    missing = {package for program, package in _PROGRAMS.items() if not shutil.which(program)}
    if not all((Path(CNI_PLUGINS) / plugin).exists() for plugin in _PLUGINS):
        missing.add(_PLUGIN_PACKAGE)
    return sorted(missing)


def packages() -> str | None:
    """What to install, as a command for Debian and Ubuntu, or None."""
    missing = missing_packages()
    return f"needs {', '.join(missing)}: apt install {' '.join(missing)}" if missing else None


def _is_hidden(path: Path) -> bool:
    return any(path.resolve().is_relative_to(own) for own in _OWN_FOLDERS)
