"""Previews for the estimate: written ones, and those that the real engine printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from planning.catalog import load_catalog
from planning.cost import Estimate, estimate, read_preview

RECORDED = Path(__file__).parents[1] / "data" / "previews"
TODAY = "2026-12-01"
CLUSTER = "aws:eks/cluster:Cluster"
GROUP = "aws:eks/nodeGroup:NodeGroup"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
ENDPOINT = "huggingface:index:InferenceEndpoint"
NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool"


def urn(kind: str, name: str = "one") -> str:
    return f"urn:pulumi:dev::test::{kind}::{name}"


def step(
    op: str,
    kind: str,
    name: str = "one",
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    **state: Any,
) -> dict[str, Any]:
    """`old` and `new`: inputs; `state`: further fields of both states."""
    made: dict[str, Any] = {"op": op, "urn": urn(kind, name)}
    for key, inputs in (("oldState", old), ("newState", new)):
        if inputs is not None:
            made[key] = {"type": kind, "custom": True, "inputs": dict(inputs), **state}
    return made


def preview_text(steps: Iterable[Mapping[str, Any]], region: str = "us-east-1") -> str:
    return json.dumps({"config": {"aws:region": region}, "steps": list(steps), "changeSummary": {}})


def estimated(*steps: Mapping[str, Any], region: str = "us-east-1") -> Estimate:
    return estimate_of(preview_text(steps, region))


def estimate_of(text: str) -> Estimate:
    found = read_preview(text)
    return estimate(found.before, found.after, load_catalog(), TODAY)


def recorded(name: str) -> str:
    return (RECORDED / f"{name}.json").read_text()


def group(types: list[str], low: int, high: int, **inputs: Any) -> dict[str, Any]:
    """Inputs of a node group."""
    return {
        "instanceTypes": types,
        "scalingConfig": {"minSize": low, "maxSize": high, "desiredSize": low},
        **inputs,
    }


def endpoint(low: int, high: int, hardware: str = "aws/nvidia-l4/x1", **inputs: Any) -> Any:
    """Inputs of an Inference Endpoint."""
    vendor, kind, size = hardware.split("/")
    return {
        "vendor": vendor,
        "instanceType": kind,
        "instanceSize": size,
        "minReplica": low,
        "maxReplica": high,
        **inputs,
    }
