"""The one comment and the one issue, against what answers as GitHub's and GitLab's APIs do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_hosts import BOT, SOMEBODY, Host, host
from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.ci.comment import __main__ as command
from tools.ci.comment import drifted, github
from tools.ci.comment.folder import NUMBER
from tools.ci.comment.text import LONGEST, MARK, cut, joined, tamed

HEAD = "a" * 40
GOLDENS = sorted((ROOT / "tests/golden/cost").glob("*.md"))


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    with host() as found:
        for name, value in {
            "GITHUB_API_URL": found.url,
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_TOKEN": "token",
            "HEAD_SHA": HEAD,
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("GITLAB_CI", raising=False)
        found.heads[7] = HEAD
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NUMBER).write_text("7\n")
    (tmp_path / "1-cost.md").write_text("## Cost\n")
    (tmp_path / "2-preview.md").write_text("## Preview\n")
    return tmp_path


def test_a_comment_is_written_once_and_then_again_whatever_stands_between(
    api: Host, folder: Path
) -> None:
    github.comment(folder)
    for number in range(2, 230):  # more than two pages
        api.comments.append({"id": number, "user": SOMEBODY, "body": "LGTM"})
    api.comments.append(api.comments.pop(0))
    (folder / "1-cost.md").write_text("## Another cost\n")
    github.comment(folder)
    ours = [body for body in api.bodies() if body.startswith(MARK)]
    assert ours == [f"{MARK}\n## Another cost\n\n## Preview\n"]
    assert api.tokens == {"Bearer token"}


def test_somebody_elses_comment_with_our_mark_is_left_alone(api: Host, folder: Path) -> None:
    api.comments.append({"id": 1, "user": SOMEBODY, "body": f"{MARK} not ours"})
    github.comment(folder)
    assert api.bodies()[0] == f"{MARK} not ours"
    assert len(api.comments) == 2


@pytest.mark.parametrize("said", ["8", "7/../8", "", "-7", "７", "7 8", "$(id)"])
def test_a_number_that_is_not_of_the_runs_own_pull_request_is_refused(
    api: Host, folder: Path, said: str
) -> None:
    api.heads[8] = "b" * 40
    (folder / NUMBER).write_text(said)
    with pytest.raises(ToolError, match=r"holds no number|not the head of pull request 8"):
        github.comment(folder)
    assert api.comments == []


def test_a_link_in_an_artifact_leads_to_no_file_of_the_machine(api: Host, folder: Path) -> None:
    (folder / "secret").write_text("hunter2")
    (folder / "3-more.md").symlink_to(folder / "secret")
    github.comment(folder)
    assert "hunter2" not in api.bodies()[0]


def test_an_issue_is_opened_once_written_again_and_closed(
    api: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "prod.md"
    monkeypatch.setattr(sys, "argv", ["comment", "issue", "prod", str(tmp_path)])
    for text in ("one\n", "two\n"):
        report.write_text(text)
        command.main()
    assert [one["title"] for one in api.issues] == ["Drift of the stack prod"]
    assert api.issues[0]["body"] == f"{drifted.mark('prod')}\ntwo\n"
    report.write_text("")
    command.main()
    command.main()
    assert [one["state"] for one in api.issues] == ["closed"]
    assert api.bodies() == [drifted.GONE]
    report.unlink()
    with pytest.raises(FileNotFoundError):
        command.main()


def test_gitlab_gets_one_note_and_one_issue_too(
    api: Host, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "GITLAB_CI": "true",
        "CI_API_V4_URL": api.url,
        "CI_PROJECT_ID": "5",
        "CI_MERGE_REQUEST_IID": "7",
        "SLIPWAY_NOTE_TOKEN": "note",
    }.items():
        monkeypatch.setenv(name, value)
    api.comments.append({"id": 1, "author": SOMEBODY, "body": MARK})
    (folder / "prod.md").write_text("drifted\n")
    for words in (["merge-request", str(folder)], ["issue", "prod", str(folder)]) * 2:
        monkeypatch.setattr(sys, "argv", ["comment", *words])
        command.main()
    assert [one["author"] for one in api.comments] == [SOMEBODY, BOT]
    assert api.comments[1]["path"] == "/projects/5/merge_requests/7/notes"
    assert [one["description"] for one in api.issues] == [f"{drifted.mark('prod')}\ndrifted\n"]
    assert api.tokens == {"note"}


def test_what_a_stranger_writes_can_do_nothing_in_a_browser_or_an_inbox() -> None:
    text = tamed(
        "[pay here](https://evil.example) [a\\\\](//evil.example) ![x](http://evil.example/p.png) "
        "<img src=x> @team #12 <!-- hidden --> [a][b]\n[b]: https://evil.example\nwww.evil.example "
        "<https://evil.example>\u202e <details><summary>s</summary></details>"
    )
    for active in ("](", "][", "]:", "://", "<img", "<!--", "@team", "#12", "www.", "<h", "\u202e"):
        assert active not in text, active
    assert "<details><summary>s</summary></details>" in text


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: path.stem)
def test_our_own_reports_stay_as_they_are(golden: Path) -> None:
    text = golden.read_text()
    assert tamed(text) == text


def test_a_comment_is_never_longer_than_github_takes_and_keeps_what_the_engine_said() -> None:
    rows = "".join(f"| ~ update | `Deployment number-{n}` | 1.00 | +1.00 |\n" for n in range(3000))
    text = joined([f"## Cost\n\n<details><summary>s</summary>\n\n{rows}", "## Preview: 1 update"])
    assert len(text) <= LONGEST
    assert text.endswith("artifact.)\n\n## Preview: 1 update\n")
    assert text.count("<details>") == text.count("</details>") == 1


def test_what_fits_is_not_cut() -> None:
    assert cut("a\nb", 3) == "a\nb"
