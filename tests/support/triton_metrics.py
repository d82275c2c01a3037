"""What the real `tritonserver` counts."""

from __future__ import annotations

import httpx2
from prometheus_client.parser import text_string_to_metric_families

from tests.support.triton_server import Triton


def per_model(triton: Triton, label: str | None) -> dict[str, dict[str, float]]:
    """Metric -> model, by that label -> value."""
    found: dict[str, dict[str, float]] = {}
    text = httpx2.get(triton.metrics_url).text
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            model = sample.labels.get(str(label), "")
            found.setdefault(sample.name.removesuffix("_total"), {})[model] = sample.value
    return found
