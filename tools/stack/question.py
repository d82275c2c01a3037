"""One real question to the running stack."""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from tools.bootstrap.errors import ToolError
from tools.bootstrap.progress import say

_DEADLINE_SECONDS = 180.0
_ATTEMPT_SECONDS = 60.0
_PAUSE_SECONDS = 1.0
_LINE_SECONDS = 3.0
_MAX_TOKENS = 48
_NOT_READY = (429, 502, 503, 504)


def ask(outputs: Mapping[str, Any], question: str) -> str:
    """The model's answer to `question` from the endpoint that the stack's outputs name.

    Waits while the endpoint is not ready. Raises ToolError with the last refusal at the deadline,
    or at once on a refusal that waiting does not cure.
    """
    start = told = time.monotonic()
    while True:
        try:
            return _attempt(outputs, question)
        except urllib.error.HTTPError as error:
            reason = f"HTTP {error.code}"
            if error.code not in _NOT_READY:
                raise ToolError(f"the gateway refused the question: {reason}") from error
        except (urllib.error.URLError, OSError) as error:
            reason = str(getattr(error, "reason", error))
        now = time.monotonic()
        if now - start > _DEADLINE_SECONDS:
            raise ToolError(f"no answer within {_DEADLINE_SECONDS:.0f} s: {reason}")
        if now - told >= _LINE_SECONDS:
            say(f"waiting for an answer … {now - start:.0f} s ({reason})")
            told = now
        time.sleep(_PAUSE_SECONDS)


def _attempt(outputs: Mapping[str, Any], question: str) -> str:
    body = {
        "model": outputs["modelName"],
        "messages": [{"role": "user", "content": question}],
        "max_tokens": _MAX_TOKENS,
        "temperature": 0,
    }
    headers = {"Content-Type": "application/json"}
    if outputs.get("apiKey"):
        headers["Authorization"] = f"Bearer {outputs['apiKey']}"
    request = urllib.request.Request(  # noqa: S310 -- the stack's own URL
        f"{outputs['openaiBaseUrl']}/chat/completions", json.dumps(body).encode(), headers
    )
    with urllib.request.urlopen(  # noqa: S310
        request, timeout=_ATTEMPT_SECONDS, context=_tls(outputs)
    ) as response:
        reply = json.load(response)
    return reply["choices"][0]["message"]["content"].strip()


def _tls(outputs: Mapping[str, Any]) -> ssl.SSLContext | None:
    if not outputs["openaiBaseUrl"].startswith("https:"):
        return None
    return ssl.create_default_context(cafile=outputs.get("caCertificate"))
