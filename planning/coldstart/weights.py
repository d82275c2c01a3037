"""Weights: to the node, and from there to the GPU."""

from __future__ import annotations

from planning.catalog import Catalog
from planning.coldstart.amounts import saved, transfer, unknown
from planning.coldstart.case import StartCase
from planning.coldstart.value import Stage

DOWNLOAD, LOAD = "weight download", "weight load"


def weight_stages(case: StartCase, catalog: Catalog) -> tuple[Stage, ...]:
    """Download, if any, then load."""
    if case.target == "local":
        return (_onnx_load(case, catalog, "on this machine's disk"),)
    place = effective_place(case)
    if place == "image-volume":
        download = transfer(
            DOWNLOAD,
            "container",
            case.weight_bytes,
            catalog.start_rates["image/pull"],
            reason="an image of files, pulled as the engine's is",
        )
    elif place in ("source", "s3") and not streams_from_s3(case):
        download = transfer(
            DOWNLOAD,
            "container",
            case.weight_bytes,
            catalog.start_rates["download/source"],
            reason="S3 to disk was not measured: counted as from the hub"
            if place == "s3"
            else None,
        )
    else:
        download = saved(DOWNLOAD, "container", _WITHOUT[place])
    if case.engine == "onnx":
        return download, _onnx_load(case, catalog, "before the engine starts")
    return download, _load(case, catalog)


def effective_place(case: StartCase) -> str:
    """Where weights are when the start begins: a new node's own disk is empty."""
    if case.weights_in_image:
        return "baked"
    place = case.levers.weights
    if place == "nvme" and not case.node_is_kept:
        place = "source"
    return "s3" if place == "source" and case.model_source_kind == "s3" else place


def streams_from_s3(case: StartCase) -> bool:
    return effective_place(case) == "s3" and case.levers.loader == "streamer"


def _load(case: StartCase, catalog: Catalog) -> Stage:
    place, loader = effective_place(case), case.levers.loader
    if place in ("source", "s3") and not streams_from_s3(case):
        place = "downloaded"
    if place == "image-volume":
        place = "baked"
    row = catalog.start_rates.get(f"load/{place}-{loader}")
    reasons: list[str] = []
    if row is None:
        row = catalog.start_rates[f"load/{place}-default"]
        reasons.append("the streamer was not measured there: counted as vLLM's own loader")
    if case.engine != "vllm":
        reasons.append(f"measured with vLLM, not with {case.engine}")
    return transfer(LOAD, "container", case.weight_bytes, row, reason="; ".join(reasons) or None)


def _onnx_load(case: StartCase, catalog: Catalog, place: str) -> Stage:
    measured = max(row.value.model_bytes or 0 for row in catalog.engine_starts.values())
    if case.weight_bytes <= measured:
        return saved(LOAD, "container", f"{place}; reading it is in the engine's start")
    return unknown(
        LOAD,
        "container",
        f"reading {case.weight_bytes / 10**9:.2f} GB was not measured with ONNX Runtime",
    )


_WITHOUT = {
    "s3": "read straight from S3",
    "volume": "filled before, on a network volume",
    "nvme": "filled before, on the disk of the node that is kept",
    "baked": "in the image",
}
