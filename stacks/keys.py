"""Values of the API keys that are not generated."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pulumi
from pulumi import Output

from components.gateway import keys_file
from components.specs import KeySpec
from planning.problems import Problem, problem_text
from stacks.config import secret_text


def key_values(keys: Sequence[KeySpec], *, origin: str) -> dict[str, Output[str]]:
    """Key name -> secret, for keys from the configuration or the environment.

    Raises pulumi.RunError where one is missing or no usable key; values are never shown.
    """
    texts = {key.name: _text(key, origin) for key in keys if key.source != "generated"}
    try:
        keys_file(texts)
    except ValueError as error:
        raise pulumi.RunError(f"{origin}: {error}") from None
    return {name: Output.secret(text) for name, text in texts.items()}


def _text(key: KeySpec, origin: str) -> str:
    kind, _, name = key.source.partition(":")
    if kind == "config":
        return secret_text(name)
    text = os.environ.get(name)
    if text is None:
        missing = Problem(
            path=f"slipway:access.keys ({key.name})",
            code="key-missing",
            got=f"env:{name}, which is not set",
            allowed="the name of an environment variable that holds the key",
            fixes=(f"export {name}=…", "or write from: generated"),
        )
        raise pulumi.RunError(problem_text((missing,), origin=origin))
    return text
