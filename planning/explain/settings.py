"""Figures that the stack file states, or its defaults."""

from __future__ import annotations

from collections.abc import Callable

from planning.explain.value import About, Arithmetic, Explainer, Figures, Result, because
from planning.settings.words import node_at


def stated(key: str, value: Callable[[About], Result]) -> Explainer:
    """A figure that is the stack file's own, with what the key means."""

    def explain(about: About, index: int) -> Arithmetic:
        meaning = " ".join(str(node_at(key.split(".")).get("description", "")).split())
        return because(f"as slipway:{key} says, or its default", meaning, result=value(about))

    return explain


def _local(name: str) -> Callable[[About], Result]:
    """A figure of the replicas on this machine."""

    def value(about: About) -> Result:
        assert about.plan.local is not None
        return float(getattr(about.plan.local.server, name))

    return value


def _gateway(name: str) -> Callable[[About], Result]:
    def value(about: About) -> Result:
        assert about.plan.gateway is not None
        return getattr(about.plan.gateway, name)

    return value


def _budget(about: About) -> Result:
    budget = about.plan.settings.budget
    return budget.monthly.usd if budget else None


FIGURES: Figures = {
    "model.maxContext": stated(
        "model.maxContext", lambda about: about.plan.settings.models[0].max_context
    ),
    "engine.maxConcurrent": stated("engine.maxConcurrent", _local("max_concurrent")),
    "engine.maxQueue": stated("engine.maxQueue", _local("max_queue")),
    "engine.requestTimeoutSeconds": stated(
        "engine.requestTimeout", _local("request_timeout_seconds")
    ),
    "engine.drainSeconds": stated("engine.drain", _local("drain_seconds")),
    "gateway.port": stated("access.port", _gateway("port")),
    "gateway.requestsPerMinute": stated(
        "access.requestsPerMinute", _gateway("requests_per_minute")
    ),
    "gateway.maxConnections": stated("access.maxConnections", _gateway("max_connections")),
    "gateway.maxStreams": stated("access.maxStreams", _gateway("max_streams")),
    "gateway.maxRequestBytes": stated("access.maxRequestSize", _gateway("max_request_bytes")),
    "cost.budgetMonthlyUsd": stated("budget.monthly", _budget),
}
