"""Models of a stack file's repository in the real `tritonserver`: the shipped preset's own.

The language model's folder is left out: its backend needs vLLM and a GPU, and is held by contract.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx2
import pytest

from planning.catalog import load_catalog
from planning.plan import make_plan
from planning.stackfile import load_stack_file
from tests.support import triton_server
from tests.support.presets import preset_plan
from tests.support.rendered_engines import CASES
from tests.support.triton_metrics import per_model

PRESET = Path(__file__).parents[2] / "stacks/presets/eks-triton.yaml"
ROW = load_catalog().engine_contracts["triton-26.07"].value
CALLERS = 8


@pytest.fixture(scope="module")
def triton(tmp_path_factory: pytest.TempPathFactory) -> Any:
    reason = triton_server.why_not()
    if reason:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("stack")
    shutil.copytree(PRESET.parent / "triton", folder / "triton")
    file = folder / "Pulumi.triton.yaml"
    # Long enough that callers who start together are found together on a busy machine.
    file.write_text(PRESET.read_text("utf-8").replace("delay: 2ms", "delay: 500ms"), "utf-8")
    plan = make_plan(load_stack_file(file), stack="triton")
    assert plan.eks is not None
    models = plan.eks.serving.workload.engine.beside
    spec = replace(CASES["triton-python"], models=models)
    with triton_server.running(spec, tmp_path_factory.mktemp("triton")) as server:
        yield server


def test_every_model_of_the_preset_answers(triton: triton_server.Triton) -> None:
    plan = preset_plan(PRESET)
    assert plan.eks is not None
    names = plan.eks.serving.gateway.gateway.inference
    assert names == ("features", "closeness", "similarity")
    for name in names:
        assert httpx2.get(f"{triton.url}/v2/models/{name}/ready").status_code == 200
    vector = _ask(triton, "features", {"text": _texts("Good morning")})["vector"]
    assert len(vector) == 256
    assert sum(number**2 for number in vector) == pytest.approx(1, abs=1e-5)
    same = {"shape": [1, 256], "datatype": "FP32", "data": vector}
    assert _ask(triton, "closeness", {"left": same, "right": same})["score"] == [
        pytest.approx(1, abs=1e-5)
    ]


def test_an_ensemble_joins_the_models_of_its_steps(triton: triton_server.Triton) -> None:
    text = "What is the capital of France?"
    others = [text.upper(), "what's the capital of France", "1 + 1"]
    scores = [
        _ask(triton, "similarity", {"one": _texts(text), "other": _texts(other)})["score"][0]
        for other in others
    ]
    assert scores[0] == pytest.approx(1, abs=1e-5)
    assert scores[0] > scores[1] > scores[2]


def test_requests_for_a_model_that_come_together_run_as_one_batch(
    triton: triton_server.Triton,
) -> None:
    texts = [f"number {number}" for number in range(CALLERS)]
    alone = [_ask(triton, "features", {"text": _texts(text)})["vector"] for text in texts]
    before = per_model(triton, ROW.metrics.model_label)
    start = Barrier(CALLERS)

    def ask(text: str) -> list[float]:
        start.wait()
        return _ask(triton, "features", {"text": _texts(text)})["vector"]

    with ThreadPoolExecutor(CALLERS) as callers:
        together = list(callers.map(ask, texts))
    after = per_model(triton, ROW.metrics.model_label)
    requests, executions = (
        after[name]["features"] - before[name]["features"]
        for name in ("nv_inference_count", "nv_inference_exec_count")
    )
    assert requests == CALLERS
    assert executions <= CALLERS / 2, "requests ran one by one"
    assert together == alone


def test_a_request_with_a_tensor_of_another_name_is_refused(triton: triton_server.Triton) -> None:
    answer = _post(triton, "features", {"txt": _texts("a")})
    assert answer.status_code == 400
    assert "unexpected inference input 'txt'" in answer.text


def _texts(*texts: str) -> dict[str, Any]:
    return {"shape": [len(texts), 1], "datatype": "BYTES", "data": list(texts)}


def _ask(triton: triton_server.Triton, model: str, tensors: dict[str, Any]) -> dict[str, list[Any]]:
    answer = _post(triton, model, tensors)
    assert answer.status_code == 200, answer.text
    return {output["name"]: output["data"] for output in answer.json()["outputs"]}


def _post(triton: triton_server.Triton, model: str, tensors: dict[str, Any]) -> httpx2.Response:
    inputs = [{"name": name, **tensor} for name, tensor in tensors.items()]
    url = f"{triton.url}/v2/models/{model}/infer"
    return httpx2.post(url, json={"inputs": inputs}, timeout=60)
