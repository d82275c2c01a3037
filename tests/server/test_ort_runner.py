"""The shared KV cache against ONNX Runtime's plain way: whole past in, whole present out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
from numpy.typing import NDArray

from images.onnx.server.model_files import read_model_config
from images.onnx.server.ort_runner import OrtRunner

STEPS = 12
CLOSE = 3.0
"""int4 kernels round differently for one row and for several: logits differ by up to 1, while a
wrong cache position moves them by 20 and more."""


@pytest.fixture(scope="module")
def runner(model_dir: Path) -> OrtRunner:
    config = read_model_config(model_dir)
    return OrtRunner(config.graph, config, rows=4, max_context=128, threads=2)


class PlainModel:
    """No binding, no sharing: every step gives a new present that is the next step's past."""

    def __init__(self, model_dir: Path):
        config = read_model_config(model_dir)
        self._session = ort.InferenceSession(str(config.graph), providers=["CPUExecutionProvider"])
        self._names = [f"{n}.{part}" for n in range(config.layers) for part in ("key", "value")]
        empty = np.zeros((1, config.kv_heads, 0, config.head_size), np.float32)
        self._empty = {f"past_key_values.{name}": empty for name in self._names}

    def follow(self, prompt: list[int], answer: list[int]) -> list[NDArray[np.float32]]:
        """Logits after the prompt and after each token of the answer."""
        past, seen, logits = dict(self._empty), 0, []
        for tokens in (prompt, *([token] for token in answer)):
            seen += len(tokens)
            outputs = self._session.run(
                ["logits", *(f"present.{name}" for name in self._names)],
                {
                    "input_ids": np.array([tokens]),
                    "attention_mask": np.ones((1, seen), np.int64),
                    **past,
                },
            )
            past = dict(zip(self._empty, outputs[1:], strict=True))
            logits.append(outputs[0][0, -1])
        return logits


@pytest.fixture(scope="module")
def plain(model_dir: Path) -> PlainModel:
    return PlainModel(model_dir)


def greedy(runner: OrtRunner, row: int, prompt: list[int]) -> list[NDArray[np.float32]]:
    """Logits of the prompt and of STEPS greedy tokens, decoding the one row alone."""
    assert row == 0
    logits = [runner.prefill(row, prompt, 0).copy()]
    for length in range(len(prompt), len(prompt) + STEPS):
        token = logits[-1].argmax(keepdims=True)
        logits.append(runner.decode(token, np.array([length]))[0].copy())
    return logits


def test_one_row_is_exact_to_the_bit(runner: OrtRunner, plain: PlainModel) -> None:
    prompt = list(range(10, 50))
    shared = greedy(runner, 0, prompt)
    expected = plain.follow(prompt, [int(step.argmax()) for step in shared[:-1]])
    assert all(np.array_equal(a, b) for a, b in zip(shared, expected, strict=True))


def test_rows_of_different_lengths_decode_together_as_they_do_alone(
    runner: OrtRunner, plain: PlainModel
) -> None:
    prompts = [list(range(10, 10 + size)) for size in (5, 70, 17, 2)]
    last = [runner.prefill(row, prompt, 0).copy() for row, prompt in enumerate(prompts)]
    lengths = np.array([len(prompt) for prompt in prompts])
    batched = [np.stack(last)]
    for _ in range(STEPS):
        batched.append(runner.decode(batched[-1].argmax(axis=1), lengths).copy())
        lengths += 1
    for row, prompt in enumerate(prompts):
        answer = [int(step[row].argmax()) for step in batched[:-1]]
        for step, expected in zip(batched, plain.follow(prompt, answer), strict=True):
            assert np.abs(step[row] - expected).max() < CLOSE


def test_a_prompt_in_chunks_gives_the_logits_of_the_prompt_at_once(runner: OrtRunner) -> None:
    prompt = list(range(100, 160))
    whole = runner.prefill(1, prompt, 0).copy()
    runner.prefill(1, prompt[:13], 0)
    runner.prefill(1, prompt[13:40], 13)
    assert np.array_equal(runner.prefill(1, prompt[40:], 40), whole)


def test_a_moved_row_goes_on_as_if_it_had_not_moved(runner: OrtRunner) -> None:
    prompt = list(range(200, 230))
    expected = greedy(runner, 0, prompt)[1]
    token = runner.prefill(3, prompt, 0).argmax(keepdims=True)
    runner.prefill(0, list(range(300, 400)), 0)
    runner.move(3, 0, len(prompt))
    assert np.array_equal(runner.decode(token, np.array([len(prompt)]))[0], expected)
