"""Routing by known prefixes: where it can be, and what it needs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planning.plan import Plan, make_plan
from planning.stackfile import load_settings
from tests.support.presets import DIGEST

LLAMA = f"hf:meta-llama/Llama-3.1-8B-Instruct@{'0' * 40}"
IMAGES = {
    "vllm": f"vllm@{DIGEST}",
    "envoy": f"envoy@{DIGEST}",
    "endpoint-picker": f"picker@{DIGEST}",
}


def test_prefix_aware_routing_has_a_picker_by_digest() -> None:
    plan = _plan()
    assert plan.errors == ()
    assert plan.kubernetes is not None and plan.kubernetes.gateway.picker is not None
    assert plan.kubernetes.gateway.picker.image == f"picker@{DIGEST}"


def test_the_pickers_image_has_no_digest_here_and_is_refused_by_name() -> None:
    without = {name: image for name, image in IMAGES.items() if name != "endpoint-picker"}
    (refused,) = _plan(images={"overrides": without}).errors
    assert refused.path == "slipway:images.overrides.endpoint-picker"
    assert refused.code == "unresolved"


@pytest.mark.parametrize(
    ("sections", "word"),
    [
        ({"canary": {"quantization": "fp8", "image": f"vllm@{DIGEST}"}}, "canary"),
        ({"scaling": {"replicas": "0..2"}}, "at rest"),
        ({"engine": {"kind": "tensorrt-llm"}}, "tensorrt-llm"),
        ({"pools": [{"gpu": "H100", "gpusPerNode": 1, "nodesPerReplica": 2}]}, "nodes"),
    ],
)
def test_what_a_picker_cannot_tell_apart_is_refused(sections: dict[str, Any], word: str) -> None:
    found = [one for one in _plan(**sections).errors if one.code == "routing-unsupported"]
    assert len(found) == 1
    assert word in found[0].got


def _plan(**sections: Any) -> Plan:
    raw: dict[str, Any] = {
        "target": "kubernetes",
        "model": {"source": LLAMA, "maxContext": 4096},
        "engine": {"kind": "vllm"},
        "pools": [{"gpu": "H100", "gpusPerNode": 8}],
        "gateway": {"routing": "prefix-aware"},
        "observability": {"prometheusUrl": "http://prometheus.monitoring.svc:9090"},
        "images": {"overrides": IMAGES},
        **sections,
    }
    today = datetime.date(2026, 11, 30)
    return make_plan(load_settings(raw, origin="Pulumi.test.yaml"), stack="test", today=today)
