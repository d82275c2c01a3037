"""The real `tritonserver` (2.51.0, from the wheel of nvidia-pytriton), run as it is rendered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2

from components.engines.triton.repository import ROOT
from components.specs.engine import EngineSpec
from planning.cluster.container import container_of
from tests.support.engine_wheels import unpacked
from tests.support.free_port import free_port
from tests.support.small_environment import small_environment

START_SECONDS = 300
_PACKAGES = Path(__file__).with_name("triton_backend") / "requirements.txt"
_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Triton:
    url: str
    metrics_url: str


def why_not() -> str | None:
    """Its Python backend is a program that needs Python as a shared library."""
    if not (_home() / "python_backend_stubs" / _VERSION).is_dir():
        return f"no Python backend for Python {_VERSION} in nvidia-pytriton"
    if sys.version_info >= (3, 13):
        return (
            "the Python backend in nvidia-pytriton needs numpy 1, which Python 3.13 does not have"
        )
    if _library() is None:
        return f"libpython{_VERSION}.so is not on this machine"
    return None


@contextmanager
def running(spec: EngineSpec, folder: Path) -> Generator[Triton]:
    """Until the first answer of its readiness; the log is in `folder`."""
    contract = replace(spec.contract, port=free_port(), metrics_port=free_port())
    container = container_of(replace(spec, contract=contract))
    for file in container.files:
        path = folder / file.path.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    here = {ROOT: str(folder / ROOT.lstrip("/")), "0.0.0.0": "127.0.0.1"}
    args = [here.get(word, word) for word in container.args]
    triton = Triton(
        url=f"http://127.0.0.1:{contract.port}",
        metrics_url=f"http://127.0.0.1:{contract.metrics_port}{contract.metrics.path}",
    )
    command = [
        str(_home() / "bin" / "tritonserver"),
        *args,
        f"--backend-directory={_backends(folder)}",
    ]
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, env=_environment(), stdout=log, stderr=log)
        try:
            _await_ready(process, f"{triton.url}{container.readiness.path}", folder / "log")
            yield triton
        finally:
            process.terminate()
            process.wait(timeout=60)


def refusal(arguments: list[str]) -> str:
    """What the server's own parser says to a command line that it does not take."""
    command = [str(_home() / "bin" / "tritonserver"), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode != 0, f"{arguments} are taken"
    return run.stdout + run.stderr


def _await_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8")[-3000:]
        try:
            if httpx2.get(url, timeout=2).status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"not ready in time: {log.read_text(encoding='utf-8')[-3000:]}")


def _backends(folder: Path) -> Path:
    """The Python backend with the stub of this Python beside it, where the wheel's code puts it."""
    place = folder / "backends"
    shutil.copytree(_home() / "backends", place)
    stub = _home() / "python_backend_stubs" / _VERSION / "triton_python_backend_stub"
    shutil.copy2(stub, place / "python")
    return place


def _environment() -> dict[str, str]:
    """The backend's Python takes no PYTHONPATH: it finds its packages by the `python3` on PATH."""
    python = small_environment("triton-backend", _PACKAGES)
    libraries = [str(_library()), str(unpacked("nvidia-pytriton==0.7.0") / "nvidia_pytriton.libs")]
    return {
        **os.environ,
        "PATH": f"{python.parent}:{os.environ['PATH']}",
        "LD_LIBRARY_PATH": ":".join(libraries),
    }


def _library() -> Path | None:
    """Folder of libpython."""
    folder = Path(sysconfig.get_config_var("LIBDIR"))
    return folder if any(folder.glob(f"libpython{_VERSION}.so.*")) else None


def _home() -> Path:
    return unpacked("nvidia-pytriton==0.7.0") / "pytriton" / "tritonserver"
