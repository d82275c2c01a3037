"""What all components of AWS have in common: names, tags, and what children inherit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi import CustomTimeouts, ResourceOptions

from components.aws.tags import tags_of


class AwsComponent(pulumi.ComponentResource):
    """Children are named after it, carry its tags, and get nothing else of its caller's options."""

    def __init__(
        self, kind: str, name: str, tags: Mapping[str, str], opts: ResourceOptions | None
    ) -> None:
        super().__init__(f"slipway:aws:{kind}", name, {}, opts)
        self._tags = tags

    def named(self, part: str) -> str:
        """Logical name of the child that is this part."""
        return f"{self.pulumi_resource_name}-{part}"

    def tagged(self, part: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Tags of the child that is this part; `more` are those that other programs look for."""
        return tags_of({**self._tags, **(more or {})}, self.named(part))

    def child(
        self,
        *after: pulumi.Resource,
        protect: bool = False,
        delete_before_replace: bool | None = None,
        ignore_changes: Sequence[str] | None = None,
        timeouts: CustomTimeouts | None = None,
    ) -> ResourceOptions:
        """Options of a child; `protect` is the stack's one switch, for what keeps data or runs."""
        return ResourceOptions(
            parent=self,
            depends_on=list(after),
            # None, so that a component which is itself protected protects what it is made of.
            protect=True if protect else None,
            delete_before_replace=delete_before_replace,
            ignore_changes=list(ignore_changes) if ignore_changes else None,
            custom_timeouts=timeouts,
        )
