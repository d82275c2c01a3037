"""From the command line to the requests of a run."""

from __future__ import annotations

import argparse
import datetime
import shlex
from typing import Any

from benchmarks.load.arrivals import Lengths, gamma, replay
from benchmarks.load.client.request import Request, body
from benchmarks.load.prompts import prompt
from planning.traces import Arrival, read_trace


def arrivals(given: argparse.Namespace) -> tuple[Arrival, ...]:
    """Warm-up included. Raises TraceError."""
    lengths, seconds = Lengths(given.prompt_tokens, given.output_tokens), _whole(given)
    if given.trace is None:
        found = gamma(given.rate, given.burstiness, seconds, lengths, given.seed)
    else:
        trace = read_trace(given.trace, limit=given.most)
        found = replay(trace, given.speed, seconds, lengths if given.cut else None)
    return found[: given.most]


def requests(given: argparse.Namespace, model: str, planned: tuple[Arrival, ...]) -> list[Request]:
    """With the bytes of every body: nothing is made while the clock runs."""
    return [
        Request(
            one.at,
            one.output_tokens,
            body(
                model,
                prompt(one, number, given.seed),
                one.output_tokens,
                ignore_eos=not given.until_eos,
                usage_per_event=given.usage_per_event,
            ),
        )
        for number, one in enumerate(planned)
    ]


def counted_seconds(given: argparse.Namespace, planned: tuple[Arrival, ...]) -> float:
    """After the warm-up; less than asked for where the load ends before."""
    ends_early = given.trace is not None or len(planned) == given.most
    end = min(_whole(given), planned[-1].at) if ends_early else _whole(given)
    return max(end - given.warm_up, 0.0)


def about(given: argparse.Namespace, model: str, command: list[str]) -> dict[str, Any]:
    """What the run is, for its document."""
    now = datetime.datetime.now(datetime.UTC)
    return {
        "url": given.url,
        "model": model,
        "date": now.isoformat(timespec="seconds"),
        "command": f"python -m benchmarks.load {shlex.join(command)}",
        "load": _load(given),
        "warmUpSeconds": given.warm_up,
        "seed": given.seed,
    }


def _load(given: argparse.Namespace) -> str:
    lengths = f"{given.prompt_tokens} + {given.output_tokens} tokens"
    if given.trace is not None:
        cut = f", cut to {lengths}" if given.cut else ""
        return f"trace {given.trace.name} at {given.speed:g} times its speed{cut}"
    kind = {0.0: "evenly spaced", 1.0: "Poisson"}.get(
        given.burstiness, f"Gamma bursts (variation {given.burstiness:g})"
    )
    return f"{kind} at {given.rate:g}/s, {lengths}"


def _whole(given: argparse.Namespace) -> float:
    return given.warm_up + given.seconds
