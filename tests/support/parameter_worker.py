"""Runs in the conversion environment: counts parameters with transformers, no weights anywhere.

Standard input: {id: config.json}; standard output: {"transformers": version, "counts": {id: …}}.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForImageTextToText

# Published under names of their own, and served by the class that `architectures` names.
SAME_CLASS = {"kimi_k2": "deepseek_v3"}


# Parts of models that see too; plans count the text part and say what they leave out.
NOT_TEXT = ("vision", "visual", "projector")


def count(values: dict[str, Any]) -> int:
    """Parameters of the model class's text part on the meta device, tied ones once."""
    config = AutoConfig.for_model(**renamed(values))
    several = "vision_config" in values or "text_config" in values
    kind = AutoModelForImageTextToText if several else AutoModelForCausalLM
    with torch.device("meta"):
        model = kind.from_config(config)
    model.tie_weights()
    return sum(
        parameter.numel()
        for name, parameter in model.named_parameters()
        if not any(part in name for part in NOT_TEXT)
    )


def renamed(values: dict[str, Any]) -> dict[str, Any]:
    """The configuration as transformers knows it, unquantised."""
    kept = {key: value for key, value in values.items() if key != "quantization_config"}
    if "text_config" in kept:
        kept["text_config"] = renamed(kept["text_config"])
    kept["model_type"] = SAME_CLASS.get(kept["model_type"], kept["model_type"])
    return kept


def main() -> None:
    transformers.logging.set_verbosity_error()
    counts = {}
    for name, values in json.load(sys.stdin).items():
        counts[name] = count(values)
        print(name, counts[name], file=sys.stderr, flush=True)
    json.dump({"transformers": transformers.__version__, "counts": counts}, sys.stdout)


if __name__ == "__main__":
    main()
