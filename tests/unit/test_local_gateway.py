"""The gateway resource with a real Envoy, without Pulumi."""

from __future__ import annotations

import socket
import ssl
import stat

import httpx2
import pytest

from providers.local.gateway import Gateway
from providers.local.programs import Programs
from providers.local.replica import Replica
from providers.local.run_directory import RunDirectory
from providers.plugin.session import OperationError
from tests.support.local_run import a_session, gateway_values, local_run, replica_inputs


def test_a_change_that_envoy_refuses_says_why_and_leaves_the_gateway_as_it_was() -> None:
    with local_run() as run:
        inputs = _served(run)
        state = Gateway().create("g", inputs, a_session())
        with socket.create_server(("127.0.0.1", 0)) as taken:
            moved = {**inputs, "port": float(taken.getsockname()[1])}
            with pytest.raises(OperationError, match=r"cannot bind .* Address already in use"):
                Gateway().update("g", state, moved, a_session())
        assert httpx2.get(f"http://127.0.0.1:{int(inputs['port'])}/health").status_code == 200
        assert Gateway().diff("g", state, inputs).changes == {}


def test_changes_reach_a_running_envoy_without_a_restart() -> None:
    with local_run() as run:
        inputs = _served(run)
        state = Gateway().create("g", inputs, a_session())
        pid = Programs(run).states()[state["program"]].pid
        keys = {"other": "sk-slipway-fedcba9876543210"}
        newer = {**inputs, "keys": keys, "requestsPerMinute": 100.0}
        changed = Gateway().update("g", state, newer, a_session())
        assert Programs(run).states()[changed["program"]].pid == pid
        url = f"http://127.0.0.1:{int(inputs['port'])}/v1/models"
        answers = {
            name: httpx2.get(url, headers={"Authorization": f"Bearer {key}"}).status_code
            for name, key in {**inputs["keys"], **keys}.items()
        }
        assert answers == {"default": 401, "other": 200}


def test_a_generated_certificate_is_trusted_for_its_host_and_its_key_is_private() -> None:
    with local_run() as run:
        inputs = {**_served(run), "tls": {}}
        state = Gateway().create("g", inputs, a_session())
        trust = ssl.create_default_context(cafile=str(run.gateway / "tls.crt"))
        answer = httpx2.get(f"https://127.0.0.1:{int(inputs['port'])}/health", verify=trust)
        assert answer.status_code == 200
        assert stat.S_IMODE((run.gateway / "tls.key").stat().st_mode) == 0o600
        (run.gateway / "tls.crt").unlink()
        assert Gateway().diff("g", state, inputs).changes == {"certificate": "update"}


def test_an_edited_file_is_drift_and_a_delete_removes_all_keys() -> None:
    with local_run() as run:
        inputs = _served(run)
        state = Gateway().create("g", inputs, a_session())
        (run.gateway / "listeners.json").write_text("{}")
        assert Gateway().drift("g", state) == {"digest": "update"}
        Gateway().delete("g", state, a_session())
        assert [file.name for file in run.gateway.iterdir()] == ["endpoints.json"]


def test_a_key_that_cannot_be_sent_is_refused_without_being_shown() -> None:
    with local_run() as run:
        inputs = gateway_values(run, keys={"ci": "secret words"})
        with pytest.raises(OperationError, match="access key 'ci'") as refused:
            Gateway().create("g", inputs, a_session())
        assert "secret words" not in str(refused.value)


def _served(run: RunDirectory) -> dict[str, object]:
    """A gateway's inputs, with a replica behind it."""
    Replica().create("r", replica_inputs(run), a_session())
    return gateway_values(run)
