"""The commands of the pipelines themselves, run on a throw-away repository with two branches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from tests.support.fake_hosts import Host, host
from tests.support.pipelines import GITLAB, Runner, workflow
from tests.support.throw_away import STAGING, ThrowAway
from tools.ci.comment.text import LONGEST, MARK, NOTHING

COMMENT = "build/ci/comment/1-cost.md"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    return ThrowAway(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def repository(made: ThrowAway) -> Iterator[ThrowAway]:
    yield made
    made.reset()


@pytest.fixture
def api() -> Iterator[Host]:
    with host() as found:
        yield found


def test_the_steps_of_a_pull_request_end_in_the_comment_of_its_change(
    repository: ThrowAway, api: Host, tmp_path: Path
) -> None:
    repository.edit("Pulumi.staging.yaml", "{replicas: 1..2}", "{replicas: 1..4}")
    head = repository.commit("more replicas")
    runner = _runner(repository, tmp_path)
    assert runner.job(workflow("pull-request")["jobs"]["plan"]), runner.printed
    text = repository.read(COMMENT)
    assert text.startswith(
        "<!-- slipway cost: staging -->\n"
        "## Cost of `staging`: at most $2,336.00 a month ($1,168.00 more)\n"
    )
    assert "| **difference** | 0.00 | not known | +1,168.00 |" in text
    changed = "| ~ update | `InferenceEndpoint qwen3-8b` | 584.00 to 2,336.00 | +1,168.00 |"
    assert changed in text.replace("\u00a0", " ")
    assert len(text) <= LONGEST
    assert (tmp_path / "summary").read_text() == text
    _commented(runner, api, head, tmp_path)
    assert text.strip() in api.comments[0]["body"]
    assert api.comments[0]["path"] == "/repos/o/r/issues/7/comments"


def test_gitlabs_commands_end_in_the_same_bytes(repository: ThrowAway, tmp_path: Path) -> None:
    repository.edit("Pulumi.staging.yaml", "{replicas: 1..2}", "{replicas: 1}")
    repository.commit("fewer replicas")
    github, gitlab = _runner(repository, tmp_path), _runner(repository, tmp_path)
    assert github.job(workflow("pull-request")["jobs"]["plan"]), github.printed
    text = repository.read(COMMENT)
    assert "at most $584.00 a month ($584.00 less)" in text
    (repository.folder / COMMENT).unlink()
    _gitlab(gitlab, repository, "plan")
    _gitlab(gitlab, repository, "cost")
    assert gitlab.codes == [0] * len(gitlab.codes), gitlab.printed
    assert repository.read(COMMENT) == text


def test_what_is_refused_fails_the_job_and_is_in_the_comment_beside_the_rest(
    repository: ThrowAway, tmp_path: Path
) -> None:
    repository.edit("Pulumi.staging.yaml", "{replicas: 1..2}", "{replicaz: 2}")
    repository.write("Pulumi.prod.yaml", STAGING)
    repository.commit("a mistake, and a new stack")
    runner = _runner(repository, tmp_path)
    assert not runner.job(workflow("pull-request")["jobs"]["plan"])
    text = repository.read(COMMENT)
    assert "## Cost of `staging`: the stack file is refused" in text
    assert "replicaz" in text
    assert "## Cost of `prod`: at most $" in text
    assert "| +\u00a0create | `InferenceEndpoint\u00a0qwen3-8b`" in text


def test_a_change_over_budget_fails_the_job_after_its_comment(
    repository: ThrowAway, tmp_path: Path
) -> None:
    whole = repository.read("Pulumi.staging.yaml").rstrip()
    repository.write("Pulumi.staging.yaml", f"{whole}\n  slipway:budget: {{monthly: $10}}\n")
    repository.commit("no money")
    runner = _runner(repository, tmp_path)
    assert not runner.job(workflow("pull-request")["jobs"]["plan"])
    assert 3 in runner.codes
    assert "refused: at most $" in repository.read(COMMENT).splitlines()[1]


def test_a_removed_file_is_told_of_with_what_stays(repository: ThrowAway, tmp_path: Path) -> None:
    (repository.folder / "Pulumi.staging.yaml").unlink()
    repository.commit("gone")
    runner = _runner(repository, tmp_path)
    assert runner.job(workflow("pull-request")["jobs"]["plan"]), runner.printed
    assert "## `staging`: its file is removed" in repository.read(COMMENT)


def test_a_change_of_documents_alone_is_worth_no_comment(
    repository: ThrowAway, api: Host, tmp_path: Path
) -> None:
    repository.write("docs/note.md", "A note.\n")
    head = repository.commit("a note")
    runner = _runner(repository, tmp_path)
    assert runner.job(workflow("pull-request")["jobs"]["plan"]), runner.printed
    assert repository.read(COMMENT).strip() == NOTHING
    _commented(runner, api, head, tmp_path)
    assert api.comments == []


def _runner(repository: ThrowAway, folder: Path) -> Runner:
    known = {
        "github.event.pull_request.base.sha": repository.base,
        "github.event.pull_request.number": "7",
        "github.token": "token",
    }
    variables = {"GITHUB_STEP_SUMMARY": str(folder / "summary"), "RUNNER_TEMP": str(folder)}
    return Runner(folder=repository.folder, known=known, variables=variables)


def _commented(runner: Runner, api: Host, head: str, folder: Path) -> None:
    """What comment.yml does with the artifact of that run, twice."""
    (runner.folder / "build/ci/comment").rename(folder / "comment")
    api.heads[7] = head
    runner.known = {**runner.known, "github.event.workflow_run.head_sha": head}
    where = {"GITHUB_API_URL": api.url, "GITHUB_REPOSITORY": "o/r"}
    runner.variables = {**runner.variables, **where}
    for _ in range(2):
        assert runner.job(workflow("comment")["jobs"]["comment"]), runner.printed
    assert [one.startswith(MARK) for one in api.bodies()] == [True] * len(api.comments)
    assert len(api.comments) <= 1


def _gitlab(runner: Runner, repository: ThrowAway, name: str) -> None:
    """By its rules of inheritance: keys of a job stand in place of those that it extends."""
    jobs = yaml.safe_load(GITLAB.read_text())
    job: Mapping[str, list[str]] = jobs[name]
    parents = [jobs[name]]
    while "extends" in parents[-1]:
        parents.append(jobs[parents[-1]["extends"]])
    before = next(one["before_script"] for one in parents if "before_script" in one)
    for line in (*before, *job["script"]):
        runner.command(line, {"BASE": repository.base})
