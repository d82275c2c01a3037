"""Is the artefact close enough to its source?"""

from __future__ import annotations

from images.onnx.model.artifact import Accuracy
from images.onnx.model.errors import ModelBuildError


def require_accuracy(
    accuracy: Accuracy, *, min_top1_agreement: float, max_perplexity_ratio: float, name: str
) -> None:
    """Refuse an artefact below the thresholds; not-a-number counts as below."""
    agrees = accuracy.top1_agreement >= min_top1_agreement
    fluent = accuracy.perplexity_ratio <= max_perplexity_ratio
    if agrees and fluent:
        return
    raise ModelBuildError(
        f"{name} is too far from its unquantised source: {describe(accuracy)}; required top-1 "
        f"agreement >= {min_top1_agreement:g} and perplexity ratio <= {max_perplexity_ratio:g}",
        "choose a finer quantization (int8, fp32), or set other thresholds for this model if the "
        "loss is acceptable",
    )


def describe(accuracy: Accuracy) -> str:
    """The figures in one line."""
    return (
        f"top-1 agreement {accuracy.top1_agreement:.3f}, perplexity ratio "
        f"{accuracy.perplexity_ratio:.3f} ({accuracy.perplexity:.2f} against "
        f"{accuracy.reference_perplexity:.2f}) over {accuracy.predictions} tokens of "
        f"{accuracy.prompts} prompts"
    )
