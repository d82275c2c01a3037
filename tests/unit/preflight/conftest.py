"""AWS and the hub on loopback, and nothing of the machine's own credentials."""

from __future__ import annotations

import logging
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import boto3
import pytest
from huggingface_hub import constants
from moto.server import ThreadedMotoServer

from tests.support import fake_aws, fake_hub_api
from tests.support.fake_aws import FakeAws
from tests.support.fake_hub_api import FakeHubApi, compute
from tests.support.preflight_world import AWS_SECRET, AWS_SESSION, G_SPOT, HF_TOKEN, STANDARD, G


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """`host:port` of a moto server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def aws(moto: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAws]:
    """An account where nothing runs, with room for 64 vCPUs of each kind."""
    urllib.request.urlopen(f"http://{moto}/moto-api/reset", b"", timeout=60)
    account = FakeAws(moto, quotas={G: 64.0, G_SPOT: 64.0, STANDARD: 64.0})
    with fake_aws.running(account):
        for name, value in {
            "AWS_ENDPOINT_URL": account.url,
            "AWS_ACCESS_KEY_ID": "AKIACANARY",
            "AWS_SECRET_ACCESS_KEY": AWS_SECRET,
            "AWS_SESSION_TOKEN": AWS_SESSION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": str(tmp_path / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("AWS_PROFILE", raising=False)
        monkeypatch.setattr(boto3, "Session", _session)
        yield account


@cache
def _session() -> boto3.Session:
    """One for all tests: it reads EC2's description, a second's work, once."""
    session = _Session()
    assert session.get_credentials() is not None
    return session


_Session = boto3.Session


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHubApi]:
    """A hub with one model, and two of four L4 free."""
    api = FakeHubApi(computes=[compute(limit=4, used=2)])
    with fake_hub_api.running(api):
        monkeypatch.setattr(constants, "ENDPOINT", api.url)
        monkeypatch.setattr(constants, "INFERENCE_ENDPOINTS_ENDPOINT", f"{api.url}/v2")
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
        monkeypatch.setenv("HF_TOKEN", HF_TOKEN)
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        yield api
