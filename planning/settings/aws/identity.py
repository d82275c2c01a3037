"""Section `aws.identity`: roles that are made."""

from __future__ import annotations

from typing import Annotated

from planning.settings.aws.words import Arn
from planning.settings.base import Section, worded

RolePath = Annotated[
    str, worded(r"^/([A-Za-z0-9._-]{1,64}/){0,8}$", "a path of IAM, such as /slipway/")
]


class Identity(Section):
    """Roles that are made."""

    permissions_boundary: Arn | None = None
    """A policy that bounds every role. Left out: none."""
    path: RolePath = "/"
    """Of every role and policy."""
