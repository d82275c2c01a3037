"""Keys of `engine.repository`: values that must be taken, and values that must not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.support.stackfiles import CONFIG, Strategy
from tests.support.stackfiles_faults import DURATION, NUMBER, SECTION, TEXT

_TENSOR = {"name": "x", "type": "FP32", "dims": [-1, 4]}
MODEL = {
    "name": "one",
    "backend": "python",
    "inputs": [_TENSOR],
    "outputs": [_TENSOR],
    "memory": "1Gi",
}
ENSEMBLE = {
    "name": "joined",
    "backend": "ensemble",
    "inputs": [_TENSOR | {"name": "a"}],
    "outputs": [_TENSOR | {"name": "b"}],
    "steps": [{"model": "one", "inputs": {"x": "a"}, "outputs": {"x": "b"}}],
}
# Drawn last, where hypothesis mostly takes the first: that one has every key.
_batching = st.sampled_from(
    [
        {"delay": "5ms", "preferred": [4, 8], "maxQueue": 0, "timeout": "2s"},
        {"delay": "0s", "maxQueue": 10_000},
        {},
    ]
)
_model = st.fixed_dictionaries(
    {key: st.just(value) for key, value in MODEL.items()} | {"maxBatchSize": st.just(8)},
    optional={
        "dynamicBatching": _batching,
        "instances": st.sampled_from([{"kind": "gpu"}, {"count": 2}, {"kind": "cpu", "count": 3}]),
        "code": st.just(str(CONFIG)),
        "parameters": st.just({"folder": "/model"}),
    },
)
REPOSITORIES: Strategy = _model.flatmap(
    lambda model: st.sampled_from([[model], [model, ENSEMBLE | {"maxBatchSize": 8}]])
)

_NUMBER_OR_0 = [value for value in NUMBER if value != 0 or value is False]
_MODEL_FAULTS: dict[str, list[Any]] = {
    "name": [*TEXT, "a/b", None],
    "backend": [*TEXT, "vllm", "tensorflow", None],
    "inputs": [*SECTION, [], [{}] * 65, None],
    "inputs[].name": [*TEXT, "1x", None],
    "inputs[].type": [*TEXT, "FLOAT", None],
    "inputs[].dims": [*SECTION, [], [-2], [1] * 9, ["4"], None],
    "outputs": [*SECTION, [], [{}] * 65, None],
    "outputs[].name": [*TEXT, "1x", None],
    "outputs[].type": [*TEXT, "FLOAT", None],
    "outputs[].dims": [*SECTION, [], [-2], [1] * 9, ["4"], None],
    "maxBatchSize": [*_NUMBER_OR_0, 4097],
    "dynamicBatching": SECTION,
    "dynamicBatching.delay": [*DURATION, "11s", None],
    "dynamicBatching.preferred": [*SECTION[:2], [0], ["8"], [8] * 17],
    "dynamicBatching.maxQueue": [*_NUMBER_OR_0, 10_001],
    "dynamicBatching.timeout": [*DURATION, "0s", "2h"],
    "instances": [*SECTION, None],
    "instances.kind": [*TEXT, "auto", None],
    "instances.count": [*NUMBER, 65, None],
    "memory": [8, "8GB", "1Mi", "2Ti", True, [], {}],
    "code": [7, True, [], {}, "", "a\nb"],
    "parameters": [*SECTION, {"": "a"}, {"a": 7}, None],
    "steps": [*SECTION, []],
    "steps[].model": [*TEXT, "two", None],
    "steps[].inputs": [*SECTION, {}, {"x": 7}, None],
    "steps[].outputs": [*SECTION, {}, {"x": 7}, None],
}
REFUSED: dict[str, list[Any]] = {
    "engine.repository": [*SECTION, {}, [7]],
    **{f"engine.repository[].{key}": values for key, values in _MODEL_FAULTS.items()},
}


def spoilt(path: str, value: object) -> dict[str, Any]:
    """Section `engine` with `value` at `path`, a key of REFUSED; what is around it is good."""
    inner = path.removeprefix("engine.repository").removeprefix("[].")
    if not inner:
        return {"kind": "triton", "repository": value}
    ensemble = inner.startswith("steps")
    model: dict[str, Any] = dict(ENSEMBLE if ensemble else MODEL)
    section, _, key = inner.partition("[].")
    if key:
        model[section] = [model[section][0] | {key: value}]
    elif "." in inner:
        section, _, key = inner.partition(".")
        model |= {section: {key: value}, "maxBatchSize": 8}
    else:
        model[inner] = value
    return {"kind": "triton", "repository": [model, MODEL] if ensemble else [model]}
