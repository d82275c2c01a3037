"""Who may do what in the pipelines: a stranger's code gets nothing, and nothing moves by itself."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
import yaml

from tests.support.pipelines import GITLAB, WORKFLOWS, steps, workflow, workflows
from tools.bootstrap.paths import ROOT
from tools.ci import __main__ as commands
from tools.ci.comment import __main__ as comment
from tools.ci.stacks import OF_ALL

PINS = yaml.safe_load((ROOT / "tools/ci/actions.yaml").read_text())
ALL = workflows()
JOBS = [(f"{name}/{job}", body) for name, one in ALL.items() for job, body in one["jobs"].items()]
SECRET = re.compile(r"\$\{\{[^}]*\bsecrets\b")


def test_every_action_is_a_row_with_its_commit_version_source_and_day() -> None:
    rows = {f"{row['action']}@{row['sha']} # {row['version']}" for row in PINS}
    texts = [path.read_text() for path in WORKFLOWS.glob("*.yml")]
    used = {one.strip() for text in texts for one in re.findall(r"uses: (.*)", text)}
    assert used == rows
    for row in PINS:
        assert re.fullmatch(r"[0-9a-f]{40}", row["sha"])
        assert row["source"].endswith(f"/{row['version']}")
        assert row["date"] <= datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize("name", ["checks", "plan"])
def test_a_job_that_runs_a_strangers_code_holds_nothing(name: str) -> None:
    job = workflow("pull-request")["jobs"][name]
    assert job["permissions"] == {"contents": "read"}
    assert not SECRET.search(yaml.safe_dump(job))
    assert "environment" not in job
    assert [one["uses"] for one in job["steps"] if "aws" in one.get("uses", "")] == []


def test_credentials_are_for_pull_requests_of_this_repository_alone() -> None:
    pull_request = workflow("pull-request")
    assert list(pull_request["on"]) == ["pull_request"]
    trusting = {
        name: job
        for name, job in pull_request["jobs"].items()
        if job["permissions"] != {"contents": "read"}
    }
    assert list(trusting) == ["preview"]
    same = "github.event.pull_request.head.repo.full_name == github.repository"
    assert same in trusting["preview"]["if"].split(" && ")[1]
    assert "||" not in trusting["preview"]["if"]
    assert trusting["preview"]["permissions"] == {"contents": "read", "id-token": "write"}


def test_what_may_write_starts_nothing_of_the_change() -> None:
    job = workflow("comment")["jobs"]["comment"]
    checkout, download, write = job["steps"]
    assert set(checkout["with"]) == {"persist-credentials"}  # no ref: the main branch
    assert download["with"]["path"].startswith("${{ runner.temp }}")  # never over the checkout
    assert write["run"] == 'python3 -m tools.ci.comment pull-request "$RUNNER_TEMP/comment"'
    assert job["permissions"]["pull-requests"] == "write"


def test_no_trigger_runs_a_strangers_code_with_rights() -> None:
    assert [name for name, one in ALL.items() if "pull_request_target" in one["on"]] == []
    assert [name for name, one in ALL.items() if "workflow_run" in one["on"]] == ["comment"]


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_rights_are_a_jobs_own_and_it_ends(name: str, job: dict[str, Any]) -> None:
    assert ALL[name.partition("/")[0]]["permissions"] == {}
    assert set(job["permissions"]) <= {
        "contents", "id-token", "pull-requests", "issues", "actions"
    }  # fmt: skip
    assert job["permissions"]["contents"] == "read"
    assert job["timeout-minutes"]
    assert job["runs-on"] == "ubuntu-24.04"


def test_no_command_holds_an_expression_and_no_checkout_keeps_its_token() -> None:
    for where, _, step in steps():
        assert "${{" not in step.get("run", ""), where
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False, where


def test_commands_are_ours_and_thin() -> None:
    ours = re.compile(r"make check|(\.venv/bin/python|python3) -m tools\.(bootstrap|ci)")
    beside = re.compile(r'echo "\$NUMBER" > \S+|cat \S+ >> "\$GITHUB_STEP_SUMMARY"')
    for where, _, step in steps():
        if "run" in step:
            assert "\n" not in step["run"].strip(), where
            assert ours.match(step["run"]) or beside.fullmatch(step["run"]), step["run"]


def test_every_command_that_a_pipeline_calls_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [path.read_text() for path in (*WORKFLOWS.glob("*.yml"), GITLAB)]
    for module, main in (("tools.ci", commands.main), ("tools.ci.comment", comment.main)):
        pattern = re.compile(rf"-m {re.escape(module)} ([a-z-]+)")
        called = {one for text in texts for one in pattern.findall(text)}
        with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr("sys.argv", [module, "--help"])
            main()
        shown = capsys.readouterr().out
        assert called
        assert [one for one in called if not re.search(rf"\b{one}\b", shown)] == []


@pytest.mark.parametrize(
    ("name", "job"),
    [one for one in JOBS if re.match(r"deploy/(?!stacks)|destroy", one[0])],
)
def test_what_changes_a_stack_is_alone_approved_and_not_cut_off(
    name: str, job: dict[str, Any]
) -> None:
    stack = job["env"]["STACK"]
    assert job["environment"] == stack, name
    assert job["concurrency"] == {"group": f"slipway-{stack}", "cancel-in-progress": False}


def test_images_go_from_dev_to_staging_to_prod() -> None:
    jobs = workflow("deploy")["jobs"]
    assert [(name, job["env"]["AFTER"]) for name, job in list(jobs.items())[1:]] == [
        ("dev", ""), ("staging", "dev"), ("prod", "staging")
    ]  # fmt: skip
    for name in ("staging", "prod"):
        assert jobs[name]["if"].startswith("${{ !failure() && !cancelled() &&")
        assert jobs[name]["env"]["AFTER"] in jobs[name]["needs"]
    assert jobs["prod"]["steps"] == jobs["staging"]["steps"] == jobs["dev"]["steps"]


def test_a_merge_deploys_by_the_paths_that_make_stacks() -> None:
    paths = workflow("deploy")["on"]["push"]["paths"]
    for path in paths:
        named = path.removeprefix("!").replace("**", "x.py").replace("*", ".dev")
        ours = bool(OF_ALL.fullmatch(named)) or named == "Pulumi.dev.yaml"
        assert ours != path.startswith("!"), path
    folders = re.findall(r"(\w+)(?=[|)])", OF_ALL.pattern.partition("|(")[2])
    assert set(folders) <= {path.partition("/")[0].strip('"') for path in paths}


def test_gitlab_gives_roles_and_tokens_to_its_own_branches_alone() -> None:
    jobs = {k: v for k, v in yaml.safe_load(GITLAB.read_text()).items() if isinstance(v, dict)}
    own = "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID"
    for name in ("preview", "comment"):
        (rule,) = jobs[name]["rules"]
        assert own in rule["if"]
        assert "||" not in rule["if"]
    for name in ("plan", "cost"):
        assert jobs[name]["extends"] == ".change"
    assert "id_tokens" not in jobs[".change"] | jobs[".ours"]
    for name in ("dev", "staging", "prod"):
        assert jobs[name]["resource_group"] == f"slipway-{name}"
        assert jobs[name]["environment"]["name"] == name
    assert [jobs[name]["rules"][0].get("when") for name in ("staging", "prod", "destroy")] == [
        "manual"
    ] * 3
