"""Bare onnxruntime-genai: `MODEL_DIR THREADS`. One prompt, or a static batch of several."""

from __future__ import annotations

import json
import sys

import onnxruntime_genai as og

from benchmarks.peers.protocol import Generate, answer_requests


def main(model_dir: str, threads: int) -> None:
    def load() -> Generate:
        config = og.Config(model_dir)
        options = {"intra_op_num_threads": threads}
        config.overlay(json.dumps({"model": {"decoder": {"session_options": options}}}))
        model = og.Model(config)
        tokenizer = og.Tokenizer(model)
        return lambda prompts, tokens: _generate(model, tokenizer, prompts, tokens)

    answer_requests(load, ("onnxruntime-genai", "onnxruntime"))


def _generate(
    model: og.Model, tokenizer: og.Tokenizer, prompts: list[str], tokens: int
) -> list[list[int]]:
    """Greedy; text in, text out, each token detokenised as it comes, as the server must."""
    encoded = tokenizer.encode_batch(prompts).as_numpy()
    width = encoded.shape[1]
    params = og.GeneratorParams(model)
    params.set_search_options(do_sample=False, batch_size=len(prompts), max_length=width + tokens)
    generator = og.Generator(model, params)
    generator.append_tokens(encoded)
    streams = [tokenizer.create_stream() for _ in prompts]
    made: list[list[int]] = [[] for _ in prompts]
    while not generator.is_done():
        generator.generate_next_token()
        for row, token in enumerate(generator.get_next_tokens()):
            streams[row].decode(token)
            made[row].append(int(token))
    return made


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
