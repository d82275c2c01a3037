"""Every error that FastAPI or Starlette raises, in the OpenAI shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from .errors import ApiError
from .logs import log

_SHOWN_PROBLEMS = 5
_UNION_MEMBERS = frozenset({"str", "int", "float", "bool", "none", "constrained-str"})


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected_error)


def error_response(error: ApiError) -> JSONResponse:
    return JSONResponse(error.body, status_code=error.status, headers=error.headers)


async def _api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error_response(error)


async def _validation_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems: Sequence[Any] = error.errors()
    shown = [_describe(problem) for problem in problems[:_SHOWN_PROBLEMS]]
    code = "unknown_parameter" if problems[0]["type"] == "extra_forbidden" else "invalid_value"
    return error_response(
        ApiError(400, "; ".join(shown) + ".", param=_field(problems[0]["loc"]), code=code)
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = f"{error.detail}: {request.method} {request.url.path}"
    headers = dict(error.headers or {})
    return error_response(ApiError(error.status_code, message, headers=headers))


async def _unexpected_error(_: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return error_response(ApiError(500, "Internal error.", kind="server_error"))


def _describe(problem: Any) -> str:
    field = _field(problem["loc"])
    if problem["type"] == "json_invalid":
        return f"The body is not valid JSON: {problem['ctx']['error']}"
    if problem["type"] == "extra_forbidden":
        return f"Unsupported parameter: {field}"
    return f"{field or 'body'}: {problem['msg']}"


def _field(location: Sequence[str | int]) -> str | None:
    """`("body", "messages", 0, "content", "str")` as `messages[0].content`.

    pydantic names the tried member of a union too; clients know nothing of those.
    """
    path = ""
    for part in location[1:]:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part in _UNION_MEMBERS or "[" in part or part[:1].isupper():
            continue
        else:
            path += f".{part}" if path else part
    return path or None
