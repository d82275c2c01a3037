"""Section `aws`: where on AWS."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planning.settings.base import Section, worded

Region = Annotated[
    str, worded("^[a-z]{2}(-[a-z]+)+-[0-9]$", "the name of an AWS region, such as us-east-1")
]
Zone = Annotated[
    str, worded("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", "the name of a zone, such as us-east-1a")
]


class Aws(Section):
    """Where on AWS."""

    region: Region = "us-east-1"
    """Region of the cluster; prices are this region's or unknown, never another's."""
    zones: Annotated[tuple[Zone, ...], Field(min_length=1, max_length=6)] | None = None
    """Availability zones of the nodes. Left out: those of the region that offer the instance."""
