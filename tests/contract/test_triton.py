"""Rendered repositories in the real `tritonserver`, and in the schema of its client.

The server is the one that can be had without a registry of images: 2.51.0, with the Python backend
only. Other backends are held against the schema of `config.pbtxt`: that is all that is shown.
"""

from __future__ import annotations

import importlib.util
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from types import ModuleType
from typing import Any

import httpx2
import pytest
from google.protobuf import text_format

from components.engines.triton.model_config import model_config
from components.engines.triton.repository import repository
from planning.catalog import load_catalog
from tests.support import triton_server
from tests.support.converted_model import converted_model
from tests.support.engine_wheels import unpacked
from tests.support.rendered_engines import CASES
from tests.support.triton_metrics import per_model
from tests.support.triton_models import pipeline, python_model

ROW = load_catalog().engine_contracts["triton-26.07"].value
CHECKOUT = Path(__file__).parents[2]
CALLERS = 8
PROMPTS = [[1, 2683, 198 + number, 3050, 28] for number in range(CALLERS)]
MODEL = "next_token"


@pytest.fixture(scope="module")
def triton(tmp_path_factory: pytest.TempPathFactory) -> Any:
    reason = triton_server.why_not()
    if reason:
        pytest.skip(reason)
    # Long enough that callers who start together are found together on a busy machine.
    folder = str(converted_model("int4"))
    model = python_model(folder, str(CHECKOUT), delay_microseconds=500_000)
    spec = replace(CASES["triton-python"], models=(model,))
    with triton_server.running(spec, tmp_path_factory.mktemp("triton")) as server:
        yield server


def test_requests_that_come_together_run_as_one_batch(triton: triton_server.Triton) -> None:
    before = _counts(triton)
    start = Barrier(CALLERS)

    def ask(prompt: list[int]) -> int:
        start.wait()
        return _next(triton, [prompt])[0]

    with ThreadPoolExecutor(CALLERS) as callers:
        together = list(callers.map(ask, PROMPTS))
    after = _counts(triton)
    requests = after["nv_inference_count"] - before["nv_inference_count"]
    executions = after["nv_inference_exec_count"] - before["nv_inference_exec_count"]
    assert requests == CALLERS
    assert executions <= CALLERS / 2, "requests ran one by one"
    alone = [_next(triton, [prompt])[0] for prompt in PROMPTS]
    assert together == alone


def test_a_batch_of_the_client_is_answered_row_by_row(triton: triton_server.Triton) -> None:
    assert _next(triton, PROMPTS[:3]) == [_next(triton, [one])[0] for one in PROMPTS[:3]]


def test_the_real_server_reports_the_metrics_of_the_row(triton: triton_server.Triton) -> None:
    _next(triton, PROMPTS[:1])
    families = per_model(triton, ROW.metrics.model_label)
    for name in ROW.metrics.names.values():
        assert name in families, name
        assert families[name].keys() >= {MODEL}, f"{name} has no label {ROW.metrics.model_label}"


def test_the_server_is_live_and_ready_where_the_row_says(triton: triton_server.Triton) -> None:
    for path in (ROW.ready, ROW.live):
        assert httpx2.get(f"{triton.url}{path}").status_code == 200


def test_nobody_can_load_a_model_from_outside(triton: triton_server.Triton) -> None:
    answer = httpx2.post(f"{triton.url}/v2/repository/models/{MODEL}/unload")
    assert answer.status_code == 503
    assert "explicit model load / unload is not allowed" in answer.text


def test_a_flag_that_the_server_does_not_have_is_refused() -> None:
    said = triton_server.refusal(["--model-repository", "/nowhere", "--http-adress", "127.0.0.1"])
    assert "unrecognized option '--http-adress'" in said


@pytest.mark.parametrize("model", pipeline(), ids=lambda model: model.backend)
def test_every_backend_s_configuration_means_what_was_asked_for(model: Any) -> None:
    parsed = text_format.Parse(model_config(model), _schema().ModelConfig())
    assert (parsed.name, parsed.max_batch_size) == (model.name, model.max_batch)
    assert [list(tensor.dims) for tensor in parsed.input] == [list(t.dims) for t in model.inputs]
    if model.batching:
        batching = parsed.dynamic_batching
        assert batching.max_queue_delay_microseconds == model.batching.delay_microseconds
        assert tuple(batching.preferred_batch_size) == model.batching.preferred
        assert batching.default_queue_policy.max_queue_size == model.batching.queue
    if model.instances:
        assert parsed.instance_group[0].count == model.instances.count
    steps = [(step.model_name, dict(step.input_map)) for step in parsed.ensemble_scheduling.step]
    assert steps == [(step.model, dict(step.inputs)) for step in model.steps]
    assert {k: v.string_value for k, v in parsed.parameters.items()} == dict(model.parameters)


def test_a_field_that_the_schema_does_not_know_fails() -> None:
    wrong = model_config(pipeline()[1]).replace("max_queue_delay_microseconds", "max_delay")
    with pytest.raises(text_format.ParseError, match="max_delay"):
        text_format.Parse(wrong, _schema().ModelConfig())


def test_a_repository_has_a_folder_for_each_model_and_no_weights() -> None:
    paths = [file.path for file in repository(pipeline())]
    assert paths == [
        "/models/resize/config.pbtxt",
        "/models/resize/1/model.py",
        "/models/classify/config.pbtxt",
        "/models/embed/config.pbtxt",
        "/models/image_classes/config.pbtxt",
        "/models/image_classes/1/README",
    ]


def _next(triton: triton_server.Triton, prompts: list[list[int]]) -> list[int]:
    shape = [len(prompts), len(prompts[0])]
    tensor = {"name": "tokens", "shape": shape, "datatype": "INT64", "data": prompts}
    url = f"{triton.url}/v2/models/{MODEL}/infer"
    answer = httpx2.post(url, json={"inputs": [tensor]}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()["outputs"][0]["data"]


def _counts(triton: triton_server.Triton) -> dict[str, float]:
    return {
        name: values[MODEL]
        for name, values in per_model(triton, ROW.metrics.model_label).items()
        if MODEL in values
    }


def _schema() -> ModuleType:
    """ModelConfig of NVIDIA's client; the rest of the client would need gRPC."""
    file: Path = unpacked("tritonclient==2.73.0") / "tritonclient/grpc/model_config_pb2.py"
    if found := sys.modules.get(file.stem):
        return found
    place = importlib.util.spec_from_file_location(file.stem, file)
    assert place and place.loader
    module = importlib.util.module_from_spec(place)
    sys.modules[file.stem] = module
    place.loader.exec_module(module)
    return module
