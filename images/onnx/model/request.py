"""What a caller asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Quantization = Literal["fp32", "fp16", "int8", "int4"]
Device = Literal["cpu"]
Progress = Callable[[str], None]
"""Receives one short human line per step."""


def default_cache() -> Path:
    """`$XDG_CACHE_HOME/slipway`, or `~/.cache/slipway`."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "slipway"


@dataclass(frozen=True, kw_only=True)
class BuildRequest:
    """One model to make ready."""

    source: str
    """`package:<name>==<version>/<file>`, `file:<path>` or `hf:<org>/<name>@<40-hex revision>`."""
    quantization: Quantization
    device: Device = "cpu"
    sha256: str | None = None
    """Expected hash of the one file that `source` names."""
    min_top1_agreement: float = 0.0
    """Smallest accepted share of next tokens equal to the unquantised source's (0..1)."""
    max_perplexity_ratio: float = float("inf")
    """Largest accepted perplexity of the artefact divided by the unquantised source's."""
    cache: Path = field(default_factory=default_cache)
    """Holds `models/`, `sources/`, `work/`, `locks/` and `logs/`."""
