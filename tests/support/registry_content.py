"""What the cluster's registry has."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from tools.cluster.layout import REGISTRY

_KIND = "application/vnd.oci.image"
_MANIFESTS = f"{_KIND}.index.v1+json, {_KIND}.manifest.v1+json"


def digest(repository: str, tag: str) -> str:
    """What is under this tag."""
    with _answer(f"{repository}/manifests/{tag}", "HEAD") as response:
        return response.headers["Docker-Content-Digest"]


def manifest(repository: str, name: str) -> dict[str, Any]:
    """An image, or an index of images, by its digest or tag."""
    with _answer(f"{repository}/manifests/{name}") as response:
        return json.load(response)


def blob(repository: str, digest: str) -> bytes:
    with _answer(f"{repository}/blobs/{digest}") as response:
        return response.read()


def _answer(path: str, method: str = "GET") -> Any:
    request = urllib.request.Request(f"http://{REGISTRY}/v2/{path}", method=method)
    request.add_header("Accept", _MANIFESTS)
    return urllib.request.urlopen(request, timeout=30)
