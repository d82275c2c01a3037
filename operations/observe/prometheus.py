"""One value at a time from Prometheus' HTTP API."""

from __future__ import annotations

import json
import math
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen


class PrometheusError(Exception):
    """It gave no answer, or none that can be read."""


class Prometheus:
    """`url` as a browser has it, without `/api`; `seconds` is waited for each answer."""

    def __init__(self, url: str, seconds: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.hostname is None:
            raise PrometheusError("its address must begin with http:// or https://")
        if parts.username or parts.password:
            raise PrometheusError("its address must hold no password: forward a port instead")
        self._url, self._seconds = url.rstrip("/"), seconds

    def value(self, query: str, at: float) -> float | None:
        """At a Unix time; None: there is no such series, or it divides nothing by nothing."""
        data = self._ask(query, at)
        match data:
            case {"resultType": "vector", "result": []}:
                return None
            case {"resultType": "vector", "result": [{"value": [_, str(written)]}]}:
                number = float(written)
                return number if math.isfinite(number) else None
            case _:
                raise PrometheusError("it answered something that is no single value")

    def _ask(self, query: str, at: float) -> Any:
        fields = urlencode({"query": query, "time": f"{at:.3f}"})
        request = Request(f"{self._url}/api/v1/query?{fields}")  # noqa: S310 - checked above
        try:
            with urlopen(request, timeout=self._seconds) as answer:  # noqa: S310
                document: Any = json.load(answer)
        except HTTPError as error:
            raise PrometheusError(f"it refused a query with status {error.code}") from None
        except (URLError, TimeoutError, OSError) as error:
            raise PrometheusError(f"it cannot be reached ({type(error).__name__})") from None
        except ValueError:
            raise PrometheusError("it answered something that is no JSON") from None
        match document:
            case {"status": "success", "data": data}:
                return data
            case _:
                raise PrometheusError("it answered without success")
