"""Small words of Envoy's configuration language, shared by all its parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from components.gateway.site import Site

Json = dict[str, object]

_TYPE_PREFIX = "type.googleapis.com/"


def typed(type_name: str, fields: Mapping[str, object]) -> Json:
    """A protobuf Any: fields of the message `type_name`."""
    return {"@type": _TYPE_PREFIX + type_name, **fields}


def extension(name: str, type_name: str, fields: Mapping[str, object] | None = None) -> Json:
    """A named extension with its typed configuration."""
    return {"name": name, "typed_config": typed(type_name, fields or {})}


def watched_file(site: Site, name: str) -> Json:
    """A configuration source that Envoy reads again after each change of the file."""
    source: Json = {"path": f"{site.files}/{name}"}
    return {"path_config_source": source | watched_folder(site), "resource_api_version": "V3"}


def watched_folder(site: Site) -> Json:
    """Where to look for changes; by default it is the file itself that is renamed."""
    return {"watched_directory": {"path": site.files}} if site.mounted else {}


def seconds(value: float) -> str:
    """A protobuf duration in JSON form."""
    return f"{value:.3f}".rstrip("0").rstrip(".") + "s"


def discovery(
    type_name: str, resources: Sequence[Mapping[str, object]], *, version: str | None = None
) -> str:
    """A file of xDS resources of one type; its version is a digest of them unless given."""
    typed_resources = [typed(type_name, resource) for resource in resources]
    if version is None:
        version = hashlib.sha256(as_file(typed_resources).encode()).hexdigest()[:16]
    return as_file({"version_info": version, "resources": typed_resources})


def as_file(value: object) -> str:
    """Stable, readable JSON."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
