"""Changes under load: no stream is cut and none is refused."""

from __future__ import annotations

from tests.support.paced_stack import paced_stack, spec_of
from tests.support.pulumi_stack import PulumiStack
from tests.support.stream_load import StreamLoad

TOKENS = 32


def test_a_hundred_streams_outlive_scaling_and_new_engine_settings(stack: PulumiStack) -> None:
    spec_of(stack).update(replicas=2, tokensPerSecond=8)
    stack.settle()
    with _load(stack, width=100) as load:
        grown = _changed(stack, replicas=3)
        resettled = _changed(stack, maxQueue=spec_of(stack).get("maxQueue", 64) + 1)
        shrunk = _changed(stack, replicas=2)
    assert len(load.streams) >= 200, "the streams were to follow one another during the changes"
    assert load.broken == []
    assert {len(stream.text.split()) for stream in load.streams} == {TOKENS}
    assert grown == {"paced-replica-2": "create"}
    assert resettled == {f"paced-replica-{index}": "update" for index in range(3)}
    assert shrunk == {"paced-replica-2": "delete"}


def test_without_drain_the_same_change_cuts_streams() -> None:
    with paced_stack(drain=0, replicas=2, tokensPerSecond=8) as stack:
        stack.up()
        with _load(stack, width=30) as load:
            _changed(stack, maxQueue=65)
    cut = [stream for stream in load.streams if stream.status == 200 and not stream.done]
    assert cut, "a server that does not drain was to cut its running streams"
    assert all(not stream.whole(TOKENS) for stream in cut)


def _load(stack: PulumiStack, *, width: int) -> StreamLoad:
    outputs = stack.outputs()
    key = outputs["keys"]["default"]
    return StreamLoad(outputs["baseUrl"], key, "paced", width=width, tokens=TOKENS)


def _changed(stack: PulumiStack, **spec: object) -> dict[str, str]:
    spec_of(stack).update(spec)
    return dict(stack.up().operations)
