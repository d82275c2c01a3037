"""What is built once: not twice, whole or not at all, and going on after an interruption."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.bootstrap.errors import ToolError
from tools.bootstrap.kept import Kept
from tools.bootstrap.kept_build import built


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return Kept(room="room", version="1", pins=[], programs=["program"])


def test_a_built_program_is_not_built_again_and_leaves_no_caches(kept: Kept) -> None:
    folder = built(kept, "it", 0, build)
    assert built(kept, "it", 0, refuse) == folder
    assert sorted(path.name for path in kept.home.iterdir()) == ["bin"]


def test_an_interrupted_build_keeps_its_caches_and_shows_no_program(kept: Kept) -> None:
    def interrupted(folder: Path, work: Path) -> None:
        build(folder, work)
        raise ToolError("interrupted")

    with pytest.raises(ToolError, match="interrupted"):
        built(kept, "it", 0, interrupted)
    assert kept.complete() is None
    seen: list[str] = []
    built(kept, "it", 0, seeing(seen))
    assert seen == ["compiled"]


def test_too_little_disk_is_said_before_the_build_starts(kept: Kept) -> None:
    with pytest.raises(ToolError, match=r"building it \(once\) needs 1000000\.0 GB free"):
        built(kept, "it", 1e6, refuse)


def build(folder: Path, work: Path) -> None:
    work.mkdir(exist_ok=True)
    (work / "compiled").touch()
    (folder / "program").touch()


def refuse(folder: Path, work: Path) -> None:
    raise AssertionError("built again")


def seeing(names: list[str]) -> Callable[[Path, Path], None]:
    def look(folder: Path, work: Path) -> None:
        names.extend(path.name for path in work.iterdir())
        build(folder, work)

    return look
