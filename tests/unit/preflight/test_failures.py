"""Every way to fail, at every question: "could not check", never a pass and never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.preflight import Needs
from operations.preflight.asking import Reason
from operations.preflight.report import Finding, Report
from planning.problems import SEVERITIES, Problem
from tests.support.fake_aws import FakeAws
from tests.support.fake_aws import Refusal as AwsRefusal
from tests.support.fake_hub_api import FakeHubApi
from tests.support.fake_hub_api import Refusal as HubRefusal
from tests.support.http_failures import Failure
from tests.support.preflight_world import (
    CALM,
    HASTY,
    check,
    endpoint,
    finding,
    model,
    pool,
    run_instances,
)

# A malformed answer is read as one, or the connection as broken: both say that there was none.
EVERYWHERE: dict[Failure, tuple[Reason, ...]] = {
    "stall": ("timeout",),
    "close": ("network",),
    "cut": ("network", "malformed"),
    "garbage": ("malformed",),
    "empty": ("malformed",),
    "foreign": ("malformed",),
    "server-error": ("server-error", "malformed"),
}
AWS: dict[Failure | AwsRefusal, tuple[Reason, ...]] = {
    **EVERYWHERE,
    "throttled": ("throttled",),
    "denied": ("denied",),
    "expired": ("denied",),
}
HUB: dict[Failure | HubRefusal, tuple[Reason, ...]] = {
    **EVERYWHERE,
    "throttled": ("throttled",),
    "denied": ("denied",),
    "not-accepted": ("denied",),
}
QUOTA_ACTIONS = (
    "GetServiceQuota",
    "GetAWSDefaultServiceQuota",
    "DescribeInstances",
    "DescribeInstanceTypes",
    "DescribeCapacityReservations",
)


@pytest.mark.parametrize("failure", AWS)
def test_aws_at_every_call_of_the_quota_check(aws: FakeAws, failure: Failure | AwsRefusal) -> None:
    run_instances(aws, "g5g.xlarge")
    for action in QUOTA_ACTIONS:
        if action == "GetAWSDefaultServiceQuota":
            aws.quotas.clear()
        aws.failures = {action: failure}
        found = finding(check(pool(), HASTY if failure == "stall" else CALM), "aws-quota")
        assert found.outcome == "unchecked", action
        assert found.reason in AWS[failure], action
        if action == "GetAWSDefaultServiceQuota":
            aws.quotas["L-DB2E81BA"] = 64.0


@pytest.mark.parametrize("failure", AWS)
def test_aws_at_open_spot_requests_and_offerings(
    aws: FakeAws, failure: Failure | AwsRefusal
) -> None:
    actions = ("DescribeSpotInstanceRequests", "DescribeInstanceTypeOfferings")
    aws.failures = dict.fromkeys(actions, failure)
    report = check(pool(capacity="spot"), HASTY if failure == "stall" else CALM)
    assert [found.outcome for found in report.findings] == ["unchecked", "unchecked"]
    assert all(found.reason in AWS[failure] for found in report.findings)
    assert report.exit_code == 3
    assert {aws.asked[action] for action in actions} == {
        HASTY.attempts if failure in ("stall", "throttled") else 1
    }


@pytest.mark.parametrize("failure", HUB)
@pytest.mark.parametrize("route", ["whoami", "auth-check", "model", "hardware"])
def test_the_hub_at_every_route(hub: FakeHubApi, route: str, failure: Failure | HubRefusal) -> None:
    hub.failures = {route: failure}
    both = Needs(models=model().models, endpoints=endpoint().endpoints)
    report = check(both, HASTY if failure == "stall" else CALM)
    failed = {
        "whoami": ("hub-token",),
        "auth-check": ("hub-model", "hub-weights"),
        "model": ("hub-model", "hub-weights"),
        "hardware": ("endpoint-hardware", "endpoint-quota"),
    }[route]
    if (route, failure) == ("whoami", "not-accepted"):  # the one refusal that is an answer
        assert [problem.code for problem in report.problems] == ["token-refused"]
        return
    if route == "auth-check" and failure in ("garbage", "empty", "foreign"):
        failed = ()  # its answer is the status; a portal's document fails at the next route
    for found in report.findings:
        assert found.outcome == ("unchecked" if found.check in failed else "ok"), found
        assert found.reason is None or found.reason in HUB[failure]
    assert report.exit_code == (3 if failed else 0)
    assert hub.asked[route] == (HASTY.attempts if failure in ("stall", "throttled") else 1)


@pytest.mark.parametrize("failure", HUB)
def test_the_hub_at_the_stacks_own_endpoint(hub: FakeHubApi, failure: Failure | HubRefusal) -> None:
    hub.failures = {"endpoint": failure}
    report = check(endpoint(4), HASTY if failure == "stall" else CALM)
    assert finding(report, "endpoint-quota").reason in HUB[failure]


def test_nothing_there_to_ask(
    aws: FakeAws, hub: FakeHubApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    report = check(Needs(pools=pool().pools, models=model().models))
    assert {found.reason for found in report.findings} == {"network"}


def test_throttling_that_passes_is_waited_for(aws: FakeAws, hub: FakeHubApi) -> None:
    aws.failures = {"GetServiceQuota": "throttled", "DescribeInstances": "throttled"}
    hub.failures = {"whoami": "throttled", "model": "throttled"}
    aws.fail_first = hub.fail_first = 2
    assert check(Needs(pools=pool().pools, models=model().models)).exit_code == 0
    assert aws.asked["GetServiceQuota"] == CALM.attempts
    assert hub.asked["model"] == CALM.attempts


def test_only_throttling_and_timeouts_are_asked_again(aws: FakeAws, hub: FakeHubApi) -> None:
    aws.failures = {"GetServiceQuota": "denied", "DescribeInstanceTypeOfferings": "server-error"}
    hub.failures = {"whoami": "denied", "model": "garbage"}
    check(Needs(pools=pool().pools, models=model().models))
    assert aws.asked["GetServiceQuota"] == aws.asked["DescribeInstanceTypeOfferings"] == 1
    assert hub.asked["whoami"] == hub.asked["model"] == 1


FINDINGS = st.builds(
    Finding,
    check=st.just("any"),
    subject=st.just("any"),
    said=st.just("any"),
    problems=st.lists(
        st.builds(
            Problem,
            path=st.just("any"),
            code=st.just("any"),
            got=st.just("any"),
            allowed=st.just("any"),
            fixes=st.just(()),
            severity=st.sampled_from(SEVERITIES),
        ),
        max_size=2,
    ).map(tuple),
    reason=st.sampled_from(["throttled", "denied", None]),
    skipped=st.booleans(),
)


@given(st.lists(FINDINGS, max_size=5).map(tuple))
def test_no_report_passes_with_a_question_open(findings: tuple[Finding, ...]) -> None:
    report = Report(findings)
    assert (report.exit_code == 0) == all(
        found.reason is None and not any(p.severity == "error" for p in found.problems)
        for found in findings
    )
    assert {found.outcome for found in findings if found.reason} <= {"unchecked"}
