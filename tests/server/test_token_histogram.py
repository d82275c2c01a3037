"""The per-token histogram says what prometheus_client's own would say of the same values."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Histogram, generate_latest

from images.onnx.server.token_histogram import TokenHistogram

BOUNDS = (0.002, 0.5, 1, 2.5)
VALUES = (0.0, 0.002, 0.0021, 0.5, 0.75, 1.0, 2.5, 2.6, 1e9)


def exposition(registry: CollectorRegistry) -> list[str]:
    lines = generate_latest(registry).decode().splitlines()
    return [line for line in lines if "_created" not in line]


def test_same_exposition_as_the_librarys_histogram() -> None:
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    histogram = TokenHistogram("vllm:gap_seconds", "Gap.", {"model_name": 'a"b\\c'}, BOUNDS)
    ours.register(histogram)
    peer = Histogram("vllm:gap_seconds", "Gap.", ["model_name"], buckets=BOUNDS, registry=theirs)
    for value in VALUES:
        histogram.observe(value)
        peer.labels('a"b\\c').observe(value)

    assert exposition(ours) == exposition(theirs)
    assert any("+Inf" in line and line.endswith(f" {len(VALUES)}.0") for line in exposition(ours))
