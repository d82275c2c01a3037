"""What keeps things: images, weights, secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class RegistrySpec:
    """A repository of the stack's own in ECR."""

    name: str
    """Fixed, because image references hold it."""
    keep_images: int
    """Older ones expire."""
    pull_through: tuple[str, ...] = ()
    """Upstream registries that are reached through a cache, such as `registry.k8s.io`."""


@dataclass(frozen=True, kw_only=True)
class WeightsBucketSpec:
    """Weights of the model, filled once by a job."""

    prefix: str
    """Holds the model at its revision."""
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class CloudSecretSpec:
    """A secret in Secrets Manager that External Secrets brings into the namespace."""

    kind: Literal["gateway-files", "hub-token"]
    object_name: str
    """Of the Kubernetes Secret."""
    existing_arn: str | None
    """Kept by the user; None: made, and written, by the stack."""
