"""One run of one client against the mock server, and what it says of every request."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.machine import ROOT

LIMIT_SECONDS = 240.0
PROMPT_TOKENS, OUTPUT_TOKENS = 16, 16


class ClientFailedError(Exception):
    """A client ended badly or not at all; with the end of its output."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """Poisson arrivals."""

    url: str
    rate: float
    count: int
    folder: Path
    """Empty; for the client's files."""


class Drive(Protocol):
    def __call__(self, python: Path, load: Load) -> Mapping[str, float]:
        """Milliseconds to the first token by the server's or the client's name of the request."""
        ...


def ours(python: Path, load: Load) -> Mapping[str, float]:
    seconds = load.count / load.rate
    options = {
        "--rate": load.rate,
        "--seconds": 2 * seconds,
        "--most": load.count,
        "--warm-up": 0,
        "--prompt-tokens": PROMPT_TOKENS,
        "--output-tokens": OUTPUT_TOKENS,
        "--model": "mock",
        "--out": load.folder,
    }
    command = [python, "-m", "benchmarks.load", f"{load.url}/v1", *_written(options)]
    _run(command, {})
    rows = json.loads((load.folder / "load.json").read_bytes())["rows"]
    return {row["id"]: row["ttftMs"] for row in rows if "ttftMs" in row}


def aiperf(python: Path, load: Load) -> Mapping[str, float]:
    options = {
        "--model": "mock",
        "--url": load.url,
        "--endpoint-type": "chat",
        "--tokenizer": _tokenizer(python, load.folder),
        "--isl": PROMPT_TOKENS,
        "--osl": OUTPUT_TOKENS,
        "--request-rate": load.rate,
        "--request-count": load.count,
        "--ui": "none",
        "--random-seed": 1,
        "--artifact-dir": load.folder,
    }
    flags = ["--streaming", "--use-server-token-count", "--no-server-metrics", "--no-gpu-telemetry"]
    _run([python, "-m", "aiperf", "profile", *flags, *_written(options)], {})
    lines = (load.folder / "profile_export.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        row["metadata"]["x_request_id"]: row["metrics"]["time_to_first_token"]["value"]
        for row in map(json.loads, lines)
        if "time_to_first_token" in row["metrics"]
    }


def guidellm(python: Path, load: Load) -> Mapping[str, float]:
    prompts, result = load.folder / "prompts.jsonl", load.folder / "result.json"
    row = "Request {}: say in a few words what this is about, please."
    prompts.write_text(
        "".join(
            json.dumps({"prompt": row.format(n), "output_tokens_count": OUTPUT_TOKENS}) + "\n"
            for n in range(load.count)
        )
    )
    options = {
        "--backend": f"kind=openai_http,target={load.url},model=mock",
        "--profile": f"kind=poisson,rate={load.rate}",
        "--constraint": f"kind=max_requests,count={load.count}",
        "--tokenizer": f"kind=huggingface_auto,model={_tokenizer(python, load.folder)}",
        "--data": f"kind=json_file,path={prompts}",
        "--data-loader": "kind=pytorch,num_workers=1,prefetch_factor=256",
        "--output": f"kind=json,path={result}",
    }
    # By default ten, which take longest to start on few cores.
    workers = {"GUIDELLM__MAX_WORKER_PROCESSES": str(len(os.sched_getaffinity(0)))}
    command = [python, "-m", "guidellm", "run", *_written(options)]
    _run([*command, "--disable-console-interactive"], workers)
    [found] = json.loads(result.read_bytes())["benchmarks"]
    return {
        row["response_id"]: row["time_to_first_token_ms"] for row in found["requests"]["successful"]
    }


def _tokenizer(python: Path, folder: Path) -> Path:
    made = folder.with_name("tokenizer")
    if not made.exists():
        _run([python, str(ROOT / "benchmarks/load_peers/tokenizer.py"), str(made)], {})
    return made


def _written(options: Mapping[str, object]) -> list[str]:
    return [word for name, value in options.items() for word in (name, str(value))]


def _run(command: Sequence[str | Path], variables: Mapping[str, str]) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ClientFailedError(f"{command[0]}: not done in {LIMIT_SECONDS:g} s") from error
    if done.returncode:
        print(done.stdout[-3000:], file=sys.stderr)
        raise ClientFailedError(f"{command[0]} ended with {done.returncode}")
