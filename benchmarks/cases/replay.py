"""Our replay beside DynoSim: the same trace, times of a step and rules; CPU and what comes out."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.context import CannotMeasureError, Context
from benchmarks.locked import LockedPeer, locked_python
from benchmarks.machine import ROOT
from benchmarks.replay.bursts import OUTPUT, PROMPT, bursts
from benchmarks.replay.stack import TODAY, YESTERDAY, engine_of, rules
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave
from planning.cluster.autoscaling import PACE
from planning.replay.group import Limits
from planning.replay.rules import Rules
from planning.replay.signals import largest_ahead, rates_of
from planning.replay.simulate import Site, replay
from planning.replay.slices import sliced
from planning.replay.speed import tabled
from planning.throughput.step import Engine
from planning.traces import Arrival

ROUNDS = 3
RATE, START = 5.0, 60
UNITS = {
    "requests/s and core": "/s",
    "GPU-hours off, fixed": "%",
    "GPU-hours off, rules": "%",
    "GPU-hours off, first day": "%",
    "in time off, rules": "points",
    "in time off, first day": "points",
}
_PEER = LockedPeer(
    name="dynosim",
    requirements=ROOT / "benchmarks/replay/dynosim.txt",
    contents="ai-dynamo (290 MB, once)",
    needed_bytes=2**30,
)
_SLICE = 0.5
_SEQUENCES, _KV_TOKENS, _BATCHED = 256, 400_000, 8192
_REPLICAS = 4
_TTFT, _ITL = 1.0, 0.04
_CONTEXT = PROMPT + OUTPUT / 2
_GRID = (1, 512, 1024, 2048, 3072, 4096, 6144, 8192)
_USERS = (1, 8, 16, 32, 64, 96, 128, 192, 256, 400)
_TIMEOUT = 600


def run(context: Context) -> Measurement:
    python = locked_python(_PEER, context.progress)
    day, before = bursts(RATE, TODAY), bursts(RATE, YESTERDAY)
    truth: dict[str, dict[str, float]] = {}
    variants = {
        "DynoSim": partial(_theirs, python, context.work, day, before, truth),
        "ours": partial(_ours, day, before, truth),
    }
    series = interleave(variants, context.rounds or ROUNDS, UNITS, context.progress)
    off = ("GPU-hours off, fixed", "GPU-hours off, rules")
    return Measurement(
        setup={
            "Trace": f"bursts: {len(day):,} requests in two hours, {RATE:g}/s and {8 * RATE:g}/s, "
            f"{PROMPT} + {OUTPUT} tokens",
            "Replica": "times of a step from the calibration of Llama-3.1-8B on an H100, a "
            "prompt's beside those of answers, the same in both",
            "Fixed, rules, first day": f"{_REPLICAS} replicas; the rules that templates render, "
            f"start {START} s, with the day before and without, where queues are overloaded",
            "CPU": "of the call alone, in its own process; ours with the cutting into slices, "
            "theirs with the reading of its file",
            "Off": "from DynoSim's figure, above or below",
        },
        versions={"ai-dynamo": "1.6.1", "ai-dynamo-runtime": "1.6.1"},
        series=series,
        outcomes=(
            Outcome(
                goal="speed",
                ours="ours requests/s and core",
                peer="DynoSim requests/s and core",
            ),
            *(
                Outcome(goal=goal, ours=f"ours {name}", peer=None)
                for goal, name in zip(("gpu-hours-fixed", "gpu-hours-rules"), off, strict=True)
            ),
            Outcome(goal="gpu-hours-first-day", ours="ours GPU-hours off, first day", peer=None),
            Outcome(goal="in-time-rules", ours="ours in time off, rules", peer=None),
            Outcome(goal="in-time-first-day", ours="ours in time off, first day", peer=None),
        ),
    )


def _theirs(
    python: Path,
    work: Path,
    day: Sequence[Arrival],
    before: Sequence[Arrival],
    truth: dict[str, dict[str, float]],
) -> Figures:
    trace = work / "trace.jsonl"
    _write(day, trace)
    seen = sliced(before, _SLICE)
    step = round(15 / _SLICE)
    spent = 0.0
    for name, ways in _ways().items():
        window = _ahead(ways)
        ahead = (
            largest_ahead(rates_of(seen.counts, _SLICE), window)[::step] if name == "rules" else []
        )
        case = {
            "trace": str(trace),
            "times": _times(engine_of()),
            "kvTokens": _KV_TOKENS,
            "batchedTokens": _BATCHED,
            "sequences": _SEQUENCES,
            "rules": None if isinstance(ways, int) else asdict(ways),
            "before": ahead,
            "replicas": ways if isinstance(ways, int) else 1,
            "startSeconds": float(START),
            "seconds": day[-1].at,
            "ttftMs": 1000 * _TTFT,
            "itlMs": 1000 * _ITL,
        }
        file = work / f"{name.replace(' ', '-')}.json"
        file.write_text(json.dumps(case), encoding="utf-8")
        command = [str(python), str(ROOT / "benchmarks/replay/dynosim.py"), str(file)]
        made = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT)
        if made.returncode:
            raise CannotMeasureError(f"DynoSim: {made.stderr[-400:]}")
        truth[name] = json.loads(made.stdout.splitlines()[-1])
        spent += truth[name]["cpuSeconds"]
    return {"requests/s and core": len(truth) * len(day) / spent}


def _ours(
    day: Sequence[Arrival], before: Sequence[Arrival], truth: dict[str, dict[str, float]]
) -> Figures:
    spent = 0.0
    figures: dict[str, float] = {}
    past = sliced(before, _SLICE)
    for name, ways in _ways().items():
        began = time.process_time()
        seen = replay(
            sliced(day, _SLICE), _site(engine_of()), ways, past.counts if name == "rules" else ()
        )
        spent += time.process_time() - began
        theirs = truth[name]
        off = abs(seen.replica_seconds / 3600 / theirs["gpuHours"] - 1)
        figures[f"GPU-hours off, {name}"] = 100 * off
        if name != "fixed":
            figures[f"in time off, {name}"] = 100 * abs(seen.share - theirs["inTime"])
    return {"requests/s and core": len(_ways()) * len(day) / spent, **figures}


def _ways() -> dict[str, Rules | int]:
    """Signals are those of the very moment in both: how old they are is no simulator's."""
    made = replace(rules(START, PACE), age_seconds=0.0)
    known = ("in-flight", "arrivals", "arrivals-before")
    made = replace(made, triggers=tuple(one for one in made.triggers if one.name in known))
    return {"fixed": _REPLICAS, "rules": made, "first day": made}


def _ahead(ways: Rules | int) -> int:
    """Slices."""
    if isinstance(ways, int):
        return 0
    back = next(one.look_back for one in ways.triggers if one.look_back)
    return round(back.window_seconds / _SLICE)


def _prompt(engine: Engine, tokens: float) -> float:
    """Seconds of prompts beside those of the answers in the same step."""
    beside = engine.step(32, _CONTEXT, tokens / PROMPT, PROMPT)
    return beside - engine.step(32, _CONTEXT)


def _times(engine: Engine) -> dict[str, Any]:
    """Milliseconds, as DynoSim's profile has them."""
    steps = [1000 * engine.step(users, _CONTEXT) for users in _USERS]
    lengths = [1, 1000, _CONTEXT, 4000, 8000]
    return {
        "prefill_isl": [float(tokens) for tokens in _GRID],
        "prefill_ttft_ms": [1000 * _prompt(engine, tokens) for tokens in _GRID],
        "decode_active_kv_tokens": [users * _CONTEXT for users in _USERS],
        "decode_context_length": lengths,
        "decode_itl": [[step] * len(lengths) for step in steps],
    }


def _site(engine: Engine) -> Site:
    def step(running: float, prompts: float) -> float:
        answers = engine.step(running, _CONTEXT) if running else 0.0
        return answers + (_prompt(engine, prompts * PROMPT) if prompts else 0.0)

    speed = tabled(
        step,
        slots=min(_SEQUENCES, int(_KV_TOKENS / _CONTEXT)),
        prompts=_BATCHED / PROMPT,
        request=0.0,
        ttft_width=0.05,
        itl_width=0.02,
    )
    limits = Limits(ttft=_TTFT, itl=_ITL)
    most = 10**9
    return Site(speed=speed, limits=limits, start_seconds=float(START), queue=most, in_flight=most)


def _write(day: Sequence[Arrival], file: Path) -> None:
    """As Mooncake's; no prompt begins like another."""
    blocks = -(-PROMPT // 512)
    with file.open("w", encoding="utf-8") as lines:
        for number, one in enumerate(day):
            row = {
                "timestamp": 1000 * one.at,
                "input_length": one.prompt_tokens,
                "output_length": one.output_tokens,
                "hash_ids": list(range(number * blocks, (number + 1) * blocks)),
            }
            lines.write(json.dumps(row) + "\n")
