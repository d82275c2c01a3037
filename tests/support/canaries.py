"""Secrets that are easy to find again, in whatever encoding they leak."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "plain": lambda value: value,
    "json": lambda value: json.dumps(value)[1:-1],
    "url": lambda value: quote(value, safe=""),
    "html": html.escape,
    "base64": lambda value: base64.b64encode(value.encode()).decode(),
    "base64url": lambda value: base64.urlsafe_b64encode(value.encode()).decode(),
    "hex": lambda value: value.encode().hex(),
}


def canary(name: str) -> str:
    """A value that is different in every encoding."""
    return f'{name}-"<&>/+?=~ü-canary-{name}'


def spellings(value: str) -> dict[str, str]:
    """Encoding -> text."""
    return {name: encode(value) for name, encode in ENCODINGS.items()}


def leaks(values: Iterable[str], texts: Mapping[str, str]) -> list[str]:
    """`<where>: <encoding> of <value>` for every canary that shows."""
    return [
        f"{where}: {encoding} of {value[:8]}"
        for value in values
        for encoding, spelling in spellings(value).items()
        for where, text in texts.items()
        if spelling.rstrip("=") in text
    ]


def files(folder: Path) -> dict[str, str]:
    """Everything below `folder`, by name."""
    return {
        str(path.relative_to(folder)): path.read_text(errors="replace")
        for path in folder.rglob("*")
        if path.is_file()
    }
