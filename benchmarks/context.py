"""What a case is given, and how it says that it cannot run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a case may use; `work` is a short private folder that ends with the run."""

    model_dir: Path | None
    with_vllm: bool
    rounds: int | None
    """Instead of the case's own number."""
    work: Path
    progress: Callable[[str], None]


class CannotMeasureError(Exception):
    """A part that the benchmark needs is not there; the message says which and what to do."""
