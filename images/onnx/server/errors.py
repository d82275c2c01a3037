"""Errors in the shape that OpenAI clients read: `{"error": {message, type, param, code}}`."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

RETRY_AFTER_SECONDS = 1


class ErrorDetail(BaseModel):
    message: str
    type: str
    param: str | None
    """The request field that is wrong."""
    code: str | None


class ErrorBody(BaseModel):
    error: ErrorDetail


class ApiError(Exception):
    """An answer other than success; `status` is the HTTP status before the first byte."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        headers: Mapping[str, str] | None = None,
    ):
        super().__init__(message)
        self.status = status
        self.code = code
        self.body = ErrorBody(
            error=ErrorDetail(message=message, type=kind, param=param, code=code)
        ).model_dump()
        self.headers = dict(headers or {})


def invalid_value(param: str, message: str, code: str = "invalid_value") -> ApiError:
    return ApiError(400, message, param=param, code=code)


def model_not_found(got: str, served: str) -> ApiError:
    message = f"The model `{got}` does not exist; this server has `{served}`."
    return ApiError(404, message, param="model", code="model_not_found")


def context_exceeded(param: str, context: int, prompt: int, answer: int) -> ApiError:
    message = (
        f"This model's maximum context length is {context} tokens, but the request needs "
        f"{prompt + answer}: {prompt} in the prompt and {answer} for the answer. "
        "Shorten the prompt or lower max_tokens."
    )
    return ApiError(400, message, param=param, code="context_length_exceeded")


def queue_full() -> ApiError:
    message = "All places in the queue are taken; try again later."
    return ApiError(
        429, message, kind="rate_limit_error", code="queue_full", headers=_retry_after()
    )


def draining() -> ApiError:
    return _unavailable("draining", "This replica is shutting down.", {"connection": "close"})


def loading() -> ApiError:
    return _unavailable("loading", "The model is still loading.")


def engine_failed() -> ApiError:
    return _unavailable("engine_failed", "The engine stopped while working on this request.")


def drain_deadline() -> ApiError:
    return _unavailable("drain_deadline", "This replica shut down before the answer's end.")


def request_timeout(seconds: float) -> ApiError:
    """Clients are told not to repeat by themselves: the same request would time out again."""
    message = f"The answer was not complete within {seconds:g} seconds."
    headers = {"x-should-retry": "false"}
    return ApiError(408, message, kind="timeout_error", code="request_timeout", headers=headers)


def _unavailable(code: str, message: str, headers: Mapping[str, str] | None = None) -> ApiError:
    return ApiError(
        503,
        message,
        kind="service_unavailable_error",
        code=code,
        headers={**_retry_after(), **(headers or {})},
    )


def _retry_after() -> dict[str, str]:
    return {"retry-after": str(RETRY_AFTER_SECONDS)}
