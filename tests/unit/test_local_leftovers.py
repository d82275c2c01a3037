"""Which processes recovery ends, and which it must not touch."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from operations.leftovers import leftovers
from providers.local import processes
from tests.support.ask import eventually

SLEEP = "import time; time.sleep(60)"


def test_a_language_host_without_its_pulumi_is_found_in_its_own_project_alone(
    tmp_path: Path,
) -> None:
    mine, others = tmp_path / "mine", tmp_path / "others"
    mine.mkdir()
    others.mkdir()
    with (
        _process("pulumi-language-python-exec", mine) as left,
        _process("pulumi.run.plugin", others),
    ):
        eventually(lambda: leftovers(mine), "the process shows up")
        assert [process.pid for process in leftovers(mine)] == [left]


def test_an_ordinary_program_in_the_projects_folder_is_nobodys_leftover(tmp_path: Path) -> None:
    with _process("my-editor", tmp_path), _process("providers/local/plugin.py", tmp_path):
        assert leftovers(tmp_path) == []


def test_our_plugin_without_its_engine_is_found(tmp_path: Path) -> None:
    with _process(f"{tmp_path}/providers/local 127.0.0.1:40000", tmp_path) as left:
        eventually(lambda: leftovers(tmp_path), "the process shows up")
        assert [process.pid for process in leftovers(tmp_path)] == [left]


def test_a_language_host_works_in_the_programs_own_folder(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\nmain: program\n")
    with _process("pulumi-language-python 127.0.0.1:40000", program) as left:
        eventually(lambda: leftovers(tmp_path), "the process shows up")
        assert [process.pid for process in leftovers(tmp_path)] == [left]


def test_ending_a_process_waits_until_it_is_gone(tmp_path: Path) -> None:
    with _process("pulumi-language-python-exec", tmp_path) as pid:
        processes.end([pid], grace_seconds=5)
        assert not processes.alive(pid)


@contextmanager
def _process(word: str, folder: Path) -> Generator[int]:
    process = subprocess.Popen([sys.executable, "-c", SLEEP, word], cwd=folder)
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()
