"""The other side of `benchmarks.peers.protocol`: a peer in its own environment, kept loaded."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT
from benchmarks.rounds import Figures


class WorkerFailedError(Exception):
    """The peer's process ended where an answer was due; with the end of its log."""


class Worker:
    """A peer that answers one JSON line for each JSON line."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self.pid = process.pid
        self._log = log
        self.hello: dict[str, Any] = self._receive()
        """What the peer said when it was loaded: its library versions, its load time."""

    def ask(self, **request: Any) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._receive()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            tail = self._log.read_text(errors="replace")[-2000:]
            raise WorkerFailedError(f"{self._process.args!r} ended; the end of its log:\n{tail}")
        return json.loads(line)


@contextmanager
def worker(
    python: Path,
    module: str,
    arguments: Sequence[str],
    log: Path,
    env: dict[str, str] | None = None,
) -> Generator[Worker]:
    """Runs `python -m module arguments`, waits for its hello, ends it with the block."""
    with log.open("w") as sink:
        process = subprocess.Popen(
            [str(python), "-m", module, *arguments],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
        )
    try:
        yield Worker(process, log)
    finally:
        process.kill()
        process.communicate()


def generate_rate(peer: Worker, batches: Sequence[Sequence[str]], tokens: int) -> Figures:
    """Tokens per second over `batches` one after the other, `tokens` new tokens a prompt."""
    answers = [peer.ask(prompts=list(batch), tokens=tokens) for batch in batches]
    made = [len(row) for answer in answers for row in answer["tokens"]]
    if set(made) != {tokens}:
        raise ValueError(f"the peer made {made} tokens instead of {tokens} each")
    return {"rate": sum(made) / sum(answer["seconds"] for answer in answers)}
