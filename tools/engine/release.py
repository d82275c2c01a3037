"""Pulumi's own release archives, checked against the published checksums."""

from __future__ import annotations

import hashlib
import io
import platform
import tarfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say
from tools.engine.kept import PULUMI_VERSION

BASE_URL = "https://github.com/pulumi"
_CONNECT_SECONDS = 5.0
_CHUNK_BYTES = 1 << 20
_LINE_BYTES = 20 << 20


class UnreachableError(Exception):
    """There is no release to be had from here."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """One archive of one release, and the file that has its checksum."""

    repository: str
    version: str
    archive: str
    checksums: str


def engine_release() -> Release:
    """The command line with its language hosts."""
    return Release(
        repository="pulumi",
        version=PULUMI_VERSION,
        archive=f"pulumi-v{PULUMI_VERSION}-{_system()}-{_machine(x86_64='x64')}.tar.gz",
        checksums=f"pulumi-{PULUMI_VERSION}-checksums.txt",
    )


def provider_release(name: str, version: str) -> Release:
    """A provider plugin."""
    return Release(
        repository=f"pulumi-{name}",
        version=version,
        archive=(
            f"pulumi-resource-{name}-v{version}-{_system()}-{_machine(x86_64='amd64')}.tar.gz"
        ),
        checksums=f"pulumi-{name}_{version}_checksums.txt",
    )


def download(release: Release, folder: Path, *, base_url: str | None = None) -> None:
    """Put the release's programs into `folder`.

    Raises UnreachableError where the site does not answer within seconds, ToolError where what it
    answered is not what the checksums say.
    """
    site = f"{base_url or BASE_URL}/{release.repository}/releases/download/v{release.version}"
    archive = release.archive
    sums = _read(f"{site}/{release.checksums}").decode()
    wanted = next((line.split()[0] for line in sums.splitlines() if line.endswith(archive)), None)
    if wanted is None:
        raise UnreachableError(f"no checksum for {archive}")
    say(f"downloading {archive}")
    content = _read(f"{site}/{archive}")
    if hashlib.sha256(content).hexdigest() != wanted:
        raise ToolError(f"{archive} does not match its published checksum; nothing was installed")
    _unpack(content, folder)


def _system() -> str:
    return platform.system().lower()


def _machine(*, x86_64: str) -> str:
    """What a release calls this machine's processor: they differ in one word."""
    machine = platform.machine().lower()
    return {"x86_64": x86_64, "amd64": x86_64, "aarch64": "arm64"}.get(machine, machine)


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
