"""What an endpoint says of itself."""

from __future__ import annotations

import json
import urllib.request

from benchmarks.load.client.client import Target

_SECONDS = 10.0


class EndpointError(Exception):
    """It could not be asked; the message says why and what to do."""


def first_model(target: Target) -> str:
    """The first model of GET /models. Raises EndpointError."""
    url = f"{target.base_url.rstrip('/')}/models"
    request = urllib.request.Request(url)
    if target.keys:
        request.add_header("authorization", f"Bearer {target.keys[0]}")
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS, context=target.tls) as answer:
            return json.load(answer)["data"][0]["id"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise EndpointError(f"{url} names no model ({error}): give --model") from error
