"""`build` as the provider calls it, on a tiny model whose conversion is cached per machine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import onnxruntime
import pytest

from images.onnx.model import Artifact, BuildRequest, ModelBuildError, build
from images.onnx.model.request import default_cache
from tests.support.tiny_llama import tiny_llama


@pytest.fixture(scope="module")
def request_() -> BuildRequest:
    """The tiny model in 4 bits, in a cache that outlives the test run."""
    cache = default_cache() / "test-models"
    return BuildRequest(source=f"file:{tiny_llama()}", quantization="int4", cache=cache)


@pytest.fixture(scope="module")
def artefact(request_: BuildRequest) -> Artifact:
    return build(request_)


def test_the_artefact_is_addressed_by_its_key_and_described_by_its_manifest(
    artefact: Artifact,
) -> None:
    manifest = json.loads((artefact.path / "slipway.json").read_text())
    assert artefact.path.name == artefact.digest == manifest["digest"]
    assert manifest["identity"].startswith("tree:")
    assert manifest["recipe"]["precision"] == "int4"
    assert any(pin.startswith("torch==") for pin in manifest["libraries"])
    files = {path.name for path in artefact.path.iterdir()} - {"slipway.json"}
    assert files == set(manifest["files"])
    assert {"model.onnx", "model.onnx.data", "genai_config.json", "tokenizer.json"} <= files
    assert {"tokenizer_config.json", "reference.json"} <= files


def test_logits_come_for_the_last_token_only_and_attention_is_grouped(artefact: Artifact) -> None:
    session = onnxruntime.InferenceSession(str(artefact.path / "model.onnx"))
    shapes = {output.name: output.shape for output in session.get_outputs()}
    assert shapes["logits"][1] == 1
    assert b"GroupQueryAttention" in (artefact.path / "model.onnx").read_bytes()


def test_the_second_build_is_the_first_ones_artefact(
    artefact: Artifact, request_: BuildRequest
) -> None:
    said: list[str] = []
    again = build(request_, said.append)
    assert again == replace(artefact, cached=True)
    assert not any("converting" in line for line in said)


def test_stricter_thresholds_refuse_a_cached_artefact_with_its_figures(
    artefact: Artifact, request_: BuildRequest
) -> None:
    assert artefact.accuracy is not None
    strict = replace(request_, min_top1_agreement=1.0, max_perplexity_ratio=0.5)
    with pytest.raises(ModelBuildError) as caught:
        build(strict)
    assert f"top-1 agreement {artefact.accuracy.top1_agreement:.3f}" in caught.value.what
    assert "required top-1 agreement >= 1 and perplexity ratio <= 0.5" in caught.value.what


def test_a_ready_made_onnx_folder_is_taken_with_the_same_manifest(
    artefact: Artifact, tmp_path: Path
) -> None:
    said: list[str] = []
    adopted = build(
        BuildRequest(source=f"file:{artefact.path}", quantization="int4", cache=tmp_path),
        said.append,
    )
    assert adopted.accuracy is None
    assert "no unquantised source: accuracy is not measured" in said
    assert (adopted.path / "model.onnx").read_bytes() == (artefact.path / "model.onnx").read_bytes()
    assert not list((tmp_path / "work").iterdir())


def test_an_onnx_folder_that_onnx_runtime_cannot_run_is_refused(
    artefact: Artifact, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for path in artefact.path.iterdir():
        if path.name != "model.onnx":
            (folder / path.name).symlink_to(path)
    (folder / "model.onnx").write_bytes(b"no graph")
    request = BuildRequest(source=f"file:{folder}", quantization="int4", cache=tmp_path / "cache")
    with pytest.raises(ModelBuildError, match=r"Protobuf|InvalidProtobuf|parsing") as caught:
        build(request)
    log = Path(caught.value.fix.rpartition("log: ")[2].rstrip(")"))
    assert "Traceback" in log.read_text()
    assert not (tmp_path / "cache" / "models").exists()
