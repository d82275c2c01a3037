"""The FastAPI application: routes, and what OpenAPI says about each."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Body, FastAPI, Path
from starlette.responses import JSONResponse, Response

from . import answers, errors, generate
from .engine import Engine
from .error_handlers import install_error_handlers
from .openapi import describe, responses
from .schemas import ChatCompletionRequest, CompletionRequest
from .service import Service
from .settings import Settings
from .wire import Wire

_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def create_app(engine: Engine, settings: Settings) -> FastAPI:
    """The server over any engine. The engine starts with the app's lifespan, if not before.

    `app.state.service` is the Service, for whoever drains.
    """
    service = Service(engine, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        service.connect()
        yield
        engine.stop()

    app = FastAPI(title="Slipway ONNX server", version="1", lifespan=lifespan)
    app.state.service = service
    install_error_handlers(app)
    _add_openai_routes(app, service)
    _add_health_routes(app, service)
    app.add_middleware(Wire, service=service)
    describe(app)
    return app


def _add_openai_routes(app: FastAPI, service: Service) -> None:
    created = int(time.time())

    def card() -> answers.ModelCard:
        return answers.ModelCard(
            id=service.settings.model_name,
            created=created,
            owned_by=service.engine.owned_by,
            max_model_len=service.settings.max_context,
        )

    @app.get("/v1/models")
    async def list_models() -> answers.ModelList:
        return answers.ModelList(data=[card()])

    @app.get("/v1/models/{model:path}", responses=responses(404))
    async def get_model(model: Annotated[str, Path()]) -> answers.ModelCard:
        if model != service.settings.model_name:
            raise errors.model_not_found(model, service.settings.model_name)
        return card()

    @app.post("/v1/chat/completions", responses=responses(answer=answers.ChatCompletion))
    async def chat_completions(
        body: Annotated[ChatCompletionRequest, Body()],
    ) -> Response:
        return await generate.chat(service, body)

    @app.post("/v1/completions", responses=responses(answer=answers.Completion))
    async def completions(body: Annotated[CompletionRequest, Body()]) -> Response:
        return await generate.complete(service, body)


def _add_health_routes(app: FastAPI, service: Service) -> None:
    unhealthy: dict[int | str, dict[str, Any]] = {503: {"model": answers.Health}}

    @app.get("/health/live", response_model=answers.Health, responses=unhealthy)
    async def live() -> Response:
        return _health(service.is_live, "alive", "stuck")

    @app.get("/health/ready", response_model=answers.Health, responses=unhealthy)
    async def ready() -> Response:
        return _health(service.is_ready, "ready", "not ready")

    @app.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    async def metrics() -> Response:
        return Response(service.metrics.exposition(), headers={"content-type": _METRICS_TYPE})


def _health(good: bool, yes: str, no: str) -> Response:
    return JSONResponse({"status": yes if good else no}, status_code=200 if good else 503)
