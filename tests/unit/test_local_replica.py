"""A replica under a real supervisord, without Pulumi."""

from __future__ import annotations

import pytest

from providers.local import endpoints
from providers.local.programs import Programs
from providers.local.replica import Replica
from providers.plugin.session import OperationError
from tests.support.local_run import a_session, local_run, replica_inputs


def test_a_create_adopts_the_process_that_a_lost_run_started() -> None:
    with local_run() as run:
        inputs = replica_inputs(run)
        first = Replica().create("r", inputs, a_session())
        pid = Programs(run).states()[first["program"]].pid
        assert Replica().create("r", inputs, a_session()) == first
        assert Programs(run).states()[first["program"]].pid == pid


def test_an_update_that_cannot_start_tells_why_and_leaves_the_old_one_in_service() -> None:
    with local_run() as run:
        state = Replica().create("r", replica_inputs(run), a_session())
        broken = replica_inputs(run, arguments=["--no-such-option"])
        with pytest.raises(OperationError, match=r"(?s)again and again.*required: --model-dir"):
            Replica().update("r", state, broken, a_session())
        assert list(Programs(run).states()) == [state["program"]] == endpoints.everyone(run)
        assert Replica().diff("r", state, replica_inputs(run)).changes == {}


def test_a_changed_argument_is_the_diff_and_a_stopped_process_is_drift() -> None:
    with local_run() as run:
        inputs = replica_inputs(run)
        state = Replica().create("r", inputs, a_session())
        newer = {**inputs, "revision": "2"}
        assert Replica().diff("r", state, newer).changes == {"revision": "update"}
        Programs(run).remove(state["program"], a_session())
        assert Replica().drift("r", state) == {"running": "update"}


def test_a_delete_of_what_is_gone_succeeds() -> None:
    with local_run() as run:
        state = Replica().create("r", replica_inputs(run), a_session())
        Replica().delete("r", state, a_session())
        Replica().delete("r", state, a_session())
        assert (Programs(run).states(), endpoints.everyone(run)) == ({}, [])
