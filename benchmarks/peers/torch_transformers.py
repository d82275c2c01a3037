"""transformers in bf16 on the CPU: `MODEL_DIR THREADS`, a folder in Hugging Face's form."""

from __future__ import annotations

import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from benchmarks.peers.protocol import Generate, answer_requests


def main(model_dir: str, threads: int) -> None:
    def load() -> Generate:
        torch.set_num_threads(threads)
        tokenizer = AutoTokenizer.from_pretrained(model_dir)
        model = AutoModelForCausalLM.from_pretrained(model_dir, dtype=torch.bfloat16).eval()

        def generate(prompts: list[str], tokens: int) -> list[list[int]]:
            """Greedy, one prompt after the other, exactly `tokens` new tokens each."""
            made: list[list[int]] = []
            for prompt in prompts:
                encoded = tokenizer(prompt, return_tensors="pt")
                with torch.inference_mode():
                    ids = model.generate(
                        **encoded, do_sample=False, min_new_tokens=tokens, max_new_tokens=tokens
                    )
                new = ids[0, encoded["input_ids"].shape[1] :]
                tokenizer.decode(new)
                made.append(new.tolist())
            return made

        return generate

    answer_requests(load, ("transformers", "torch"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
