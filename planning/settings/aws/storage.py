"""Sections `aws.registry` and `aws.secrets`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planning.settings.aws.words import Arn
from planning.settings.base import Count, Section
from planning.settings.kubernetes import Host


class Registry(Section):
    """The repository in ECR for the image that `up` builds."""

    keep_images: Annotated[Count, Field(le=1000)] = 10
    """Older ones expire."""
    pull_through: Annotated[tuple[Host, ...], Field(max_length=16)] = ()
    """Upstream registries that are reached through a cache, such as `registry.k8s.io`."""


class CloudSecrets(Section):
    """Secrets that are in Secrets Manager already."""

    hub_token: Arn | None = None
    """Holds a Hugging Face token that opens gated models, under the key `token`."""
