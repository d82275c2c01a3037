"""What the client says of an answer is what the server did; what fails is counted as failed.

Times are compared with the server's own stamps (one clock for the whole machine), so only their
order is asserted: a slow machine cannot make these fail.
"""

from __future__ import annotations

import pytest
import uvloop

from benchmarks.load.client.answer import Answer
from benchmarks.load.client.client import Target
from benchmarks.load.client.request import Request, body
from benchmarks.load.run import send
from tests.support.free_port import free_port
from tests.support.mock_server import Mock

TTFT, ITL = 0.030, 0.010


def asked(
    base_url: str,
    count: int,
    *,
    model: str = "mock",
    tokens: int = 4,
    usage_per_event: bool = False,
    keys: tuple[str, ...] = (),
    give_up_after: float = 60,
) -> list[Answer]:
    """Answers to `count` requests, 5 ms apart."""
    data = body(model, "Count.", tokens, ignore_eos=True, usage_per_event=usage_per_event)
    requests = [Request(0.005 * number, tokens, data) for number in range(count)]
    target = Target(base_url=base_url, keys=keys)
    return uvloop.run(send(target, requests, give_up_after)).answers


def test_every_stamp_lies_between_what_the_server_wrote_and_the_next(mock: Mock) -> None:
    answers = sorted(asked(mock.base_url, 40), key=lambda answer: answer.sent)
    truths = mock.log()
    assert len(answers) == len(truths) == 40
    assert all(answer.ok for answer in answers), [answer.error for answer in answers]
    came = sorted(truth["came"] for truth in truths)
    assert all(a.sent <= moment for a, moment in zip(answers, came, strict=True))
    writes = sorted(truth["writes"][0] for truth in truths)
    firsts = sorted(answer.stamps[0][0] for answer in answers)
    assert all(first >= write for first, write in zip(firsts, writes, strict=True))


def test_no_request_waits_for_the_answer_of_another(mock: Mock) -> None:
    answers = asked(mock.base_url, 40, tokens=20)
    assert [answer.due for answer in answers] == sorted(answer.due for answer in answers)
    assert all(answer.lag >= 0 for answer in answers)
    # 40 requests in 0.2 s, each answered for 0.22 s: a client that waited would have sent one.
    before_the_first_end = sum(a.due < min(b.ended for b in answers) for a in answers)
    assert before_the_first_end > 10


def test_times_are_never_shorter_than_the_delays(mock: Mock) -> None:
    for answer in asked(mock.base_url, 20, tokens=6):
        assert answer.ttft >= TTFT
        assert answer.e2e >= TTFT + 5 * ITL
        assert answer.tokens == 6 and len(answer.stamps) == 6
        assert answer.mean_gap == pytest.approx((answer.e2e - answer.ttft) / 5)


def test_connections_are_used_again_and_all_keys_take_turns(mock: Mock) -> None:
    asked(mock.base_url, 9, keys=("one", "two", "100%"))
    used = [truth["authorization"] for truth in mock.log()]
    assert sorted(used) == ["Bearer 100%"] * 3 + ["Bearer one"] * 3 + ["Bearer two"] * 3


def test_tokens_are_the_servers_count_where_an_event_has_several(mock: Mock) -> None:
    [answer] = asked(mock.base_url, 1, model="grouped", tokens=6)
    assert (answer.tokens, [tokens for _, tokens in answer.stamps]) == (6, [1, 1, 1])
    [counted] = asked(mock.base_url, 1, model="grouped", tokens=6, usage_per_event=True)
    assert (counted.tokens, [tokens for _, tokens in counted.stamps]) == (6, [2, 2, 2])


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("refuse", "status 429: "),
        ("cut", "the connection was lost"),
        ("error", "error in the stream: "),
        ("short", "the stream ended before [DONE]"),
    ],
)
def test_what_is_no_whole_answer_has_failed_and_says_why(
    mock: Mock, model: str, reason: str
) -> None:
    for answer in asked(mock.base_url, 3, model=model):
        assert not answer.ok
        assert (answer.error or "").startswith(reason)


def test_an_answer_that_never_ends_is_given_up(mock: Mock) -> None:
    [answer] = asked(mock.base_url, 1, tokens=1_000_000, give_up_after=0.3)
    assert answer.error == "no end within 0.3 s of the last request"
    assert answer.stamps, "what came until then is kept"


def test_where_nobody_listens_every_request_fails() -> None:
    answers = asked(f"http://127.0.0.1:{free_port()}/v1", 3)
    assert all((answer.error or "").startswith("no connection: ") for answer in answers)
