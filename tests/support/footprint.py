"""What a cluster could leave on a machine, as values to compare before and after."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.cluster.cgroups import roots
from tools.cluster.configs import SYSCTLS
from tools.cluster.layout import STATE

_SYSCTLS = (*SYSCTLS, "net/ipv4/ip_forward", "net/netfilter/nf_conntrack_max")
_FOLDERS = (
    STATE,
    *map(
        Path,
        (
            "/etc/cni",
            "/opt/cni",
            "/run/buildkit",
            "/run/containerd",
            "/run/netns",
            "/run/xtables.lock",
            "/usr/libexec/kubernetes",
            "/var/lib/buildkit",
            "/var/lib/cni",
            "/var/lib/containerd",
            "/var/lib/kubelet",
            "/var/log/containers",
            "/var/log/pods",
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Footprint:
    interfaces: frozenset[str]
    routes: frozenset[str]
    mounts: frozenset[str]
    rules: tuple[str, ...]
    """iptables', without counters."""
    sysctls: tuple[str, ...]
    cgroups: tuple[Path, ...]
    folders: tuple[Path, ...]


def footprint() -> Footprint:
    """Of this machine's own namespaces, as they are now."""
    rules = _lines("iptables-save")
    _lines("conntrack", "--count")  # loads the module whose setting is compared
    return Footprint(
        interfaces=frozenset(path.name for path in Path("/sys/class/net").iterdir()),
        routes=frozenset(_lines("ip", "-4", "route", "show", "table", "all")),
        mounts=frozenset(Path("/proc/self/mounts").read_text().splitlines()),
        rules=tuple(line for line in rules if line.startswith("-A")),
        sysctls=tuple(_sysctl(name) for name in _SYSCTLS),
        cgroups=tuple(root for root in roots() if root.exists()),
        folders=tuple(folder for folder in _FOLDERS if folder.exists()),
    )


def namespaces(pid: int) -> frozenset[str]:
    """The network, mount and process namespaces that a process is in."""
    return frozenset(str(Path(f"/proc/{pid}/ns/{kind}").readlink()) for kind in _KINDS)


def inhabitants(of: frozenset[str]) -> list[int]:
    """Processes that are in one of these namespaces: later ones may get the same numbers."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _is_in(path, of)]


def alive(processes: list[int]) -> list[int]:
    return [pid for pid in processes if Path(f"/proc/{pid}").exists()]


_KINDS = ("net", "mnt", "pid")


def _is_in(process: Path, of: frozenset[str]) -> bool:
    try:
        return bool(of & namespaces(int(process.name)))
    except OSError:
        return False


def _sysctl(name: str) -> str:
    path = Path("/proc/sys") / name
    return f"{name}={path.read_text().strip()}" if path.exists() else f"{name} is not there"


def _lines(*command: str) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
