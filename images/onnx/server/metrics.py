"""Prometheus metrics under the names of the inference extension's model-server protocol.

The protocol (Gateway API inference extension, proposal 003) takes its names from vLLM, so
dashboards, autoscalers and endpoint pickers made for vLLM read this server as it is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from .engine import Engine, Output
from .token_histogram import TokenHistogram

QUEUE_FULL = "queue_full"
_LABELS = ("model_name", "engine")
_TTFT = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_ITL = (0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2.5)
_E2E = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600)
_TOKENS = (1, 4, 16, 64, 256, 1024, 4096, 16384)


class Metrics:
    """One registry per server."""

    def __init__(self, engine: Engine, model_name: str):
        self._registry = CollectorRegistry()
        self._values = (model_name, "0")
        gauges = {
            "vllm:num_requests_waiting": ("Requests in the queue.", lambda: engine.load().waiting),
            "vllm:num_requests_running": ("Requests in the batch.", lambda: engine.load().running),
            "vllm:kv_cache_usage_perc": (
                "KV cache positions in use; 1 is all.",
                lambda: engine.load().kv_usage,
            ),
        }
        for name, (text, read) in gauges.items():
            gauge = Gauge(name, text, _LABELS, registry=self._registry)
            gauge.labels(*self._values).set_function(read)
        self._prompt_tokens = self._counter("vllm:prompt_tokens", "Prompt tokens read.")
        self._new_tokens = self._counter("vllm:generation_tokens", "Tokens made.")
        self._ttft = self._histogram("time_to_first_token_seconds", _TTFT)
        self._itl = TokenHistogram(
            "vllm:inter_token_latency_seconds",
            "Inter token latency seconds.",
            dict(zip(_LABELS, self._values, strict=True)),
            _ITL,
        )
        self._registry.register(self._itl)
        self._e2e = self._histogram("e2e_request_latency_seconds", _E2E)
        self._request_prompt = self._histogram("request_prompt_tokens", _TOKENS)
        self._request_new = self._histogram("request_generation_tokens", _TOKENS)
        self._finished = Counter(
            "vllm:request_success",
            "Requests that ended, by reason.",
            (*_LABELS, "finished_reason"),
            registry=self._registry,
        )
        self._refused = Counter(
            "vllm:admission_rejections",
            "Requests refused before they ran, by reason.",
            (*_LABELS, "reason"),
            registry=self._registry,
        )
        # A series that begins with its first refusal has no rate for it.
        self._refused.labels(*self._values, QUEUE_FULL)

    def observe(self, outputs: Sequence[Output]) -> None:
        """Count one step. Called by the generation thread."""
        now = time.monotonic()
        new_tokens = 0
        for generation, _, reason in outputs:
            if reason not in ("abort", "error"):
                new_tokens += 1
                if generation.last_token is None:
                    generation.first_token = now
                    self._prompt_tokens.inc(len(generation.prompt))
                    self._ttft.observe(now - generation.arrived)
                else:
                    self._itl.observe(now - generation.last_token)
                generation.last_token = now
            if reason is not None:
                self._finished.labels(*self._values, reason).inc()
                self._e2e.observe(now - generation.arrived)
                self._request_prompt.observe(len(generation.prompt))
                self._request_new.observe(generation.completion_tokens)
        self._new_tokens.inc(new_tokens)

    def refused(self, reason: str) -> None:
        self._refused.labels(*self._values, reason).inc()

    def exposition(self) -> bytes:
        """Prometheus text format 0.0.4."""
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str) -> Counter:
        return Counter(name, text, _LABELS, registry=self._registry).labels(*self._values)

    def _histogram(self, name: str, buckets: Sequence[float]) -> Histogram:
        text = name.replace("_", " ").capitalize() + "."
        histogram = Histogram(
            f"vllm:{name}", text, _LABELS, buckets=buckets, registry=self._registry
        )
        return histogram.labels(*self._values)
