"""What happens outside Pulumi: crashes mend themselves, the rest is shown and mended by `up`."""

from __future__ import annotations

import os
import signal

from providers.local.programs import Programs
from tests.support.ask import ask, eventually
from tests.support.paced_stack import quiet_session, run_of
from tests.support.pulumi_stack import PulumiStack
from tests.support.stream_load import StreamLoad


def test_a_replica_killed_under_load_comes_back_by_itself(stack: PulumiStack) -> None:
    stack.settle()
    outputs, programs = stack.outputs(), Programs(run_of(stack))
    name, before = _replica(programs, 0), programs.states()[_replica(programs, 0)].pid
    load = StreamLoad(outputs["baseUrl"], outputs["keys"]["default"], "paced", width=20, tokens=40)
    with load:
        os.kill(before, signal.SIGKILL)
        eventually(lambda: programs.states()[name].pid not in (0, before), "a new process")
        eventually(lambda: programs.states()[name].state == "RUNNING", "supervisord is content")
        mended = len(load.streams)
        eventually(lambda: len(load.streams) > mended + load.width, "all streams are new ones")
    assert load.broken, "the killed process was to have streams"
    assert {stream.status for stream in load.broken} == {200}, "cut streams, but none refused"
    assert all(stream.whole(load.tokens) for stream in load.streams[mended:])
    assert stack.up().operations == {}


def test_a_replica_stopped_by_hand_shows_in_refresh_and_up_mends_it(stack: PulumiStack) -> None:
    stack.settle()
    programs = Programs(run_of(stack))
    programs.remove(_replica(programs, 1), quiet_session())
    assert stack.refresh().operations == {"paced-replica-1": "delete"}
    assert stack.up().operations == {"paced-replica-1": "create"}
    assert programs.states()[_replica(programs, 1)].up
    assert ask(stack.outputs()).status_code == 200


def test_up_alone_mends_a_killed_supervisor_and_an_edited_file(stack: PulumiStack) -> None:
    stack.settle()
    run = run_of(stack)
    os.kill(Programs(run).supervisor(), signal.SIGKILL)
    (run.gateway / "routes.json").write_text("{}")
    assert set(stack.up().operations.values()) == {"update"}
    assert ask(stack.outputs()).status_code == 200
    assert stack.up().operations == {}


def _replica(programs: Programs, index: int) -> str:
    prefix = f"paced-replica-{index}."
    return next(name for name in programs.states() if name.startswith(prefix))
