"""Which stacks a change affects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.throw_away import STAGING, ThrowAway
from tools.bootstrap.errors import ToolError
from tools.ci import git, stacks


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    return ThrowAway(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def repository(made: ThrowAway, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThrowAway]:
    monkeypatch.setattr(git, "ROOT", made.folder)
    monkeypatch.setattr(stacks, "ROOT", made.folder)
    monkeypatch.delenv("BASE", raising=False)
    yield made
    made.reset()


def test_a_change_of_one_file_affects_its_stack_and_one_of_the_program_all(
    repository: ThrowAway,
) -> None:
    repository.edit("Pulumi.staging.yaml", "1..2", "1..3")
    repository.commit("one")
    assert _affected() == ["staging"]
    repository.edit("planning/month.py", '"""', '""" ')
    repository.commit("all")
    assert _affected() == ["dev", "staging"]


@pytest.mark.parametrize("name", ["docs/note.md", "stacks/presets/note.yaml", "tests/note.py"])
def test_what_no_stack_is_made_of_affects_none(repository: ThrowAway, name: str) -> None:
    repository.write(name, "")
    repository.commit("a note")
    assert _affected() == []


def test_commits_of_main_since_then_are_not_the_changes(repository: ThrowAway) -> None:
    repository.write("Pulumi.prod.yaml", STAGING)
    repository.commit("new")
    repository.git("switch", "--quiet", "main")
    repository.edit("Pulumi.staging.yaml", "1..2", "1..3")
    repository.commit("main goes on")
    repository.git("switch", "--quiet", "change")
    try:
        assert _affected() == ["prod"]
    finally:
        repository.git("branch", "--quiet", "--force", "main", repository.base)


def test_a_removed_file_is_a_stack_that_is_told_of(repository: ThrowAway) -> None:
    (repository.folder / "Pulumi.staging.yaml").unlink()
    repository.commit("gone")
    found = stacks.change([], None)
    assert (found.files, found.removed) == ((), ("staging",))


def test_a_local_stack_is_planned_and_not_deployed(repository: ThrowAway) -> None:
    found = stacks.every()
    assert [found.name(file) for file in found.files] == ["dev", "staging"]
    assert [found.name(file) for file in stacks.deployed(found)] == ["staging"]


def test_a_stack_without_a_file_is_refused_with_those_there_are(repository: ThrowAway) -> None:
    for name in ("prod", "../staging"):
        with pytest.raises(ToolError, match="There are: dev, staging"):
            stacks.change([name], None)


def test_a_base_that_is_not_here_is_no_base_that_is_empty(repository: ThrowAway) -> None:
    with pytest.raises(ToolError, match="fetch-depth: 0"):
        stacks.change([], "0123456789" * 4)


def test_without_git_everything_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (git, stacks):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "Pulumi.dev.yaml").write_text(STAGING)
    found = stacks.change([], None)
    assert (found.base, found.files) == (None, (Path("Pulumi.dev.yaml"),))


def _affected() -> list[str]:
    found = stacks.change([], None)
    return [found.name(file) for file in found.files]
