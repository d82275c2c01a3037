"""How each quantisation is made for each device: arguments of the genai model builder."""

from __future__ import annotations

from dataclasses import dataclass

from images.onnx.model.errors import ModelBuildError


@dataclass(frozen=True)
class Recipe:
    """One way to make an artefact; part of its key."""

    precision: str
    provider: str
    options: tuple[str, ...]
    bytes_per_weight: float
    """Of the finished artefact, embeddings included; for the disk check."""
    row_head: bool = False
    """Rewrite the builder's 8-bit head for the integer GEMM (`worker/row_head.py`)."""


# Logits only for the last token: a prompt's other rows are never read, and at 2,048 tokens and a
# vocabulary of 49,152 they would take 400 MB and a fifth of the prefill time.
_LAST_LOGITS = "prune_lm_head=true"

RECIPES: dict[tuple[str, str], Recipe] = {
    ("fp32", "cpu"): Recipe("fp32", "cpu", (_LAST_LOGITS,), 4.0),
    # 8-bit weights in blocks of 32, activations quantised to int8 on the fly (accuracy level 4).
    ("int8", "cpu"): Recipe(
        "int8", "cpu", (_LAST_LOGITS, "block_size=32", "accuracy_level=4"), 2.2
    ),
    # 4-bit k-quants; the head and the layers that suffer most keep 8 bits. SmolLM2-135M at the same
    # speed: top-1 0.765, perplexity ratio 1.17; plain 4-bit rounding has 0.673 and 1.30.
    ("int4", "cpu"): Recipe(
        "int4",
        "cpu",
        (_LAST_LOGITS, "block_size=32", "accuracy_level=4", "algo_config=k_quant_mixed"),
        1.0,
        row_head=True,
    ),
}


def recipe_for(quantization: str, device: str) -> Recipe:
    """The recipe; raises ModelBuildError where the device cannot run the quantisation."""
    recipe = RECIPES.get((quantization, device))
    if recipe is None:
        possible = ", ".join(name for name, on in RECIPES if on == device) or "none"
        raise ModelBuildError(
            f"quantization {quantization!r} does not run on device {device!r}: ONNX Runtime has "
            "no kernels for it there",
            f"choose one of {possible}",
        )
    return recipe
