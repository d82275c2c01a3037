"""What OpenAPI says beyond what FastAPI derives: our errors instead of its own."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from .errors import ErrorBody

Responses = dict[int | str, dict[str, Any]]

_GENERATION_ERRORS = {
    400: "The body is not valid, names an unsupported parameter or exceeds the context.",
    404: "No such model.",
    408: "The answer was not complete within the server's limit.",
    429: "The queue is full.",
    503: "Loading, draining or failed.",
}
_EVENT = {
    "type": "object",
    "properties": {"data": {"type": "string", "description": "A JSON chunk, or [DONE]."}},
    "required": ["data"],
}
_RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}


def responses(*statuses: int, answer: type[BaseModel] | None = None) -> Responses:
    """Documentation of error statuses; with `answer`, of a generation route's every response."""
    documented: Responses = {
        status: {
            "model": ErrorBody,
            "description": _GENERATION_ERRORS[status],
            **({"headers": _RETRY_AFTER} if status in (429, 503) else {}),
        }
        for status in (_GENERATION_ERRORS if answer else statuses)
    }
    if answer:
        documented[200] = {
            "model": answer,
            "description": "The answer, or with `stream` its pieces as server-sent events.",
            "content": {"text/event-stream": {"schema": _EVENT}},
        }
    return documented


def describe(app: FastAPI) -> None:
    """Drop FastAPI's 422: invalid requests get 400 in the OpenAI shape."""
    derive = app.openapi

    def openapi() -> dict[str, Any]:
        schema = derive()
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        for name in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(name, None)
        return schema

    app.openapi = openapi
