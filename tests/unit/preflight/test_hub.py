"""Models, tokens and endpoint hardware against a hub on loopback, by the real client."""

from __future__ import annotations

import pytest

from tests.support.fake_hub_api import FakeHubApi, compute
from tests.support.preflight_world import HF_TOKEN, check, endpoint, finding, model

GB = 10**9


def test_a_model_that_can_be_read_is_ok_with_its_licence_and_size(hub: FakeHubApi) -> None:
    hub.files = {"model-00001-of-00002.safetensors": 5 * GB, "model-00002-of-00002.safetensors": GB}
    report = check(model(weight_bytes=6 * GB))
    assert finding(report, "hub-token").said == "of ada"
    assert finding(report, "hub-model").said == "not gated, licence apache-2.0"
    weights = finding(report, "hub-weights")
    assert weights.said == "6.00 GB in 2 safetensors files, +0.0% against the plan's 6.00 GB"
    assert report.exit_code == 0
    assert hub.tokens == {f"Bearer {HF_TOKEN}"}


def test_a_gated_model_is_ok_for_a_token_with_access(hub: FakeHubApi) -> None:
    hub.gated = "manual"
    said = finding(check(model()), "hub-model").said
    assert said == "gated (manual), this token may read it, licence apache-2.0"


def test_a_gated_model_without_access_is_a_problem_that_says_where_to_ask(hub: FakeHubApi) -> None:
    hub.refused["auth-check"] = "GatedRepo"
    report = check(model())
    (problem,) = report.problems
    assert (problem.code, report.exit_code) == ("gated", 1)
    assert problem.got == "acme/tiny, gated, this token has no access"
    assert "https://huggingface.co/acme/tiny" in problem.fixes[0]
    assert finding(report, "hub-weights").outcome == "skipped"


def test_a_missing_model_may_be_private_and_the_problem_says_to_whom(
    hub: FakeHubApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.refused["auth-check"] = "RepoNotFound"
    (problem,) = check(model()).problems
    assert (problem.code, problem.got) == (
        "not-on-hub",
        "acme/tiny, not there, or private to this token",
    )
    monkeypatch.delenv("HF_TOKEN")
    (problem,) = check(model()).problems
    assert problem.got.endswith("private to a reader without token")


def test_a_revision_that_is_gone_is_a_problem(hub: FakeHubApi) -> None:
    hub.refused["model"] = "RevisionNotFound"
    (problem,) = check(model()).problems
    assert problem.code == "no-such-revision"


def test_an_answer_about_another_revision_is_none(hub: FakeHubApi) -> None:
    hub.revision = "f" * 40
    report = check(model())
    assert finding(report, "hub-model").reason == "malformed"
    assert finding(report, "hub-weights").reason == "malformed"


def test_a_model_without_licence_is_a_warning(hub: FakeHubApi) -> None:
    hub.licence = None
    report = check(model())
    assert finding(report, "hub-model").outcome == "warning"
    assert [problem.code for problem in report.problems] == ["licence-not-stated"]
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("size", "outcome"), [(971, "ok"), (1029, "ok"), (969, "warning"), (1031, "warning")]
)
def test_a_size_off_by_more_than_three_percent_is_a_warning(
    hub: FakeHubApi, size: int, outcome: str
) -> None:
    hub.files = {"model.safetensors": size}
    assert finding(check(model(weight_bytes=1000)), "hub-weights").outcome == outcome


def test_weights_that_a_repository_holds_twice_are_counted_once(hub: FakeHubApi) -> None:
    hub.files = {
        "consolidated.safetensors": 1000,
        "model-00001-of-00001.safetensors": 1000,
        "original/model.safetensors": 1000,
        "pytorch_model.bin": 1000,
    }
    assert finding(check(model()), "hub-weights").outcome == "ok"


def test_a_checkpoint_of_another_name_counts_whole(hub: FakeHubApi) -> None:
    hub.files = {"gptq_model-4bit-128g.safetensors": 1000}
    assert finding(check(model()), "hub-weights").outcome == "ok"


def test_an_unknown_size_is_not_compared_and_says_so(hub: FakeHubApi) -> None:
    found = finding(check(model(weight_bytes=None)), "hub-weights")
    assert found.said.endswith("not compared: the plan does not know the size")


def test_a_list_without_sizes_could_not_be_checked(hub: FakeHubApi) -> None:
    hub.files = {"model.safetensors": None}
    assert finding(check(model()), "hub-weights").reason == "malformed"


@pytest.mark.parametrize(
    ("file", "code"), [("pytorch_model.bin", "pickle-only"), ("model.gguf", "no-safetensors")]
)
def test_a_repository_without_safetensors_is_refused(hub: FakeHubApi, file: str, code: str) -> None:
    hub.files = {file: 1000, "config.json": 10}
    report = check(model())
    assert [problem.code for problem in report.problems] == [code]
    assert report.exit_code == 1


def test_without_a_token_a_public_model_is_read_as_anybody(
    hub: FakeHubApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    report = check(model())
    assert finding(report, "hub-token").outcome == "skipped"
    assert report.exit_code == 0
    assert hub.tokens == {None}


def test_a_token_that_the_hub_does_not_know_is_a_problem(hub: FakeHubApi) -> None:
    hub.failures["whoami"] = "not-accepted"
    (problem,) = check(model()).problems
    assert problem.code == "token-refused"


def test_hardware_with_room_in_the_quota_is_ok(hub: FakeHubApi) -> None:
    report = check(endpoint())
    assert finding(report, "endpoint-hardware").said == "available"
    assert finding(report, "endpoint-quota").said == "quota 4, 2 in use, 2 needed (2 × 1)"
    assert report.exit_code == 0


def test_a_quota_that_is_too_low_counts_accelerators_and_not_replicas(hub: FakeHubApi) -> None:
    hub.computes = [compute(size="x4", accelerators=4, limit=8, used=2)]
    (problem,) = check(endpoint(hardware="aws/nvidia-l4/x4")).problems
    assert problem.code == "quota-too-low"
    assert "quota 8, 2 in use, 8 needed (2 × 4)" in problem.got


def test_what_the_stacks_own_endpoint_holds_is_not_taken_for_somebody_elses(
    hub: FakeHubApi,
) -> None:
    hub.endpoints["chat"] = {
        "compute": {
            "instanceType": "nvidia-l4",
            "instanceSize": "x1",
            "scaling": {"minReplica": 1, "maxReplica": 2},
        },
        "provider": {"vendor": "aws", "region": "us-east-1"},
        "model": {"repository": "acme/tiny", "framework": "custom", "revision": "x", "task": "y"},
        "name": "chat",
        "type": "public",
        "healthRoute": "/health",
        "status": {
            "state": "running",
            "createdAt": "2026-01-01T00:00:00Z",
            "updatedAt": "2026-01-01T00:00:00Z",
        },
    }
    quota = finding(check(endpoint(4)), "endpoint-quota")
    assert (quota.outcome, quota.reason) == ("unchecked", "not-known-here")
    assert "endpoint chat holds up to 2 of them" in quota.said
    assert finding(check(endpoint(5)), "endpoint-quota").outcome == "problem"
    assert finding(check(endpoint(4, name="other")), "endpoint-quota").outcome == "problem"


@pytest.mark.parametrize("status", ["not_available", "reserved", "deprecated"])
def test_hardware_that_must_not_be_planned_on_is_a_problem(hub: FakeHubApi, status: str) -> None:
    hub.computes = [compute(status=status, limit=4, used=0)]
    assert [problem.code for problem in check(endpoint()).problems] == ["hardware-unavailable"]


def test_scarce_hardware_is_a_warning_and_a_new_status_could_not_be_judged(
    hub: FakeHubApi,
) -> None:
    hub.computes = [compute(status="low_availability", limit=4, used=0)]
    assert finding(check(endpoint()), "endpoint-hardware").outcome == "warning"
    hub.computes = [compute(status="maybe", limit=4, used=0)]
    assert finding(check(endpoint()), "endpoint-hardware").reason == "not-known-here"


def test_hardware_that_is_not_listed_names_what_is(hub: FakeHubApi) -> None:
    report = check(endpoint(hardware="aws/nvidia-h100/x8"))
    (problem,) = report.problems
    assert problem.code == "hardware-not-listed"
    assert problem.allowed == "hardware that is listed: in us-east-1: aws/nvidia-l4/x1"
    assert finding(report, "endpoint-quota").outcome == "skipped"


def test_a_plan_that_leaves_the_region_open_is_held_against_the_best(hub: FakeHubApi) -> None:
    hub.computes = [compute(status="reserved", limit=9, used=0)]
    hub.elsewhere = [compute(status="low_availability", limit=2, used=0)]
    report = check(endpoint(region=None))
    found = finding(report, "endpoint-hardware")
    assert (found.subject, found.outcome) == ("aws/nvidia-l4/x1 in eu-west-1", "warning")
    assert finding(report, "endpoint-quota").outcome == "ok"
    assert check(endpoint()).exit_code == 1
    (problem,) = check(endpoint(hardware="aws/none/x1", region=None)).problems
    assert problem.allowed == "hardware that is listed: in all regions: aws/nvidia-l4/x1"


def test_an_endpoint_without_a_token_is_a_problem_and_its_quota_unchecked(
    hub: FakeHubApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    report = check(endpoint())
    assert [problem.code for problem in report.problems] == ["no-token"]
    assert finding(report, "endpoint-quota").reason == "no-credentials"
    assert not hub.asked


def test_an_empty_list_of_hardware_is_no_answer(hub: FakeHubApi) -> None:
    hub.computes = []
    assert finding(check(endpoint()), "endpoint-hardware").reason == "malformed"
