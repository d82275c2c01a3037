"""vLLM for processors (0.32.0), started with the arguments that are rendered for its GPU sister."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2

from benchmarks.artefact import unquantised_model
from benchmarks.context import Context
from benchmarks.environments import TORCH, peer_python
from benchmarks.vllm.environment import vllm_python
from components.specs.engine import EngineSpec
from planning.cluster.container import container_of
from tests.support.free_port import free_port

START_SECONDS = 1800
ON_A_PROCESSOR = ("--enforce-eager", "--dtype", "bfloat16")
"""What a processor needs beside what was rendered."""


@dataclass(frozen=True)
class Vllm:
    url: str
    process: subprocess.Popen[bytes]
    spec: EngineSpec


@contextmanager
def running(spec: EngineSpec, folder: Path) -> Generator[Vllm]:
    """Until its readiness path answers; scratch folders and the log are in `folder`."""
    python, model = vllm_python(_say), _model(folder)
    spec = replace(spec, model=str(model), contract=replace(spec.contract, port=free_port()))
    container = container_of(spec)
    args = ["127.0.0.1" if word == "0.0.0.0" else word for word in container.args]
    # The program `vllm` of an environment that was moved does not find its Python.
    program = [str(python), "-m", "vllm.entrypoints.cli.main", *container.command[1:]]
    command = [*program, *args, *ON_A_PROCESSOR]
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, env=_environment(container.env, folder), stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{spec.contract.port}"
            _await_ready(process, f"{url}{container.readiness.path}", folder / "log")
            yield Vllm(url=url, process=process, spec=spec)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _model(folder: Path) -> Path:
    """SmolLM2 in bf16, as vLLM reads it."""
    context = Context(model_dir=None, with_vllm=True, rounds=None, work=folder, progress=_say)
    return unquantised_model(context, peer_python(TORCH, _say))


def _environment(rendered: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The rendered variables, their folders moved below `folder`."""
    values = {
        name: f"{folder}{value}" if value.startswith("/") else value
        for name, value in rendered.items()
    }
    for path in (value for value in values.values() if value.startswith("/")):
        Path(path).mkdir(parents=True, exist_ok=True)
    threads = str(len(os.sched_getaffinity(0)))
    own = {"VLLM_CPU_KVCACHE_SPACE": "1", "OMP_NUM_THREADS": threads, "HF_HUB_OFFLINE": "1"}
    return {**os.environ, **values, **own}


def _await_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8")[-4000:]
        try:
            if httpx2.get(url, timeout=5).status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(1)
    raise AssertionError(f"not ready in time: {log.read_text(encoding='utf-8')[-4000:]}")


def _say(line: str) -> None:
    print(line, file=sys.stderr)
