"""Rendering the model's own chat template, which is code from outside: only in a sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NoReturn

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment


class ChatTemplateError(ValueError):
    """The template refuses these messages; the text says why."""


class ChatTemplate:
    """A Jinja template with what Hugging Face templates may use: special tokens, the date."""

    def __init__(self, source: str | None, special_tokens: dict[str, str]):
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        helpers = {"raise_exception": _refuse, "strftime_now": _strftime_now}
        self._template = None if source is None else environment.from_string(source, helpers)
        self._special_tokens = special_tokens

    def render(self, messages: Sequence[dict[str, str]]) -> str:
        """The prompt that asks for the next answer. Raises ChatTemplateError."""
        if self._template is None:
            raise ChatTemplateError("this model has no chat template; use /v1/completions")
        try:
            return self._template.render(
                messages=messages, add_generation_prompt=True, **self._special_tokens
            )
        except (TemplateError, TypeError, ValueError) as error:
            raise ChatTemplateError(f"the model's chat template refused: {error}") from error


def _refuse(message: str) -> NoReturn:
    raise ChatTemplateError(message)


def _strftime_now(form: str) -> str:
    return datetime.now(UTC).strftime(form)
