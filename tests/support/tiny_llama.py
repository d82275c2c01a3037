"""A llama of 200,000 random weights with its own tokenizer: real files, converted in seconds.

Run as a program in the conversion environment it writes the folder; imported it finds it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

PROMPTS = Path(__file__).parents[2] / "images" / "onnx" / "model" / "prompts.txt"


@cache
def tiny_llama() -> Path:
    """A safetensors folder, made once per machine and content; nobody may change it."""
    from images.onnx.model.environment import ensure_environment
    from images.onnx.model.locks import exclusive
    from images.onnx.model.request import default_cache
    from images.onnx.model.workspace import publish, scratch

    key = sha256(Path(__file__).read_bytes() + PROMPTS.read_bytes()).hexdigest()[:16]
    root = default_cache()
    target = root / "test-models" / f"tiny-llama-{key}"
    if not target.exists():
        python = ensure_environment(_say)
        with (
            exclusive(root / "locks" / target.name, _say, "making the tiny test model"),
            scratch(root / "work", target.name) as folder,
        ):
            if not target.exists():
                made = folder / "model"
                subprocess.run([str(python), __file__, str(made)], check=True)
                publish(made, target)
    return target


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _make(folder: Path) -> None:
    import torch
    from tokenizers import ByteLevelBPETokenizer
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer: Any = ByteLevelBPETokenizer()
    tokenizer.train([str(PROMPTS)], vocab_size=1000, special_tokens=["<s>", "</s>"])
    wrapped: Any = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>"
    )
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(wrapped),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=1,
    )
    model: Any = LlamaForCausalLM(config)
    model.save_pretrained(folder)
    wrapped.save_pretrained(folder)


if __name__ == "__main__":
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    _make(Path(sys.argv[1]))
