"""Whether there is a token, and whether the hub accepts it."""

from __future__ import annotations

from operations.preflight.hub.client import Hub
from operations.preflight.hub.replies import Account
from operations.preflight.report import Finding
from planning.problems import Problem

SUBJECT = "token of the Hugging Face hub"
_FIXES = ("set HF_TOKEN, or run `hf auth login`",)


def token(hub: Hub, path: str | None) -> tuple[Finding, ...]:
    """`path` is the key of the stack file that cannot do without; None: public models only."""
    if hub.token is None:
        if path is None:
            said = "none; only what is public can be read"
            return (Finding(check="hub-token", subject=SUBJECT, said=said, skipped=True),)
        return _problem(path, "no-token", "no token", "a token: endpoints need one")
    if (name := hub.ask(lambda: _owner(hub), "account")) is None:
        path = path or "HF_TOKEN"
        return _problem(path, "token-refused", "a token that the hub refuses", "a valid token")
    return (Finding(check="hub-token", subject=SUBJECT, said=f"of {name}"),)


def _owner(hub: Hub) -> str | None:
    """The account's name; None where the hub knows no such token."""
    from huggingface_hub.errors import HfHubHTTPError

    try:
        answer = Account.model_validate(hub.api.whoami())  # pyright: ignore[reportUnknownMemberType]
    except HfHubHTTPError as error:
        if error.response.status_code == 401:
            return None
        raise
    return answer.name


def _problem(path: str, code: str, got: str, allowed: str) -> tuple[Finding, ...]:
    problem = Problem(path=path, code=code, got=got, allowed=allowed, fixes=_FIXES)
    return (Finding(check="hub-token", subject=SUBJECT, said=got, problems=(problem,)),)
