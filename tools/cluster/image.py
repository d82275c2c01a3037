"""One static program as an OCI image, and its way into a registry."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import platform
import tarfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.bootstrap.errors import ToolError

_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_NOBODY = "65532:65532"
_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Image:
    """The same program gives the same bytes, so the same digests."""

    layer: bytes
    config: bytes
    manifest: bytes

    @property
    def digest(self) -> str:
        return digest(self.manifest)


def image_of(program: Path) -> Image:
    """An image with nothing but `program`, run as an unprivileged user."""
    tar = _tar(program)
    layer = gzip.compress(tar, compresslevel=1, mtime=0)
    machine = platform.machine()
    config = _json(
        {
            "architecture": {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine),
            "os": "linux",
            "config": {"Entrypoint": [f"/{program.name}"], "User": _NOBODY},
            "rootfs": {"type": "layers", "diff_ids": [digest(tar)]},
        }
    )
    manifest = _json(
        {
            "schemaVersion": 2,
            "mediaType": _MANIFEST,
            "config": _descriptor(_CONFIG, config),
            "layers": [_descriptor(_LAYER, layer)],
        }
    )
    return Image(layer=layer, config=config, manifest=manifest)


def push(image: Image, registry: str, repository: str) -> str:
    """Put `image` into a plain HTTP registry; return its reference by digest.

    Raises ToolError where the registry does not take it.
    """
    base = f"http://{registry}/v2/{repository}"
    try:
        for blob in (image.layer, image.config):
            _push_blob(base, blob)
        _send("PUT", f"{base}/manifests/{image.digest}", image.manifest, _MANIFEST)
    except OSError as error:
        raise ToolError(f"pushing {repository} to {registry}: {error}") from error
    return f"{registry}/{repository}@{image.digest}"


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _push_blob(base: str, blob: bytes) -> None:
    location = _send("POST", f"{base}/blobs/uploads/")
    separator = "&" if urlsplit(location).query else "?"
    _send("PUT", f"{location}{separator}digest={digest(blob)}", blob, "application/octet-stream")


def _send(method: str, url: str, content: bytes = b"", media_type: str = "") -> str:
    request = urllib.request.Request(url, data=content, method=method)  # noqa: S310
    if media_type:
        request.add_header("Content-Type", media_type)
    with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
        return response.headers.get("Location", "")


def _tar(program: Path) -> bytes:
    buffer = io.BytesIO()
    content = program.read_bytes()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo(program.name)
        member.size, member.mode = len(content), 0o755
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def _descriptor(media_type: str, content: bytes) -> dict[str, object]:
    return {"mediaType": media_type, "digest": digest(content), "size": len(content)}


def _json(content: dict[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True).encode()
