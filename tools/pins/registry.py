"""The digest behind a tag, by the registry's own API (OCI distribution, with its token flow)."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Mapping

from tools.pins.web import Answer, Sites, UnansweredError, ask

_MANIFESTS = ", ".join(
    (
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    )
)
_DIGEST = re.compile("sha256:[0-9a-f]{64}")
_HOSTS: Mapping[str, str] = {"docker.io": "registry-1.docker.io"}
"""Registries whose API has another host than their references."""


def digest_of(reference: str, sites: Sites) -> str:
    """Of `<registry>/<path>:<tag>`: of the index over all platforms, where there is one.

    Raises UnansweredError.
    """
    registry, _, rest = reference.partition("/")
    path, _, tag = rest.rpartition(":")
    url = sites.url(_HOSTS.get(registry, registry), f"/v2/{path}/manifests/{tag}")
    answer = _manifest(url, {})
    if answer.status == 401:
        token = _token(answer, path)
        answer = _manifest(url, {"Authorization": f"Bearer {token}"})
    if answer.status != 200:
        raise UnansweredError(f"HTTP {answer.status} for {path}:{tag}")
    digest = str(answer.headers.get("Docker-Content-Digest", ""))
    if _DIGEST.fullmatch(digest) is None:
        raise UnansweredError(f"no digest of {path}:{tag} in the answer")
    return digest


def _manifest(url: str, headers: Mapping[str, str]) -> Answer:
    # HEAD: Docker Hub counts no pull for it.
    return ask(url, method="HEAD", headers={"Accept": _MANIFESTS, **headers})


def _token(refusal: Answer, path: str) -> str:
    """As the refusal says who gives one; anonymous."""
    challenge = dict(re.findall(r'(\w+)="([^"]*)"', str(refusal.headers.get("WWW-Authenticate"))))
    if "realm" not in challenge:
        raise UnansweredError("a refusal that names nobody to ask for a token")
    query = {"scope": f"repository:{path}:pull"}
    if "service" in challenge:
        query["service"] = challenge["service"]
    answer = ask(f"{challenge['realm']}?{urllib.parse.urlencode(query)}")
    if answer.status != 200:
        raise UnansweredError(f"HTTP {answer.status} for a token")
    try:
        given = json.loads(answer.body)
    except ValueError as error:
        raise UnansweredError("a token that is no JSON") from error
    token = given.get("token") or given.get("access_token")
    if not isinstance(token, str):
        raise UnansweredError("an answer without a token")
    return token
