"""JSON lines on stderr. Prompts and credentials never reach them unasked."""

from __future__ import annotations

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

log = logging.getLogger("slipway.server")

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

_CREDENTIAL = re.compile(r"(?i)(authorization\W{1,4}(?:(?:bearer|basic)\s+)?|bearer\s+)[^\s'\",]+")


def configure_logs() -> None:
    """Send this package's and uvicorn's log to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    for name, level in (("slipway", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, event, request id and the record's `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        current = request_id.get()
        if current is not None:
            entry["request_id"] = current
        entry.update(getattr(record, "fields", {}))
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return redact(json.dumps(entry, default=str))


def redact(text: str) -> str:
    """Mask what follows `Bearer` or `Authorization:`."""
    return _CREDENTIAL.sub(r"\1[redacted]", text)
