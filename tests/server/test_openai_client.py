"""The real model behind the real server, asked by OpenAI's own client."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openai
import pytest

from tests.support.server_process import MODEL, ONNX, ServerProcess, server

COUNTRIES = ("France", "Italy", "Spain", "Japan", "Egypt", "Peru", "Norway", "Kenya")
QUESTION = [{"role": "user", "content": "What is the capital of France?"}]


@pytest.fixture(scope="module")
def running(model_dir: Path) -> Iterator[ServerProcess]:
    with server(
        ONNX, model_dir=model_dir, max_context=512, max_concurrent=8, max_queue=8
    ) as process:
        yield process


@pytest.fixture
def client(running: ServerProcess) -> openai.OpenAI:
    return running.openai()


def ask(client: openai.OpenAI, **options: object) -> str:
    answer = client.chat.completions.create(
        **{"model": MODEL, "messages": QUESTION, "max_tokens": 24, "temperature": 0, **options}
    )
    return answer.choices[0].message.content


def test_chat_answers_the_question(client: openai.OpenAI) -> None:
    assert "Paris" in ask(client)


def test_streamed_pieces_join_to_the_whole_answer_with_usage(client: openai.OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model=MODEL,
            messages=QUESTION,
            max_tokens=24,
            temperature=0,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert chunks[0].choices[0].delta.role == "assistant"
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == ask(client)
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] in ("stop", "length")
    assert chunks[-1].usage is not None
    assert 0 < chunks[-1].usage.completion_tokens <= 24
    assert len({chunk.id for chunk in chunks}) == 1


def test_eight_parallel_streams_answer_as_they_do_alone(client: openai.OpenAI) -> None:
    prompts = [f"The capital of {country} is" for country in COUNTRIES]

    def complete(prompt: str) -> str:
        stream = client.completions.create(
            model=MODEL, prompt=prompt, max_tokens=24, temperature=0, stream=True
        )
        return "".join(chunk.choices[0].text for chunk in stream)

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(complete, prompts))
    alone = [complete(prompt) for prompt in prompts]
    assert len(set(together)) == 8
    # int4 kernels round differently for one row and for several, so a near tie may fall the
    # other way; token-exactness is shown by test_ort_runner.
    assert sum(a[:12] == b[:12] for a, b in zip(alone, together, strict=True)) >= 6


def test_a_seed_repeats_a_sampled_answer_and_another_changes_it(client: openai.OpenAI) -> None:
    one, two, other = (ask(client, temperature=1.2, top_p=0.95, seed=s) for s in (5, 5, 6))
    assert one == two != other


def test_a_stop_string_ends_the_answer_before_it(client: openai.OpenAI) -> None:
    whole = ask(client)
    assert "Paris" in whole
    assert ask(client, stop=" is Paris") == whole[: whole.index(" is Paris")]


def test_an_unsupported_parameter_is_refused_by_name(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, logit_bias={"5": 1})
    assert refused.value.param == "logit_bias"
    assert refused.value.code == "unknown_parameter"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("n", 2),
        ("temperature", 2.5),
        ("top_p", 0),
        ("presence_penalty", 0.5),
        ("logprobs", True),
        ("max_tokens", 0),
        ("stop", ["a"] * 5),
        ("messages", []),
    ],
)
def test_a_value_that_is_not_supported_names_its_field(
    client: openai.OpenAI, field: str, value: object
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, **{field: value})
    assert refused.value.param == field
    assert field in refused.value.message


def test_another_model_is_not_found(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        ask(client, model="other")
    assert refused.value.code == "model_not_found"


def test_a_prompt_beyond_the_context_is_refused_with_the_numbers(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, messages=[{"role": "user", "content": "word " * 600}])
    assert refused.value.code == "context_length_exceeded"
    assert "512" in refused.value.message


def test_a_cancelled_stream_frees_its_row(running: ServerProcess, client: openai.OpenAI) -> None:
    stream = client.completions.create(
        model=MODEL, prompt="Once", max_tokens=500, stream=True, extra_body={"ignore_eos": True}
    )
    next(iter(stream))
    stream.close()
    running.wait_until(
        lambda: running.metric("vllm:request_success_total", finished_reason="abort") > 0,
        "the cancelled request to leave the batch",
    )


def test_models_lists_the_served_model_and_its_context(client: openai.OpenAI) -> None:
    (model,) = client.models.list().data
    assert (model.id, model.owned_by) == (MODEL, "slipway")
    assert client.models.retrieve(MODEL).id == MODEL
