"""Run a finished artefact and compare it with what its source predicted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.worker.onnx_scores import score_artifact
from images.onnx.model.worker.prompts import load_prompts, token_matrix
from images.onnx.model.worker.protocol import serve
from images.onnx.model.worker.scores import Scores


def check(arguments: dict[str, Any], progress: Callable[[str], None]) -> dict[str, Any]:
    """Figures of the comparison; nothing where there is no reference, only a run of the model."""
    artifact = Path(arguments["artifact"])
    reference = Path(arguments["reference"])
    if reference.exists():
        return compare(Scores.load(reference), artifact)
    progress("no unquantised source: accuracy is not measured")
    prompts = load_prompts(Path(arguments["prompts"]))
    tokens = token_matrix(artifact / "tokenizer.json", prompts)[:8]
    if not np.isfinite(score_artifact(artifact, tokens).loss).all():
        raise ModelBuildError(
            "the model answers with numbers that are not finite",
            "convert it again from its source, in fp32 first",
        )
    return {}


def compare(reference: Scores, artifact: Path) -> dict[str, Any]:
    """Top-1 agreement and perplexities over the reference's tokens."""
    scores = score_artifact(artifact, np.array(reference.tokens, dtype=np.int64))
    expected = np.array(reference.top1)
    return {
        "prompts": len(reference.tokens),
        "predictions": int(expected.size),
        "top1_agreement": float((np.array(scores.top1) == expected).mean()),
        "perplexity": float(np.exp(np.mean(scores.loss))),
        "reference_perplexity": float(np.exp(np.mean(reference.loss))),
    }


if __name__ == "__main__":
    serve(check)
