"""API keys: who may call, by named bearer tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping

from components.gateway.site import Site
from components.gateway.xds import Json, extension, typed, watched_file

KEY_FILTER = "api_key_auth"
CLIENT_HEADER = "x-slipway-client"
"""Name of the key that a request came with; set by the gateway, never by a client."""

# The characters of RFC 6750's b64token. No comma among them, so that two Authorization headers,
# which Envoy joins by a comma, never look like one key.
_TOKEN = r"[A-Za-z0-9._~+/=-]"  # noqa: S105
BEARER_PATTERN = f"Bearer {_TOKEN}+"
_KEY = re.compile(f"{_TOKEN}{{16,512}}")

_TYPE = "envoy.extensions.filters.http.api_key_auth.v3.ApiKeyAuth"


def key_filter(site: Site) -> Json:
    """The filter in the chain; its keys come from `keys.json`.

    Without that file Envoy does not open the port: there is no moment without keys.
    """
    return {
        "name": KEY_FILTER,
        "config_discovery": {
            "config_source": watched_file(site, "keys.json"),
            "type_urls": [typed(_TYPE, {})["@type"]],
        },
    }


def credentials(keys: Mapping[str, str]) -> Json:
    """The filter's configuration: key name -> key value. Raises ValueError, see `keys_file`."""
    _check(keys)
    return extension(
        KEY_FILTER,
        _TYPE,
        {
            "credentials": [{"client": name, "key": keys[name]} for name in sorted(keys)],
            "key_sources": [{"header": "authorization"}],
            "forwarding": {"header": CLIENT_HEADER, "hide_credentials": True},
        },
    )


def _check(keys: Mapping[str, str]) -> None:
    owner: dict[str, str] = {}
    for name, value in sorted(keys.items()):
        if not _KEY.fullmatch(value):
            raise ValueError(
                f"access key '{name}': its value has {len(value)} characters; a key has 16 to 512 "
                "of A-Z a-z 0-9 . _ ~ + / = - so that it can be sent as a bearer token"
            )
        if value in owner:
            raise ValueError(
                f"access keys '{owner[value]}' and '{name}' have the same value; "
                "give each key a value of its own, or remove one"
            )
        owner[value] = name
