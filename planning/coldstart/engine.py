"""The engine's own start, from starts that were measured."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from planning.catalog import Catalog
from planning.catalog.rows.start import EngineStartFacts, EngineStartRow
from planning.coldstart.amounts import shared, sources, unknown
from planning.coldstart.case import StartCase
from planning.coldstart.value import Seconds, Stage

COMPILE, CAPTURE, OTHER = "torch.compile", "CUDA graph capture", "engine start"


def engine_stages(case: StartCase, catalog: Catalog) -> tuple[Stage, ...]:
    """Where only some parts are known, each of the others is a stage of its own."""
    if case.engine == "onnx":
        return (_stage(OTHER, case, catalog, lambda facts: facts.other_seconds),)
    version = catalog.engine_versions.get(case.engine_version)
    if version is None or "vllm" not in version.value.contains:
        return (unknown(OTHER, "container", f"no start of {case.engine_version} was measured"),)
    cached = case.levers.compile_cache != "none"
    stages = (
        _stage(
            OTHER,
            case,
            catalog,
            lambda facts: facts.other_seconds if facts.infos_cached == cached else None,
        ),
        _stage(
            COMPILE,
            case,
            catalog,
            lambda facts: facts.compile_seconds if facts.compile_cached == cached else None,
        ),
        _capture(case, catalog),
    )
    if case.engine == "triton":
        reason = "Triton's own start, before vLLM's in it, was not measured"
        return (unknown("Triton start", "container", reason), *stages)
    return stages


def _capture(case: StartCase, catalog: Catalog) -> Stage:
    full = _stage(
        CAPTURE, case, catalog, lambda facts: None if facts.trimmed else facts.capture_seconds
    )
    trimmed = case.levers.graphs == "trimmed"
    return shared(full, catalog.start_rates["graphs/trimmed"] if trimmed else None)


def _stage(
    name: str,
    case: StartCase,
    catalog: Catalog,
    part: Callable[[EngineStartFacts], float | None],
) -> Stage:
    """Smallest, median and largest of the starts that are like this one."""
    kind = "onnx" if case.engine == "onnx" else "vllm"
    fitting = [
        row
        for row in catalog.engine_starts.values()
        if row.value.engine == kind
        and row.value.gpus <= max(1, case.gpus_per_replica)
        and part(row.value) is not None
    ]
    # Several GPUs compile and capture longer: where that was measured, one GPU says nothing.
    fitting = [row for row in fitting if row.value.gpus > 1] or fitting
    alike = [row for row in fitting if case.experts in (None, row.value.experts)] or fitting
    values = [seconds for row in alike if (seconds := part(row.value)) is not None]
    seconds = Seconds(low=min(values), expected=median(values), high=max(values))
    many = f"median of {len(values)} measured starts ({seconds.low:.1f} to {seconds.high:.1f})"
    return Stage(
        name=name,
        where="container",
        seconds=seconds,
        formula=f"{seconds.expected:.1f} s: {many if len(values) > 1 else 'one measured start'}",
        reason=_stands_in(case, catalog, alike),
        source=sources(alike),
    )


def _stands_in(case: StartCase, catalog: Catalog, rows: list[EngineStartRow]) -> str | None:
    """What was measured, where it is not what is deployed."""
    version = catalog.engine_versions.get(case.engine_version)
    name = "onnxruntime" if case.engine == "onnx" else "vllm"
    deployed = version.value.contains.get(name) if version else None
    versions = {row.value.version for row in rows}
    gpus = {row.value.gpu for row in rows}
    if versions == {deployed} and gpus <= {case.gpu}:
        return None
    on = ", ".join(sorted(gpu for gpu in gpus if gpu)) or "hardware that the source does not name"
    releases = ", ".join(sorted(one for one in versions if one)) or "of a release not named"
    to = f"{case.gpu or 'CPU'} with {deployed or 'a release that is not known'}"
    return f"measured on {on} with {name} {releases}; deployed on {to}"
