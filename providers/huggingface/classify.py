"""An exception out of huggingface_hub -> a named failure."""

from __future__ import annotations

import re
from typing import Final

import httpx2
from huggingface_hub.errors import HfHubHTTPError, LocalTokenNotFoundError

from providers.huggingface import errors
from providers.huggingface.errors import EndpointError, Kind

_BY_STATUS: Final[dict[int, Kind]] = {
    400: errors.INVALID,
    401: errors.TOKEN_REFUSED,
    402: errors.PAYMENT,
    403: errors.FORBIDDEN,
    404: errors.NOT_FOUND,
    408: errors.TIMEOUT,
    409: errors.CONFLICT,
    422: errors.INVALID,
    429: errors.RATE_LIMITED,
}
# The API's words, looked for in answers 400 to 409 and 422. Unverified against the live API.
_BY_WORDS: Final = (
    (re.compile(r"quota", re.I), errors.QUOTA),
    (re.compile(r"payment|billing|credit card", re.I), errors.PAYMENT),
    (
        re.compile(r"(not|no longer|low)[ _-]?availab|unavailable|no capacity|deprecated", re.I),
        errors.NO_HARDWARE,
    ),
)
_REFUSALS: Final = frozenset({400, 402, 403, 409, 422})


def classified(error: Exception) -> EndpointError:
    """Raises `error` itself where it is none of the API's: then it is a bug."""
    match error:
        case EndpointError():
            return error
        case HfHubHTTPError():
            return _answered(error)
        case LocalTokenNotFoundError():
            return EndpointError(errors.TOKEN_MISSING)
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.PoolTimeout():
            return EndpointError(errors.UNREACHABLE, str(error))
        case httpx2.TimeoutException():
            return EndpointError(errors.TIMEOUT, str(error))
        case httpx2.TransportError():
            return EndpointError(errors.CUT_OFF, str(error))
        case ValueError() | KeyError() | TypeError() | AttributeError():
            # What huggingface_hub raises on a body that is no JSON, or not of the known form.
            return EndpointError(errors.MALFORMED, f"{type(error).__name__}: {error}")
        case _:
            raise error


def retry_after(error: Exception) -> float | None:
    """Seconds that the API asks to wait for, if it says so."""
    if not isinstance(error, HfHubHTTPError):
        return None
    text = str(error.response.headers.get("Retry-After", ""))
    return float(text) if text.isdigit() else None


def _answered(error: HfHubHTTPError) -> EndpointError:
    status = int(error.response.status_code)
    said = error.server_message or ""
    kind = _BY_STATUS.get(status, errors.SERVER if status >= 500 else errors.INVALID)
    if status in _REFUSALS:
        kind = next((found for words, found in _BY_WORDS if words.search(said)), kind)
    return EndpointError(kind, said, status=status)
