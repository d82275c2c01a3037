"""Debian packages as one deterministic tar: the same packages give the same bytes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import run

_NEEDS = {
    "debian-archive-keyring": "/usr/share/keyrings/debian-archive-keyring.gpg",
    "mmdebstrap": "/usr/bin/mmdebstrap",
}
"""Package, and a file that it has."""
_SUITE = "bookworm"
_SOURCES = f"""\
deb http://deb.debian.org/debian {_SUITE} main
deb http://deb.debian.org/debian {_SUITE}-updates main
deb http://deb.debian.org/debian-security {_SUITE}-security main
"""
_EPOCH = "1767225600"
"""2026-01-01: no file is younger."""
_MERGED = "/usr/share/mmdebstrap/hooks/merged-usr"
_LEFT_OUT = ("/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/share/info/*")


def missing_packages() -> list[str]:
    """What this needs itself, as Debian and Ubuntu call it, and is not there."""
    return [package for package, there in _NEEDS.items() if not Path(there).exists()]


def installed(scratch: Path, packages: Sequence[str], *hooks: str) -> Path:
    """A small Debian with `packages` installed; `hooks` are shell commands, their `$1` its root."""
    # With merged folders from the start, no package that merges them comes, nor all of Perl.
    merged = [f"--hook-directory={_MERGED}", "--include=usr-is-merged"]
    return _made(scratch, ["--variant=essential", *merged], packages, hooks)


def unpacked(scratch: Path, packages: Sequence[str], *hooks: str) -> Path:
    """Only the files of `packages` and of what they depend on: no script of theirs has run."""
    return _made(scratch, ["--variant=extract"], packages, hooks)


def _made(
    scratch: Path, variant: Sequence[str], packages: Sequence[str], hooks: Sequence[str]
) -> Path:
    if os.geteuid() != 0 or missing_packages():
        raise ToolError(f"images of Debian packages need root, and: apt install {' '.join(_NEEDS)}")
    sources, tar = scratch / "debian.list", scratch / "layer.tar"
    sources.write_text(_SOURCES)
    run(
        f"unpacking Debian's {', '.join(packages)}",
        [
            "mmdebstrap",
            "--mode=root",
            *variant,
            f"--include={','.join(packages)}",
            # Device nodes are the container runtime's business.
            "--skip=output/dev",
            *(f"--dpkgopt=path-exclude={path}" for path in _LEFT_OUT),
            # A build that is cut off begins anew: nothing has to reach the disk meanwhile.
            "--dpkgopt=force-unsafe-io",
            *(f"--extract-hook={hook}" for hook in hooks),
            _SUITE,
            str(tar),
            str(sources),
        ],
        env={"SOURCE_DATE_EPOCH": _EPOCH, "TMPDIR": str(scratch)},
    )
    sources.unlink()
    # mmdebstrap copies these from this machine.
    of_machine = ["./etc/hostname", "./etc/resolv.conf"]
    run("cleaning the layer", ["tar", "--delete", f"--file={tar}", *of_machine])
    return tar
