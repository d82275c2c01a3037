"""vLLM on the CPU in bf16: `MODEL_DIR THREADS`. All prompts of a request in one batch."""

from __future__ import annotations

import os
import sys

from benchmarks.peers.protocol import Generate, answer_requests

CONTEXT_TOKENS = 2048


def main(model_dir: str, threads: int) -> None:
    # Read when vLLM is imported.
    os.environ |= {
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": str(threads),
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "VLLM_ENABLE_V1_MULTIPROCESSING": "0",
    }

    def load() -> Generate:
        from vllm import LLM, SamplingParams

        model = LLM(model_dir, dtype="bfloat16", max_model_len=CONTEXT_TOKENS, enforce_eager=True)

        def generate(prompts: list[str], tokens: int) -> list[list[int]]:
            wanted = SamplingParams(temperature=0, max_tokens=tokens, ignore_eos=True)
            answers = model.generate(prompts, wanted, use_tqdm=False)
            return [list(answer.outputs[0].token_ids) for answer in answers]

        return generate

    answer_requests(load, ("vllm", "torch"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
