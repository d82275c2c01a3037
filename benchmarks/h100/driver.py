"""Runs the shapes of `measure.py` one after the other, each in its own process group.

The next shape's process imports vLLM while the present one starts its engine, and waits for the
GPU to be free. After every change the results are packed into one `results.tar.gz`.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from start_log import KEEP, LOG_FACTS

READY_SECONDS = 210.0


def used_mib() -> int:
    query = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
    return int(subprocess.run(query, capture_output=True, text=True, check=True).stdout)


class Shape:
    def __init__(self, name: str, work: Path, point_seconds: float) -> None:
        self.name, self.work = name, work
        self.log = work / f"{name}.log"
        self.process = subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).parent / "measure.py"),
                "worker",
                "--shapes",
                name,
                "--out",
                str(work),
                "--point-seconds",
                str(point_seconds),
            ],
            stdin=subprocess.PIPE,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def is_(self, mark: str) -> bool:
        return (self.work / f"{self.name}.{mark}").exists()

    def go(self) -> None:
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def finish(self, outcome: str) -> str:
        """Adds the log's figures to the shape's JSON and says how it went."""
        log = self.log.read_text(errors="replace")
        path = self.work / f"{self.name}.json"
        record = (
            json.loads(path.read_text())
            if path.exists()
            else {"shape": self.name, "points": [], "init": {}, "memory": {}}
        )
        record["outcome"] = outcome
        for key, pattern in LOG_FACTS.items():
            if found := re.findall(pattern, log):
                record["init"][key] = float(found[-1])
        if found := re.findall(r"GPU KV cache size: ([\d,]+) tokens", log):
            record["memory"]["kvCacheTokens"] = int(found[-1].replace(",", ""))
        if found := re.findall(r"Graph capturing finished in [\d.]+ secs, took ([\d.]+) GiB", log):
            record["memory"]["cudaGraphCaptureGiB"] = float(found[-1])
        lines = [line for line in log.splitlines() if KEEP.search(line)]
        record["log"] = [re.sub(r"^.*?\[(\w+\.py:\d+)\]", r"[\1]", x)[:400] for x in lines[:90]]
        path.write_text(json.dumps(record, indent=1))
        rates = {
            f"{p['concurrency']}x{p['input']}": (
                round(p["outputTokensPerSecond"]),
                p["ttftMs"].get("median"),
                p["itlMs"].get("median"),
                p["requests"],
            )
            for p in record["points"]
        }
        return (
            f"{self.name}: {outcome} kv={record['memory'].get('kvCacheTokens')} "
            f"init={record['init']} {rates} {record.get('spread')} {record.get('routing')}"
        )


def pack(work: Path, out: Path) -> None:
    part = out / "results.tar.gz.part"
    with tarfile.open(part, "w:gz", compresslevel=1) as tar:
        for path in sorted(x for x in work.iterdir() if x.suffix in (".json", ".log", ".steps")):
            tar.add(path, arcname=path.name)
    part.rename(out / "results.tar.gz")


def drive(shapes: list[str], out: Path, seconds: float, point_seconds: float) -> None:
    began, work = time.monotonic(), Path("/tmp/measure-work")
    work.mkdir(parents=True, exist_ok=True)
    for old in work.iterdir():
        old.unlink()

    def left() -> float:
        return seconds - (time.monotonic() - began)

    waiting: Shape | None = None
    failed = 0
    for index, name in enumerate(shapes):
        if left() < 75 or failed == 2:
            print(f"{name}: not started, {left():.0f} s left", flush=True)
            continue
        now = waiting or Shape(name, work, point_seconds)
        waiting = None
        while not now.is_("loaded") and now.process.poll() is None and left() > 60:
            time.sleep(0.1)
        while used_mib() > 700 and left() > 60:
            time.sleep(0.3)
        if now.process.poll() is None:
            now.go()
        started, outcome, changed = time.monotonic(), "", 0.0
        while not outcome:
            time.sleep(0.2)
            if (
                waiting is None
                and index + 1 < len(shapes)
                and left() > 100
                and time.monotonic() - started > 4
            ):
                waiting = Shape(shapes[index + 1], work, point_seconds)
            if now.is_("done"):
                outcome = "complete"
            elif now.process.poll() is not None:
                outcome = f"failed with exit code {now.process.returncode}"
            elif left() < 6:
                outcome = "cut off by the time limit"
            elif not now.is_("ready") and time.monotonic() - started > READY_SECONDS:
                outcome = f"engine not ready in {READY_SECONDS:.0f} s"
            path = work / f"{name}.json"
            if path.exists() and path.stat().st_mtime != changed:
                changed = path.stat().st_mtime
                pack(work, out)
        now.end()
        print(f"[{time.monotonic() - began:.0f} s] {now.finish(outcome)}", flush=True)
        failed = 0 if outcome == "complete" else failed + 1
        if outcome.startswith(("failed", "engine")):
            print("\n".join(now.log.read_text(errors="replace").splitlines()[-25:]), flush=True)
        pack(work, out)
    if waiting:
        waiting.end()
    pack(work, out)
