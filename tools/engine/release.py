"""Pulumi's own release archive, checked against the published checksums."""

from __future__ import annotations

import hashlib
import io
import platform
import tarfile
import urllib.error
import urllib.request
from pathlib import Path, PurePosixPath

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.engine.kept import PULUMI_VERSION

BASE_URL = "https://github.com/pulumi/pulumi/releases/download"
_CONNECT_SECONDS = 5.0
_CHUNK_BYTES = 1 << 20
_LINE_BYTES = 20 << 20


class UnreachableError(Exception):
    """There is no release to be had from here."""


def download(folder: Path, *, base_url: str | None = None) -> None:
    """Put the release's programs into `folder`.

    Raises UnreachableError where the site does not answer within seconds, ToolError where what it
    answered is not what the checksums say.
    """
    archive = archive_name()
    site = f"{base_url or BASE_URL}/v{PULUMI_VERSION}"
    sums = _read(f"{site}/pulumi-{PULUMI_VERSION}-checksums.txt").decode()
    wanted = next((line.split()[0] for line in sums.splitlines() if line.endswith(archive)), None)
    if wanted is None:
        raise UnreachableError(f"no checksum for {archive}")
    say(f"downloading {archive}")
    content = _read(f"{site}/{archive}")
    if hashlib.sha256(content).hexdigest() != wanted:
        raise ToolError(f"{archive} does not match its published checksum; nothing was installed")
    _unpack(content, folder)


def archive_name() -> str:
    """What the release calls its archive for this machine."""
    system = platform.system().lower()
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    return f"pulumi-v{PULUMI_VERSION}-{system}-{machine}.tar.gz"


def _read(url: str) -> bytes:
    parts: list[bytes] = []
    size = told = 0
    try:
        with urllib.request.urlopen(url, timeout=_CONNECT_SECONDS) as response:  # noqa: S310
            while part := response.read(_CHUNK_BYTES):
                parts.append(part)
                size += len(part)
                if size - told >= _LINE_BYTES:
                    say(f"downloading … {size >> 20} MiB")
                    told = size
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise UnreachableError(f"not reachable ({reason})") from error
    return b"".join(parts)


def _unpack(content: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                target = folder / PurePosixPath(member.name).name
                target.write_bytes(file.read())
                target.chmod(0o755)
