"""The hub as huggingface_hub's own rules find it and its token, and why it gave no answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from operations.preflight.asking import NoAnswerError, Patience, ask

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Answer = TypeVar("Answer")


class Hub:
    """huggingface_hub is imported, and a token is looked for, at first use."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._lock = threading.Lock()

    @property
    def token(self) -> str | None:
        """None: there is none, so only what is public can be read. Raises NoAnswerError."""
        with self._lock:
            return self._token

    @property
    def seconds(self) -> float:
        """Limit of one request, for calls whose own default is none."""
        return self._patience.request

    @property
    def api(self) -> HfApi:
        with self._lock:
            return self._api

    def ask(self, call: Callable[[], Answer], what: str) -> Answer:
        """The answer to a call that reads `what`; raises NoAnswerError."""
        return ask(call, lambda error: _explain(error, what), self._patience)

    @cached_property
    def _token(self) -> str | None:
        try:
            from huggingface_hub import get_token

            return get_token()
        except ImportError:
            raise NoAnswerError(
                "not-installed", "huggingface_hub is not installed: run `uv sync --group online`"
            ) from None
        except Exception as error:
            raise NoAnswerError(
                "no-credentials", f"no token of the hub can be had ({type(error).__name__})"
            ) from None

    @cached_property
    def _api(self) -> HfApi:
        token = self._token
        from huggingface_hub import HfApi, get_session

        # Most calls of the client take no time limit, and its session's default is none.
        get_session().timeout = self.seconds
        return HfApi(token=token or False)


def _explain(error: Exception, what: str) -> NoAnswerError:
    import httpx2
    from huggingface_hub import errors as known

    match error:
        case known.OfflineModeIsEnabled():
            return NoAnswerError("network", "HF_HUB_OFFLINE is set, so nothing is asked of the hub")
        case known.LocalTokenNotFoundError():
            return NoAnswerError("no-credentials", f"{what} needs a token of the hub")
        case known.HfHubHTTPError():
            return _refusal(error.response.status_code, what)
        case httpx2.TimeoutException():
            return NoAnswerError("timeout", "the hub did not answer in time")
        case httpx2.HTTPError():
            return NoAnswerError("network", f"the hub cannot be reached ({type(error).__name__})")
        case ValueError() | KeyError() | TypeError() | AttributeError():
            return NoAnswerError("malformed", f"the hub answered something that is no {what}")
        case _:
            return NoAnswerError("unexpected", f"{type(error).__name__} while asking the hub")


def _refusal(status: int, what: str) -> NoAnswerError:
    if status == 429:
        return NoAnswerError("throttled", "the hub takes no more requests right now")
    if status == 401:
        return NoAnswerError("denied", "the hub does not accept the token")
    if status == 403:
        return NoAnswerError("denied", f"the token may not read the {what}")
    if status >= 500:
        return NoAnswerError("server-error", f"the hub failed (status {status})")
    return NoAnswerError("unexpected", f"the hub refused the request (status {status})")
