"""One token from a running endpoint, through the client that everybody has."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

from planning.problems import Problem

WAKE_SECONDS = 600
"""How long an endpoint that sleeps may take to wake (header X-Scale-Up-Timeout)."""


def smoke_problem(
    base_url: str,
    model: str,
    token: str,
    *,
    ca_certificate: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Problem | None:
    """What is wrong when `model` is asked for one token at `base_url` (which ends with /v1).

    `ca_certificate` is a PEM file to trust in place of the system's.
    """
    # A second to import, wanted after a change alone.
    from openai import DefaultHttpxClient, OpenAI, OpenAIError

    trust = None if ca_certificate is None else ssl.create_default_context(cafile=ca_certificate)
    client = OpenAI(
        http_client=None if trust is None else DefaultHttpxClient(verify=trust),
        base_url=base_url,
        api_key=token,
        timeout=WAKE_SECONDS,
        max_retries=2,
        default_headers={"X-Scale-Up-Timeout": str(WAKE_SECONDS), **(headers or {})},
    )
    try:
        answer = client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": "Hi"}], max_tokens=1
        )
    except OpenAIError as error:
        return _problem(base_url, f"{type(error).__name__}: {error}".replace(token, "***"))
    return None if answer.choices else _problem(base_url, "an answer without a choice")


def _problem(base_url: str, got: str) -> Problem:
    return Problem(
        path=base_url,
        code="smoke-failed",
        got=got,
        allowed="one token of an answer",
        fixes=(
            "look at the endpoint's log; check that the image answers /v1/chat/completions",
            "smoke: false under slipway:checks leaves this check out",
        ),
    )
