"""The real artefact passes the catalog's thresholds; with one damaged layer it does not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from images.onnx.model.artifact import open_artifact
from images.onnx.model.convert import check
from images.onnx.model.environment import ensure_environment
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.gate import require_accuracy
from planning.catalog.load import load_catalog
from tests.support.converted_model import converted_model

CORRUPT = Path(__file__).parents[1] / "support" / "corrupt_layer.py"
LAYER = 15


@pytest.fixture(scope="module")
def artefact() -> Path:
    """SmolLM2-135M in 4 bits, made by the product's own pipeline."""
    return converted_model("int4")


def test_the_catalogs_thresholds_accept_the_finished_artefact(artefact: Path) -> None:
    finished = open_artifact(artefact, cached=True)
    assert finished is not None
    assert finished.accuracy is not None
    assert finished.accuracy.prompts >= 64
    facts = load_catalog().quantizations["int4"].value
    require_accuracy(
        finished.accuracy,
        min_top1_agreement=facts.min_top1_agreement,
        max_perplexity_ratio=facts.max_perplexity_ratio,
        name="SmolLM2-135M",
    )


def test_one_corrupted_layer_of_thirty_fails_the_gate_with_figures(
    artefact: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(artefact, damaged)
    program = [str(CORRUPT), str(damaged), str(LAYER)]
    subprocess.run([str(ensure_environment(print)), *program], check=True, timeout=120)

    accuracy = check(damaged, log=tmp_path / "log", progress=print)

    assert accuracy is not None
    facts = load_catalog().quantizations["int4"].value
    with pytest.raises(ModelBuildError, match=r"too far from its unquantised source: top-1"):
        require_accuracy(
            accuracy,
            min_top1_agreement=facts.min_top1_agreement,
            max_perplexity_ratio=facts.max_perplexity_ratio,
            name="SmolLM2-135M",
        )
