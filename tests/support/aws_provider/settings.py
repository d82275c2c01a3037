"""What the program says of the provider itself: region and tags of everything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.aws_provider import schema
from tests.support.aws_provider.values import Values

_KNOWN = {
    "region",
    "defaultTags",
    "version",
    "pluginDownloadURL",
    "skipCredentialsValidation",
    "skipRegionValidation",
    "skipRequestingAccountId",
    "skipMetadataApiCheck",
    "accessKey",
    "secretKey",
    "profile",
    "allowedAccountIds",
    "ignoreTags",
    "assumeRoles",
}


@dataclass(frozen=True)
class Settings:
    region: str = ""
    tags: Mapping[str, str] = field(default_factory=dict[str, str])

    @staticmethod
    def of(values: Values) -> Settings:
        """Objects come as JSON texts."""
        tags = _decoded(values.get("defaultTags")) or {}
        return Settings(str(values.get("region") or ""), dict(tags.get("tags") or {}))

    def tags_of(self, token: str, inputs: Values) -> dict[str, str] | None:
        """Tags that the object has; None where its type has none."""
        if "tags" not in schema.inputs(token).types:
            return None
        return {**self.tags, **(inputs.get("tags") or {})}


def problems(values: Values) -> list[str]:
    found = [f"the AWS of the tests has no setting {name}" for name in values.keys() - _KNOWN]
    if not values.get("region"):
        found.append("aws:region is not set")
    return found


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value
