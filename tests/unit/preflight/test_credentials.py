"""Missing credentials are said, and no credential ever is."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from pathlib import Path

import boto3
import pytest
from rich.console import Console

from operations.preflight import Needs
from operations.preflight.aws.account import AwsAccount
from operations.preflight.show import print_report
from tests.support.fake_aws import FakeAws
from tests.support.fake_hub_api import FakeHubApi
from tests.support.preflight_world import CALM, SECRETS, check, endpoint, model, pool

ALL = Needs(pools=pool().pools, models=model().models, endpoints=endpoint().endpoints)
_REAL_SESSION = boto3.Session


def test_no_aws_credentials(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "Session", _REAL_SESSION)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name)
    report = check(pool())
    assert {found.reason for found in report.findings} == {"no-credentials"}
    assert report.exit_code == 3
    assert not aws.asked


def test_a_profile_that_does_not_exist(aws: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "Session", _REAL_SESSION)
    monkeypatch.setenv("AWS_PROFILE", "absent")
    report = check(pool())
    assert {found.reason for found in report.findings} == {"no-credentials"}


@pytest.mark.parametrize("library", ["boto3", "huggingface_hub"])
def test_a_library_that_is_not_installed(
    aws: FakeAws, hub: FakeHubApi, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    report = check(pool() if library == "boto3" else endpoint())
    assert {found.reason for found in report.findings} == {"not-installed"}
    assert "uv sync --group online" in report.findings[0].said


def test_offline_mode_of_the_hub(hub: FakeHubApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    report = check(model())
    assert {found.reason for found in report.findings} == {"network"}
    assert not hub.asked


def test_a_defect_of_a_check_is_said_by_its_kind_alone(
    aws: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(SECRETS[0])

    monkeypatch.setattr(AwsAccount, "quotas", broken)
    found = check(pool()).findings[0]
    assert (found.reason, found.said) == ("unexpected", "RuntimeError in this check")


@pytest.mark.parametrize("failure", [None, "throttled", "denied", "foreign", "garbage", "cut"])
def test_no_secret_is_in_any_output(
    aws: FakeAws,
    hub: FakeHubApi,
    failure: str | None,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "huggingface_hub")
    raised: list[str] = []
    monkeypatch.setattr(
        "operations.preflight.asking.random.uniform",
        lambda *_: raised.append(traceback.format_exc()) or 0.0,
    )
    if failure:
        for action in ("GetServiceQuota", "DescribeInstanceTypeOfferings"):
            aws.failures[action] = failure  # pyright: ignore
        for route in ("whoami", "auth-check", "model", "hardware"):
            hub.failures[route] = failure  # pyright: ignore
    report = check(ALL)
    shown = tmp_path / "shown"
    with shown.open("w") as stream:
        print_report(report, Console(file=stream, width=200), origin="Pulumi.prod.yaml")
    said = [
        shown.read_text(),
        json.dumps(report.document()),
        repr(report),
        caplog.text,
        *capfd.readouterr(),
    ]
    assert "aws-quota" in said[0]
    for secret in SECRETS:
        assert not any(secret in text for text in said)
    assert (report.exit_code == 0) == (failure is None)


def test_what_is_raised_keeps_no_trace_of_what_a_server_quoted(aws: FakeAws) -> None:
    from operations.preflight.asking import NoAnswerError

    aws.failures["GetServiceQuota"] = "denied"
    account = AwsAccount(CALM)
    client = account.quotas("us-east-1")
    with pytest.raises(NoAnswerError) as caught:
        account.ask(
            lambda: client.get_service_quota(ServiceCode="ec2", QuotaCode="L-DB2E81BA"), "x:Y"
        )
    text = "".join(traceback.format_exception(caught.value))
    assert "denied: the credentials may not x:Y" in text
    assert not any(secret in text for secret in SECRETS)
