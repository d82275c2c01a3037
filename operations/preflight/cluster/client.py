"""The cluster as kr8s finds it, and why it gave no answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from operations.cluster.place import Place, client
from operations.preflight.asking import NoAnswerError, Patience, ask

if TYPE_CHECKING:
    from kr8s import Api

Answer = TypeVar("Answer")


class Cluster:
    """kr8s is imported, and a kubeconfig is looked for, at first use."""

    def __init__(self, place: Place, patience: Patience) -> None:
        self.place = place
        self._patience = patience
        self._lock = threading.Lock()

    def version(self) -> tuple[int, int]:
        """Major and minor."""
        found = self._ask(lambda api: api.version(), "its version")
        return int(found["major"]), int(str(found["minor"]).rstrip("+"))

    def kinds(self) -> set[tuple[str, str]]:
        """API version and kind of all that can be made."""
        found = self._ask(lambda api: api.api_resources(), "its kinds")
        return {(str(item["version"]), str(item["kind"])) for item in found}

    def names(self, kind: str) -> set[str]:
        """Of all objects of `kind` in the namespace, or of a kind that has none."""
        return {str(item["metadata"]["name"]) for item in self.objects(kind)}

    def objects(self, kind: str, selector: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        chosen = dict(selector) if selector else None
        return self._ask(
            lambda api: [item.raw for item in api.get(kind, label_selector=chosen)], f"its {kind}"
        )

    def _ask(self, call: Callable[[Api], Answer], what: str) -> Answer:
        with self._lock:  # its client is not safe to share
            return ask(lambda: call(self._api), lambda error: _explain(error, what), self._patience)

    @cached_property
    def _api(self) -> Api:
        try:
            return client(self.place)
        except ImportError:
            raise NoAnswerError(
                "not-installed", "kr8s is not installed: run `uv sync --group online`"
            ) from None
        except (ValueError, OSError) as error:
            raise NoAnswerError(
                "no-credentials", f"no kubeconfig that can be used ({type(error).__name__})"
            ) from None


def _explain(error: Exception, what: str) -> NoAnswerError:
    import httpx
    import kr8s

    match error:
        case kr8s.ServerError() if error.response is not None:
            code = int(error.response.status_code)
            reason = "denied" if code in (401, 403) else "throttled" if code == 429 else None
            return NoAnswerError(reason or "server-error", f"the cluster answers {code} for {what}")
        case kr8s.APITimeoutError() | httpx.TimeoutException():
            return NoAnswerError("timeout", f"the cluster does not tell {what} in time")
        case httpx.HTTPError() | kr8s.ConnectionClosedError() | OSError():
            return NoAnswerError("network", f"the cluster cannot be reached for {what}")
        case KeyError() | ValueError() | TypeError():
            return NoAnswerError("malformed", f"an answer for {what} that cannot be read")
        case _:
            return NoAnswerError("unexpected", f"{type(error).__name__} while reading {what}")
