"""Every scanner of pipelines finds what is wrong, and reads all there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bootstrap.errors import ToolError
from tools.scan import pipelines
from tools.scan.exceptions import MOST, excepted

_BAD = """\
name: Bad
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: echo ${{ github.event.pull_request.title }}
      - run: echo ${{ github.nothing }}
    timeout-minute: 3
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    file = tmp_path_factory.mktemp("workflows") / "bad.yml"
    file.write_text(_BAD)
    return {finding.check for finding in pipelines.of_github([file])}


def test_zizmor_finds_what_a_stranger_could_use(found: set[str]) -> None:
    assert found >= {
        f"zizmor:{name}:bad.yml"
        for name in (
            "artipacked",
            "dangerous-triggers",
            "excessive-permissions",
            "template-injection",
            "unpinned-uses",
        )
    }


def test_actionlint_finds_what_github_would_refuse_or_take_for_nothing(found: set[str]) -> None:
    assert found >= {"actionlint:expression", "actionlint:syntax-check"}


def test_the_schemas_of_both_hosts_refuse_a_key_that_is_none(
    found: set[str], tmp_path: Path
) -> None:
    assert "schema:vendor.github-workflows" in found
    file = tmp_path / "gitlab.yml"
    file.write_text("a: {script: [make], rulez: []}\n")
    (finding,) = pipelines.of_gitlab(file)
    assert "rulez" in finding.what


def test_a_file_that_nobody_can_read_is_not_taken_for_a_clean_one(tmp_path: Path) -> None:
    file = tmp_path / "broken.yml"
    file.write_text("a: [\n")
    with pytest.raises(ToolError):
        pipelines.of_github([file])
    with pytest.raises(ToolError):
        pipelines.of_gitlab(file)


def test_an_exception_is_of_one_file_and_there_are_few() -> None:
    kept = excepted(pipelines.EXCEPTIONS)
    assert len(kept) <= MOST
    assert all(check.endswith(".yml") for check in kept)
