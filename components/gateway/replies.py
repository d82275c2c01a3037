"""What the gateway itself answers: every error in the shape of the OpenAI API.

A client cannot tell from a reply how a key was wrong or what stands behind a closed route.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from components.gateway.xds import Json

ERROR_TYPE = "invalid_request_error"
RETRY_AFTER = {"retry-after": "1"}


def local_replies() -> Json:
    """Envoy's `local_reply_config`: the first matching line decides."""
    unknown_key = (401, "Missing or unknown API key.", ERROR_TYPE, "invalid_api_key")
    not_found = (404, "Unknown route or method.", ERROR_TYPE, "not_found")
    malformed = (400, "Malformed request.", ERROR_TYPE, "bad_request")
    challenge = {"www-authenticate": "Bearer"}
    return {
        "mappers": [
            _reply(_status(401), *unknown_key, headers=challenge),
            # Headers over the limit are an oversized key as far as a client may know.
            _reply(_status(431), *unknown_key, headers=challenge),
            _reply(_status(403), *not_found),
            _reply(_status(404), *not_found),
            _reply(_status(408), 408, "The request did not arrive in time.", ERROR_TYPE, "timeout"),
            _reply(_status(413), 413, "The request body is too large.", ERROR_TYPE, "too_large"),
            _reply(
                _status(429),
                429,
                "Too many requests with this key. Retry after the seconds in Retry-After.",
                "requests",
                "rate_limit_exceeded",
            ),
            _reply(
                _flag("UO"),
                503,
                "All request slots are taken. Retry later.",
                "server_error",
                "overloaded",
                headers=RETRY_AFTER,
            ),
            _reply(
                _flag("UH"),
                503,
                "No replica is ready. Retry later.",
                "server_error",
                "not_ready",
                headers=RETRY_AFTER,
            ),
            _reply(
                _status(504),
                504,
                "The request took longer than the gateway allows.",
                "server_error",
                "timeout",
            ),
            _reply(_status(501), *malformed),
            _reply(
                _status(500, "GE"),
                503,
                "The replica did not answer. Retry later.",
                "server_error",
                "unavailable",
                headers=RETRY_AFTER,
            ),
            _reply(_status(400, "GE"), *malformed),
        ]
    }


def _reply(
    when: Json,
    status: int,
    message: str,
    kind: str,
    code: str,
    *,
    headers: Mapping[str, str] | None = None,
) -> Json:
    body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    return {
        "filter": when,
        "status_code": status,
        "body_format_override": {
            "text_format_source": {"inline_string": json.dumps(body) + "\n"},
            "content_type": "application/json",
        },
        "headers_to_add": [
            {"header": {"key": key, "value": value}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
            for key, value in {"x-content-type-options": "nosniff", **(headers or {})}.items()
        ],
    }


def _status(code: int, comparison: str = "EQ") -> Json:
    value = {"default_value": code, "runtime_key": "unused"}
    return {"status_code_filter": {"comparison": {"op": comparison, "value": value}}}


def _flag(flag: str) -> Json:
    return {"response_flag_filter": {"flags": [flag]}}
