"""What one server process is told: names, sizes, limits and where to listen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Sizes are tokens or requests, times are seconds."""

    model_name: str
    """What clients send as `model`."""
    max_context: int
    """Prompt and answer of one request together."""
    max_concurrent: int
    """Requests decoded together; each owns one row of the KV cache."""
    max_queue: int
    """Requests waiting for a row; one more is refused with 429."""
    request_timeout: float
    """From acceptance to the last token."""
    drain: float
    """How long running requests may go on after SIGTERM."""
    stall: float = 30.0
    """Work pending and no step finished for this long means the engine is stuck."""
    log_prompts: bool = False
    uds: Path | None = None
    """Unix socket to listen on; else `host` and `port`."""
    host: str = "127.0.0.1"
    port: int = 0

    @property
    def capacity(self) -> int:
        """Requests accepted at once, running and waiting."""
        return self.max_concurrent + self.max_queue
