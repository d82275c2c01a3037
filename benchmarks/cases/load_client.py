"""Load clients against a server whose every write is known: how exact, how fast, how dear."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.context import Context
from benchmarks.load.figures.spread import at_share
from benchmarks.load_peers.drive import Drive, Load, aiperf, guidellm, ours
from benchmarks.locked import LockedPeer, locked_python
from benchmarks.machine import ROOT, versions
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave

ROUNDS = 3
SLOW_RATE, SLOW_COUNT = 50.0, 200
FAST_RATE, FAST_COUNT = 600.0, 1800
TTFT_MS, ITL_MS = 50.0, 10.0
UNITS = {
    "TTFT error P50": "ms",
    "TTFT error P99": "ms",
    "TTFT error P99 when busy": "ms",
    "requests/s reached": "/s",
    "CPU per request": "ms",
}
_FOLDER = ROOT / "benchmarks/load_peers"
_AIPERF = LockedPeer(
    name="aiperf",
    requirements=_FOLDER / "aiperf.txt",
    contents="aiperf (about 1 GB, once)",
    needed_bytes=3 * 2**30,
)
_GUIDELLM = LockedPeer(
    name="guidellm",
    requirements=_FOLDER / "guidellm.txt",
    contents="guidellm and PyTorch (3 GB, once)",
    needed_bytes=12 * 2**30,
)


def run(context: Context) -> Measurement:
    clients: dict[str, tuple[Drive, Path]] = {
        "ours": (ours, Path(sys.executable)),
        "aiperf": (aiperf, locked_python(_AIPERF, context.progress)),
        "guidellm": (guidellm, locked_python(_GUIDELLM, context.progress)),
    }
    with _mock() as url:
        variants = {
            name: partial(_turn, url, drive, python, context.work / name)
            for name, (drive, python) in clients.items()
        }
        series = interleave(variants, context.rounds or ROUNDS, UNITS, context.progress)
    return Measurement(
        setup={
            "Server": f"first token after {TTFT_MS:g} ms, then one every {ITL_MS:g} ms, 16 tokens; "
            "a process on the same cores; it notes when each request came and each token went",
            "Error": f"a client's TTFT minus the server's own, {SLOW_COUNT} requests at "
            f"{SLOW_RATE:g}/s; when busy: {FAST_COUNT} at {FAST_RATE:g}/s, in both Poisson",
            "Requests/s reached": f"as they came to the server, where {FAST_RATE:g}/s were asked "
            "for",
            "CPU per request": "user + system time of all processes of the busy run less those of "
            "the other, so without the start, over the requests that it had more",
        },
        versions=versions("uvloop", "httptools", "msgspec") | _pinned(),
        series=series,
        outcomes=(
            Outcome(goal="error", ours="ours TTFT error P99", peer=None),
            Outcome(goal="rate", ours="ours requests/s reached", peer=None),
            Outcome(goal="cpu", ours="ours CPU per request", peer="aiperf CPU per request"),
            Outcome(
                goal="cpu-guidellm", ours="ours CPU per request", peer="guidellm CPU per request"
            ),
            Outcome(goal="error-aiperf", ours="ours TTFT error P99", peer="aiperf TTFT error P99"),
            Outcome(
                goal="error-guidellm", ours="ours TTFT error P99", peer="guidellm TTFT error P99"
            ),
        ),
    )


@contextmanager
def _mock() -> Generator[str]:
    command = [sys.executable, "-m", "benchmarks.load.mock.server"]
    delays = ["--ttft-ms", str(TTFT_MS), "--itl-ms", str(ITL_MS)]
    process = subprocess.Popen([*command, *delays], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"
    finally:
        process.kill()
        process.communicate()


def _turn(url: str, drive: Drive, python: Path, folder: Path) -> Figures:
    slow, slow_cpu, _ = _driven(url, SLOW_RATE, SLOW_COUNT, drive, python, folder)
    fast, fast_cpu, rate = _driven(url, FAST_RATE, FAST_COUNT, drive, python, folder)
    return {
        "TTFT error P50": at_share(slow, 0.5),
        "TTFT error P99": at_share(slow, 0.99),
        "TTFT error P99 when busy": at_share(fast, 0.99),
        "requests/s reached": rate,
        "CPU per request": 1000 * (fast_cpu - slow_cpu) / (FAST_COUNT - SLOW_COUNT),
    }


def _driven(
    url: str, rate: float, count: int, drive: Drive, python: Path, folder: Path
) -> tuple[list[float], float, float]:
    """Absolute errors of TTFT in ms, sorted; CPU seconds; requests a second at the server."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    _log(url)
    before = _children()
    claimed = drive(python, Load(url=url, rate=rate, count=count, folder=folder))
    spent = _children() - before
    log = _log(url)
    came = sorted(truth["came"] for truth in log)
    return _errors(claimed, log), spent, (len(came) - 1) / (came[-1] - came[0])


def _errors(claimed: Mapping[str, float], log: list[dict[str, Any]]) -> list[float]:
    """Raises ValueError where a client has lost requests."""
    found: list[float] = []
    for truth in log:
        true = 1000 * (truth["writes"][0] - truth["came"])
        for name in (truth["request_id"], f"chatcmpl-{truth['number']}"):
            if name in claimed:
                found.append(abs(claimed[name] - true))
                break
    if len(found) < 0.99 * len(log):
        raise ValueError(f"of {len(log)} requests only {len(found)} are in the client's results")
    return sorted(found)


def _children() -> float:
    """CPU seconds of all ended processes that this one, and those, started."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _log(url: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{url}/log", timeout=30) as answer:
        return json.load(answer)["log"]


def _pinned() -> dict[str, str]:
    lines = [(_FOLDER / f"{name}.in").read_text().strip() for name in ("aiperf", "guidellm")]
    return dict(line.split("==") for line in lines)
