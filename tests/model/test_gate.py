"""The accuracy gate's decision, and the key that says which artefact is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from images.onnx.model.artifact import Accuracy
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.gate import require_accuracy
from images.onnx.model.key import artifact_key
from images.onnx.model.recipe import recipe_for

GOOD = Accuracy(
    prompts=76, predictions=2204, top1_agreement=0.9, perplexity=11.0, reference_perplexity=10.0
)


def gate(accuracy: Accuracy) -> None:
    require_accuracy(accuracy, min_top1_agreement=0.85, max_perplexity_ratio=1.2, name="model")


def test_figures_within_the_thresholds_pass() -> None:
    gate(GOOD)


@pytest.mark.parametrize(
    ("accuracy", "figure"),
    [
        (replace(GOOD, top1_agreement=0.84), "top-1 agreement 0.840"),
        (replace(GOOD, perplexity=12.1), "perplexity ratio 1.210"),
        (replace(GOOD, perplexity=float("nan")), "perplexity ratio nan"),
        (replace(GOOD, perplexity=float("inf")), "perplexity ratio inf"),
    ],
)
def test_figures_below_fail_and_are_told_with_the_thresholds(
    accuracy: Accuracy, figure: str
) -> None:
    with pytest.raises(ModelBuildError) as caught:
        gate(accuracy)
    assert figure in caught.value.what
    assert ">= 0.85" in caught.value.what
    assert "<= 1.2" in caught.value.what


def test_the_key_changes_with_everything_that_shapes_the_artefact() -> None:
    int4, int8 = recipe_for("int4", "cpu"), recipe_for("int8", "cpu")
    keys = [
        artifact_key("sha256:a", "int4", "cpu", int4),
        artifact_key("sha256:b", "int4", "cpu", int4),
        artifact_key("sha256:a", "int8", "cpu", int8),
        artifact_key("sha256:a", "int4", "cpu", replace(int4, options=("block_size=16",))),
        artifact_key("sha256:a", "int4", "cpu", None),
    ]
    assert len(set(keys)) == len(keys)
    assert keys[0] == artifact_key("sha256:a", "int4", "cpu", int4)
