"""An image that `up` builds and pushes, as Pulumi sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pulumi
from pulumi import Input, Output, ResourceOptions

from components.specs.images import ImageBuildSpec

VERSION = "0.0.22"
"""Of the docker-build provider."""
_ROOT = Path(__file__).resolve().parents[1]
# When the image was made, as it says: the same inputs give the same image anywhere. BuildKit takes
# the wish for provenance as an argument too; this provider has no setting for it.
_BUILD_ARGS = {"SOURCE_DATE_EPOCH": "0", "BUILDKIT_ATTEST_PROVENANCE": "mode=min"}
# A sixth smaller than gzip, and read faster; containerd 1.5 and Docker 23 were the first to.
LAYERS = "oci-mediatypes=true,compression=zstd,compression-level=9"


@dataclass(frozen=True, kw_only=True)
class Push:
    """A registry that the stack has made itself."""

    repository: Input[str]
    """Registry and path, without tag."""
    user: Input[str]
    password: Input[str]
    """Another one at every run is no change."""


@dataclass(frozen=True, kw_only=True)
class ImageArgs:
    """What an Image is made from."""

    spec: ImageBuildSpec
    push: Push | None = None
    """None: to the spec's repository, as this machine is logged in."""
    model: Input[str] | None = None
    """Folder of the artefact that goes in; None: the image holds no model."""
    secrets: Mapping[str, str] = field(default_factory=dict[str, str])
    """Build secrets by id: they reach one step of the build and no layer."""


class Image(pulumi.CustomResource):
    """Built where the builder runs, at `up` only; a preview builds nothing.

    The digest is of an index: the image, and BuildKit's statement of what it was made from and
    when. The image holds its bill of materials at /sbom.cdx.json, and its labels name the base.
    Images outlive the stack: another one may run the same digest.
    """

    ref: Output[str]
    """`<repository>@sha256:…`."""
    digest: Output[str]

    def __init__(self, name: str, args: ImageArgs, opts: ResourceOptions) -> None:
        own = ResourceOptions(version=VERSION, retain_on_delete=True)
        opts = ResourceOptions.merge(opts, own)
        super().__init__("docker-build:index:Image", name, _inputs(args), opts)


def _inputs(args: ImageArgs) -> dict[str, Any]:
    spec = args.spec
    folder = f"images/{spec.name}"
    context: dict[str, Any] = {"location": folder}
    if args.model is not None:
        context["named"] = {"model": {"location": args.model}}
    repository = args.push.repository if args.push else spec.repository
    cache = _text(repository, "type=registry,ref={}:cache")
    kept = _text(repository, f"type=registry,ref={{}}:cache,mode=max,{LAYERS}")
    return {
        "context": context,
        "dockerfile": {"location": f"{folder}/Dockerfile"},
        "buildArgs": {"BASE_IMAGE": spec.base, **_BUILD_ARGS},
        "platforms": [spec.platform],
        "tags": [_text(repository, f"{{}}:{spec.name}")],
        "exports": [{"raw": f"type=registry,{LAYERS}"}],
        "cacheFrom": [{"raw": cache}] if spec.cache else [],
        "cacheTo": [{"raw": kept}] if spec.cache else [],
        "registries": [_login(args.push)] if args.push else None,
        "builder": None if spec.builder is None else {"name": spec.builder},
        "secrets": Output.secret(dict(args.secrets)) if args.secrets else {},
        # A certificate renewed on the builder is no other image.
        "ignoreSecretsInDiffCalculation": sorted(args.secrets),
        "labels": {"org.opencontainers.image.base.name": spec.base},
        "buildOnPreview": False,
        "push": False,  # the export pushes
        "ref": None,
        "digest": None,
    }


def _login(push: Push) -> dict[str, Input[str]]:
    return {
        "address": Output.from_input(push.repository).apply(lambda path: path.partition("/")[0]),
        "username": push.user,
        "password": Output.secret(push.password),
    }


def _text(repository: Input[str], template: str) -> Input[str]:
    if isinstance(repository, str):
        return template.format(repository)
    return Output.format(template, repository)
