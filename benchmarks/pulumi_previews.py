"""Two Pulumi projects to preview, ours and an empty one, each with state of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from benchmarks.context import CannotMeasureError
from benchmarks.environments import keeping_byte_code
from benchmarks.machine import ROOT
from benchmarks.rounds import Figures

STACK = "dev"

_EMPTY = """\
name: empty
runtime:
  name: python
  options: {toolchain: uv, virtualenv: .venv}
"""

# Stands in for the language host's own script and runs it: the program's time is the life of its
# process, which begins when the kernel made it and ends with the last exit handler. Imports are
# what the outermost of them take, by CPU, and the interpreter's own start.
_TIMED = """\
#!/usr/bin/env python
import atexit, os, runpy, time
from importlib import _bootstrap
from pathlib import Path

find, depth, imports = _bootstrap._find_and_load, 0, time.process_time()

def timed(name, import_):
    global depth, imports
    began, depth = time.process_time(), depth + 1
    try:
        return find(name, import_)
    finally:
        depth -= 1
        if depth == 0:
            imports += time.process_time() - began

def note():
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    began = ticks / os.sysconf("SC_CLK_TCK")
    lived = time.clock_gettime(time.CLOCK_BOOTTIME) - began
    Path({note!r}).write_text(f"{{lived}} {{time.process_time()}} {{imports}}")

_bootstrap._find_and_load = timed
atexit.register(note)
runpy.run_path({script!r}, run_name="__main__")
"""


class Previews:
    """`pulumi preview` of copies under `work`; nothing of the checkout is touched."""

    def __init__(self, work: Path, engine: Path) -> None:
        self._note = work / "program-seconds"
        host = timed_host(work, engine, self._note)
        self._env = {
            **keeping_byte_code(),
            "PATH": os.pathsep.join([str(host), str(engine), _path()]),
            "PULUMI_HOME": str(work / "home"),
            "PULUMI_BACKEND_URL": (work / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "benchmark",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        (work / "state").mkdir()

    def add(self, project: Path) -> None:
        """Makes the stack of `project`."""
        self._pulumi(project, "stack", "init", STACK)

    def set(self, project: Path, key: str, value: object) -> None:
        """One configuration value of the stack, by its path."""
        self._pulumi(project, "config", "set", "--stack", STACK, "--path", key, str(value))

    def preview(self, project: Path) -> Figures:
        """Seconds of CPU in the program's process, of its life, and of the whole command."""
        self._note.unlink(missing_ok=True)
        begun = time.perf_counter()
        self._pulumi(project, "preview", "--stack", STACK)
        whole = time.perf_counter() - begun
        life, cpu, _ = map(float, self._note.read_text().split())
        return {"CPU": cpu, "life": life, "whole command": whole}

    def _pulumi(self, project: Path, *arguments: str) -> None:
        command = ["pulumi", *arguments, "--non-interactive"]
        done = subprocess.run(
            command, cwd=project, env=self._env, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            said = (done.stdout + done.stderr)[-3000:]
            raise CannotMeasureError(f"`{' '.join(command)}` of {project.name} failed: {said}")


def checkout_copy(work: Path) -> Path:
    """The files of this checkout that git does not ignore, beside a link to its environment."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    project = work / "slipway"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, project / name)
    (project / ".venv").symlink_to(ROOT / ".venv")
    return project


def empty_project(work: Path) -> Path:
    """A program of no line in the same environment."""
    project = work / "empty"
    project.mkdir()
    (project / "Pulumi.yaml").write_text(_EMPTY)
    (project / "__main__.py").touch()
    (project / ".venv").symlink_to(ROOT / ".venv")
    return project


def timed_host(work: Path, engine: Path, note: Path) -> Path:
    """A folder for the PATH whose language host writes into `note`: seconds of the program's life,
    of its CPU, and of the CPU of its imports."""
    folder = work / "bin"
    folder.mkdir()
    # The language host starts the script that lies beside its own binary (links resolved).
    shutil.copy2(engine / "pulumi-language-python", folder)
    timed = folder / "pulumi-language-python-exec"
    timed.write_text(_TIMED.format(note=str(note), script=str(engine / timed.name)))
    timed.chmod(0o755)
    return folder


def _path() -> str:
    return os.pathsep.join([str(ROOT / ".venv" / "bin"), os.environ["PATH"]])
