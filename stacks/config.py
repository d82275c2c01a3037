"""The only reader of Pulumi's configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi.runtime

from planning.problems import SettingsError
from planning.settings import Settings
from planning.stackfile import load_settings

_PREFIX = "slipway:"


def read_settings() -> Settings:
    """The stack's settings. Raises pulumi.RunError with all problems at once."""
    try:
        return load_settings(_sections(), origin=f"Pulumi.{pulumi.get_stack()}.yaml")
    except SettingsError as error:
        raise pulumi.RunError(str(error)) from None


def secret_text(name: str) -> str:
    """The encrypted value `slipway:<name>`, which `read_settings` has checked to be there."""
    return str(_environment()[_PREFIX + name])


def _sections() -> dict[str, object]:
    # pulumi.Config cannot list keys, and a mistyped one must not pass unseen.
    secret = set(pulumi.runtime.config.get_config_secret_keys_env())
    return {
        key.removeprefix(_PREFIX): {"secure": "…"} if key in secret else _value(text)
        for key, text in _environment().items()
        if key.startswith(_PREFIX)
    }


def _environment() -> Mapping[str, Any]:
    return pulumi.runtime.config.get_config_env()


def _value(text: object) -> object:
    """Pulumi hands over objects and lists as JSON text, and everything else as it stands."""
    if isinstance(text, str) and text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
