"""Fixes of what does not fit are found by choosing again, and hold."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planning.choice import ways_out
from planning.problems import errors_of
from tests.support.choice import CATALOG, TODAY, chosen, model, wish

CASES: list[tuple[str, dict[str, Any]]] = [
    ("Llama-3.3-70B-Instruct", {"instance": "p5.4xlarge", "quantization": "bf16"}),
    (
        "Llama-3.1-8B",
        {"instance": "g6.xlarge", "quantization": "bf16", "kv_bits": 16, "context": 65_536},
    ),
    ("Llama-3.1-8B", {"instance": "g6.xlarge", "quantization": "bf16", "concurrency": 16}),
    ("Llama-3.3-70B-Instruct", {"target": "hf-endpoint", "hf_hardware": "aws/nvidia-a100/x1"}),
]


@pytest.mark.parametrize(("name", "asked"), CASES)
def test_a_way_that_is_named_fits_at_the_price_that_is_named(
    name: str, asked: dict[str, Any]
) -> None:
    first = chosen(name, **asked).candidates[0]
    assert not first.fits
    ways = ways_out(model(name), wish(**asked), first, CATALOG, TODAY)
    assert 2 <= len(ways) <= 3
    dollars: list[int] = []
    for way in ways:
        price = re.search(r"\(\$([\d,]+) a month\)$", way)
        assert price, way
        dollars.append(int(price[1].replace(",", "")))
        found = chosen(name, **{**asked, **_change(way, asked)}).best
        assert found is not None and found.fits, way
        assert found.monthly_usd is not None
        assert abs(found.monthly_usd[1] - dollars[-1]) <= 1, way
    assert dollars == sorted(dollars)
    assert errors_of(first.problems)[0].fixes[: len(ways)] == ways


def _change(way: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What somebody who follows it would write."""
    if found := re.match(r"write (\w+): (\w+)", way):
        if found[1] == "kvCacheDtype":
            return {"kv_bits": 8}
        key = {
            "quantization": "quantization",
            "maxContext": "context",
            "fullContextRequests": "concurrency",
            "tensorParallel": "tensor_parallel",
            "nodesPerReplica": "nodes_per_replica",
        }[found[1]]
        return {key: int(found[2]) if found[2].isdigit() else found[2]}
    place = re.match(
        r"take (\S+)(?: with tensor parallel (\d+))?(?: and write quantization: (\w+))?", way
    )
    assert place, way
    key = "hf_hardware" if asked.get("target") == "hf-endpoint" else "instance"
    change = {key: place[1], "tensor_parallel": int(place[2] or 1)}
    return {**change, **({"quantization": place[3]} if place[3] else {})}


def test_the_same_way_is_not_named_twice() -> None:
    first = chosen("Llama-3.1-8B", instance="g4dn.xlarge", quantization="fp16").candidates[0]
    fixes = errors_of(first.problems)[0].fixes
    assert len(set(fixes)) == len(fixes)
    assert sum("fp8" in fix for fix in fixes) == 1


def test_own_nodes_are_told_of_own_nodes_alone() -> None:
    asked: dict[str, Any] = {
        "target": "kubernetes",
        "gpu": "L40S",
        "gpus_per_node": 2,
        "quantization": "bf16",
    }
    first = chosen("Llama-3.3-70B-Instruct", **asked).candidates[0]
    ways = ways_out(model("Llama-3.3-70B-Instruct"), wish(**asked), first, CATALOG, TODAY)
    assert ways and all(
        way.endswith("(own nodes: what they cost is not known here)") for way in ways
    )


def test_what_fits_is_left_as_it_is() -> None:
    found = chosen("Qwen3-8B", instance="g6.xlarge")
    assert found.candidates[0] == found.best
