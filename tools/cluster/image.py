"""One layer as an OCI image, and its way into a registry."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import platform
import tarfile
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

from tools.bootstrap.errors import ToolError

_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
NOBODY = "65532:65532"
"""A user without a name and without rights."""
_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Image:
    """The same content gives the same bytes, so the same digests."""

    layer: bytes
    config: bytes
    manifest: bytes

    @property
    def digest(self) -> str:
        return digest(self.manifest)


def image_of(program: Path) -> Image:
    """An image with nothing but `program`, run as an unprivileged user."""
    return image_of_tar(
        tar_of(program, f"/{program.name}"), {"Entrypoint": [f"/{program.name}"], "User": NOBODY}
    )


def image_of_tar(tar: bytes, run: Mapping[str, str | Sequence[str]]) -> Image:
    """An image of one layer; `run` is OCI's `config`: Entrypoint, Cmd, Env, User, WorkingDir."""
    return image_of_layer(compressed(tar), digest(tar), run)


def image_of_layer(layer: bytes, content: str, run: Mapping[str, str | Sequence[str]]) -> Image:
    """The same with the layer compressed already; `content` is the digest of its tar."""
    machine = platform.machine()
    config = _json(
        {
            "architecture": {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine),
            "os": "linux",
            "config": dict(run),
            "rootfs": {"type": "layers", "diff_ids": [content]},
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


def tar_of(program: Path, target: str) -> bytes:
    """An uncompressed layer with nothing but `program`, as the absolute path `target`."""
    buffer = io.BytesIO()
    content = program.read_bytes()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo(target.lstrip("/"))
        member.size, member.mode = len(content), 0o755
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def push(image: Image, registry: str, repository: str) -> str:
    """Put `image` into a plain HTTP registry, unless it is there; return its reference by digest.

    Raises ToolError where the registry does not take it.
    """
    base = f"http://{registry}/v2/{repository}"
    manifest = f"{base}/manifests/{image.digest}"
    try:
        if not _is_there(manifest):
            for blob in (image.layer, image.config):
                _push_blob(base, blob)
            _send("PUT", manifest, image.manifest, _MANIFEST)
    except OSError as error:
        raise ToolError(f"pushing {repository} to {registry}: {error}") from error
    return f"{registry}/{repository}@{image.digest}"


def compressed(tar: bytes) -> bytes:
    return gzip.compress(tar, compresslevel=1, mtime=0)


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _is_there(manifest: str) -> bool:
    request = urllib.request.Request(manifest, method="HEAD")  # noqa: S310
    request.add_header("Accept", _MANIFEST)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310
            return True
    except HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return False
        raise


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


def _descriptor(media_type: str, content: bytes) -> dict[str, object]:
    return {"mediaType": media_type, "digest": digest(content), "size": len(content)}


def _json(content: dict[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True).encode()
