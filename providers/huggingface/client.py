"""The calls of huggingface_hub that endpoints need, each bounded, retried and named."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from huggingface_hub import HfApi, constants
from huggingface_hub.utils import get_session, get_token, hf_raise_for_status

from providers.huggingface import errors
from providers.huggingface.errors import EndpointError
from providers.huggingface.observed import Raw
from providers.huggingface.retry import Pace, calling
from providers.plugin.session import OperationError, Session

API_VARIABLE: Final = "SLIPWAY_HF_API"
"""Another address of the API; only https, or this machine, because it gets the token."""
_TIMEOUT: Final = httpx2.Timeout(60.0, connect=10.0)
_PROBE_TIMEOUT: Final = 10.0


class Client:
    """One namespace of the API, for one operation. All raise EndpointError."""

    def __init__(self, namespace: str, session: Session, pace: Pace) -> None:
        _prepare()
        self._namespace = namespace
        self._session = session
        self._pace = pace
        self._token = token()
        # Typed as Any: the client's own annotations leave the shapes of its maps open.
        self._api: Any = HfApi(token=self._token)

    def listed(self) -> list[Raw]:
        """All endpoints of the namespace."""
        found = self._call(
            "listing endpoints",
            lambda: self._api.list_inference_endpoints(namespace=self._namespace),
        )
        return [endpoint.raw for endpoint in found]

    def get(self, name: str) -> Raw | None:
        """None where it is absent."""
        try:
            return self._call(
                f"reading {name}",
                lambda: self._api.get_inference_endpoint(name, namespace=self._namespace),
            ).raw
        except EndpointError as failure:
            if failure.kind is errors.NOT_FOUND:
                return None
            raise

    def create(self, name: str, arguments: Mapping[str, Any]) -> Raw:
        """Not repeated once the API may have acted: then the caller looks what became of it."""
        return self._call(
            f"creating {name}",
            lambda: self._api.create_inference_endpoint(
                name, namespace=self._namespace, **arguments
            ),
            repeatable=False,
        ).raw

    def update(self, name: str, arguments: Mapping[str, Any]) -> Raw:
        return self._call(
            f"updating {name}",
            lambda: self._api.update_inference_endpoint(
                name, namespace=self._namespace, **arguments
            ),
        ).raw

    def pause(self, name: str) -> Raw:
        return self._call(
            f"pausing {name}",
            lambda: self._api.pause_inference_endpoint(name, namespace=self._namespace),
        ).raw

    def resume(self, name: str) -> Raw:
        return self._call(
            f"resuming {name}",
            lambda: self._api.resume_inference_endpoint(name, namespace=self._namespace),
        ).raw

    def scale_to_zero(self, name: str) -> Raw:
        return self._call(
            f"scaling {name} to zero",
            lambda: self._api.scale_to_zero_inference_endpoint(name, namespace=self._namespace),
        ).raw

    def delete(self, name: str) -> None:
        """Absent is success."""
        try:
            self._call(
                f"deleting {name}",
                lambda: self._api.delete_inference_endpoint(name, namespace=self._namespace),
            )
        except EndpointError as failure:
            if failure.kind is not errors.NOT_FOUND:
                raise

    def log(self, name: str) -> str:
        """The container's log as text; huggingface_hub has no call for it, so its session asks."""
        url = f"{constants.INFERENCE_ENDPOINTS_ENDPOINT}/endpoint/{self._namespace}/{name}/logs"

        def ask() -> str:
            response = get_session().get(url, headers=self._headers())
            hf_raise_for_status(response)
            return response.text

        return self._call(f"reading the log of {name}", ask)

    def answers(self, url: str, health_route: str) -> bool:
        """Whether the container behind `url` is healthy now, as huggingface_hub's `wait` asks."""
        try:
            response = get_session().get(
                f"{url.rstrip('/')}/{health_route.lstrip('/')}",
                headers=self._headers(),
                timeout=_PROBE_TIMEOUT,
            )
        except httpx2.TransportError:
            return False
        return response.status_code == 200

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _call(self, what: str, call: Any, *, repeatable: bool = True) -> Any:
        return calling(
            call, session=self._session, pace=self._pace, repeatable=repeatable, what=what
        )


def token() -> str:
    """The person's own token. Raises EndpointError where there is none."""
    found = get_token()
    if not found:
        raise EndpointError(errors.TOKEN_MISSING)
    return found


def _prepare() -> None:
    # By default the client waits for ever, and with HF_DEBUG it logs bodies, secrets included.
    get_session().timeout = _TIMEOUT
    constants.HF_DEBUG = False
    address = os.environ.get(API_VARIABLE)
    if address:
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
            raise OperationError(f"{API_VARIABLE} must be an https address: it gets the token")
        constants.INFERENCE_ENDPOINTS_ENDPOINT = address.rstrip("/")
