"""Versions, free disk and the host: what is refused, and with which words."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tools.bootstrap import disk, host, lock, uv, version
from tools.bootstrap.errors import ToolError


@pytest.mark.parametrize(
    ("text", "expected"),
    [("go version go1.26.8 linux/amd64", (1, 26, 8)), ("v3.259.0", (3, 259, 0)), ("none", None)],
)
def test_versions_are_read_from_what_tools_print(
    text: str, expected: version.Version | None
) -> None:
    assert version.parse(text) == expected


def test_too_little_disk_says_how_much_is_needed_and_there(tmp_path: Path) -> None:
    with pytest.raises(
        ToolError, match=r"(?s)building needs 1000000\.0 GB free at .*XDG_CACHE_HOME"
    ):
        disk.require_free(tmp_path, 1e6, "building")


@pytest.mark.parametrize(("system", "machine"), [("Darwin", "arm64"), ("Linux", "aarch64")])
def test_other_machines_are_told_what_they_get(
    system: str, machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    with pytest.raises(ToolError, match=rf"this is {system} on {machine}.*Linux on x86-64"):
        host.require_local_target()


def test_a_second_builder_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with lock.exclusive(tmp_path / "x.lock", "work"):
            order.append("second")

    with lock.exclusive(tmp_path / "x.lock", "work"):
        other = threading.Thread(target=second)
        other.start()
        other.join(timeout=0.3)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_an_old_uv_on_path_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "bin" / "uv"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho uv 0.1.0\n")
    old.chmod(0o755)
    private = tmp_path / "slipway" / f"uv-{uv.pinned()}" / "uv"
    private.parent.mkdir(parents=True)
    private.touch()
    monkeypatch.setenv("PATH", f"{old.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert uv.ensure_uv() == private


def test_every_tool_starts_with_the_standard_library_alone() -> None:
    modules = "import tools.stack.__main__, tools.suite.__main__, tools.engine.__main__"
    subprocess.run([sys.executable, "-S", "-c", modules], check=True)
