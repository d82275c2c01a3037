"""Continuous batching over rows that a wrong move would garble."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from images.onnx.server.generation import Generation
from images.onnx.server.sampling import Sampling
from images.onnx.server.scheduler import Scheduler
from tests.support.fake_runner import END, FakeRunner, LetterCodec


def request(prompt: list[int], max_tokens: int, stop: tuple[str, ...] = ()) -> Generation:
    return Generation(prompt=prompt, max_tokens=max_tokens, sampling=Sampling(0), stop=stop)


def history(row: list[int]) -> int:
    """Depends on every earlier token, so a lost or foreign one changes all that follow."""
    return 1 + sum(at * token for at, token in enumerate(row, 1)) % 500


def run(scheduler: Scheduler, texts: dict[Generation, str]) -> dict[Generation, str | None]:
    """Step until idle; collects texts and the reasons of the end."""
    reasons: dict[Generation, str | None] = {}
    while not scheduler.idle:
        for generation, text, reason in scheduler.step():
            texts[generation] = texts.get(generation, "") + text
            if reason:
                assert generation not in reasons, "an answer ended twice"
                reasons[generation] = reason
    return reasons


def alone(generation: Generation) -> str:
    row = list(generation.prompt)
    for _ in range(generation.max_tokens):
        row.append(history(row))
    return "".join(map(chr, row[len(generation.prompt) :]))


REQUEST = st.tuples(
    st.lists(st.integers(1, 511), min_size=1, max_size=40),
    st.integers(1, 30),
    st.integers(0, 15),
    st.sampled_from([None, None, 3, 8]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(REQUEST, min_size=1, max_size=12), st.integers(1, 5), st.integers(1, 50))
def test_every_answer_in_a_changing_batch_is_the_answer_it_would_get_alone(
    requests: list[tuple[list[int], int, int, int | None]], rows: int, prefill_tokens: int
) -> None:
    runner = FakeRunner(rows, next_token=history)
    scheduler = Scheduler(runner, LetterCodec(), prefill_tokens)
    texts: dict[Generation, str] = {}
    pending = [(arrival, request(p, m), cancel) for p, m, arrival, cancel in requests]
    cancels: dict[Generation, int] = {}
    step = 0
    while pending or not scheduler.idle:
        for _, generation, cancel in [p for p in pending if p[0] <= step]:
            scheduler.add(generation)
            if cancel is not None:
                cancels[generation] = step + cancel
        pending = [p for p in pending if p[0] > step]
        for generation, at in cancels.items():
            generation.cancelled = at <= step
        for generation, text, _ in scheduler.step():
            texts[generation] = texts.get(generation, "") + text
        assert scheduler.load().running <= rows
        step += 1
    for generation, text in texts.items():
        expected = alone(generation)
        assert expected.startswith(text)
        assert text == expected or generation.cancelled


def test_a_request_arriving_in_mid_batch_starts_within_two_decode_steps() -> None:
    runner = FakeRunner(4)
    scheduler = Scheduler(runner, LetterCodec(), prefill_tokens=8)
    for first in (10, 20, 30):
        scheduler.add(request([first], 100))
    for _ in range(5):
        scheduler.step()
    late = request([50] * 8, 5)
    scheduler.add(late)
    runner.steps.clear()
    while not any(output.generation is late and output.text for output in scheduler.step()):
        pass
    assert runner.steps.count("prefill") == 1
    assert runner.steps.count("decode") <= 2


def test_a_long_prompt_leaves_a_decode_step_between_its_chunks() -> None:
    runner = FakeRunner(2)
    scheduler = Scheduler(runner, LetterCodec(), prefill_tokens=8)
    scheduler.add(request([10], 100))
    scheduler.step()
    scheduler.add(request([50] * 32, 1))
    runner.steps.clear()
    for _ in range(8):
        scheduler.step()
    assert runner.steps == ["decode", "prefill"] * 4


def test_short_prompts_that_wait_together_share_one_step() -> None:
    runner = FakeRunner(8)
    scheduler = Scheduler(runner, LetterCodec(), prefill_tokens=64)
    for first in range(1, 9):
        scheduler.add(request([first] * 8, 10))
    assert len(scheduler.step()) == 8
    assert runner.steps == ["prefill"] * 8


def test_a_cancelled_request_frees_its_row_within_a_step() -> None:
    scheduler = Scheduler(FakeRunner(1), LetterCodec())
    running, waiting = request([10], 100), request([20], 3)
    scheduler.add(running)
    scheduler.add(waiting)
    scheduler.step()
    running.cancelled = True
    outputs = scheduler.step()
    assert (outputs[0].generation, outputs[0].finish_reason) == (running, "abort")
    assert any(o.generation is waiting and o.text for o in outputs)


def test_an_answer_ends_at_the_models_end_token_without_showing_it() -> None:
    scheduler = Scheduler(
        FakeRunner(1, next_token=lambda row: [65, 66, END][len(row) - 1]), LetterCodec()
    )
    generation = request([1], 100)
    scheduler.add(generation)
    texts: dict[Generation, str] = {}
    assert run(scheduler, texts) == {generation: "stop"}
    assert texts[generation] == "AB"
    assert generation.completion_tokens == 3


def test_a_stop_string_ends_the_answer_and_is_not_shown() -> None:
    scheduler = Scheduler(FakeRunner(1), LetterCodec())
    generation = request([64], 100, stop=("DE", "Z"))
    scheduler.add(generation)
    texts: dict[Generation, str] = {}
    assert run(scheduler, texts) == {generation: "stop"}
    assert texts[generation] == "ABC"


def test_an_answer_that_reaches_its_limit_ends_with_length() -> None:
    scheduler = Scheduler(FakeRunner(1), LetterCodec())
    generation = request([64], 3)
    scheduler.add(generation)
    texts: dict[Generation, str] = {}
    assert run(scheduler, texts) == {generation: "length"}
    assert texts[generation] == "ABC"


def test_kv_usage_is_the_share_of_positions_in_use() -> None:
    scheduler = Scheduler(FakeRunner(2, max_context=100), LetterCodec())
    scheduler.add(request([10] * 20, 50))
    scheduler.step()
    load = scheduler.load()
    assert (load.running, load.waiting, load.kv_usage) == (1, 0, 20 / 200)
