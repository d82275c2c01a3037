"""`python -m benchmarks.load URL`: send load, write load.json and load.html, say what came."""

from __future__ import annotations

import argparse
import json
import os
import ssl
import sys
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.load import planned
from benchmarks.load.arguments import parser
from benchmarks.load.client.client import Target
from benchmarks.load.endpoint import EndpointError, first_model
from benchmarks.load.figures.goodput import Slo
from benchmarks.load.figures.result import Run, document
from benchmarks.load.page.page import page_of
from benchmarks.load.run import Sent, send
from planning.page.html import html_of
from planning.traces import TraceError

_DEFAULT_KEY = "OPENAI_API_KEY"


def main(arguments: list[str] | None = None) -> int:
    """0 where anything was answered, 1 where nothing was, 2 where nothing could be sent."""
    command = sys.argv[1:] if arguments is None else arguments
    given = parser().parse_args(command)
    keys = given.key or _default_keys()
    tls = ssl.create_default_context(cafile=given.ca) if given.url.startswith("https:") else None
    target = Target(base_url=given.url, keys=tuple(key for _, key in keys), tls=tls)
    try:
        arrivals = planned.arrivals(given)
        seconds = planned.counted_seconds(given, arrivals)
        if not seconds:
            raise EndpointError("no request is due after the warm-up: see --warm-up, --rate")
        model = given.model or first_model(target)
    except (TraceError, EndpointError) as error:
        print(error, file=sys.stderr)
        return 2
    sent = uvloop.run(send(target, planned.requests(given, model, arrivals)))
    names = tuple(name for name, _ in keys) or ("none",)
    run = _run(given, sent, seconds, names, planned.about(given, model, command))
    found = document(run)
    _write(found, given.out)
    print(_told(found, given.out))
    return 0 if found["requests"]["answered"] else 1


def _default_keys() -> list[tuple[str, str]]:
    key = os.environ.get(_DEFAULT_KEY)
    return [(f"env:{_DEFAULT_KEY}", key)] if key else []


def _run(
    given: argparse.Namespace,
    sent: Sent,
    seconds: float,
    keys: tuple[str, ...],
    about: dict[str, Any],
) -> Run:
    begin = sent.start + given.warm_up
    return Run(
        about=about,
        start=begin,
        seconds=seconds,
        slo=Slo(ttft=given.ttft, itl=given.itl),
        keys=keys,
        answers=tuple(answer for answer in sent.answers if answer.due >= begin),
        cpu_seconds=sent.cpu_seconds,
        sent=len(sent.answers),
    )


def _write(found: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "load.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (folder / "load.html").write_text(html_of(page_of(found)), encoding="utf-8")


def _told(found: dict[str, Any], folder: Path) -> str:
    requests, good = found["requests"], found["goodput"]
    lines = [f"{requests['answered']} of {requests['due']} answered, {found['load']}"]
    lines += [f"  {count} x {reason}" for reason, count in found["failures"].items()]
    for name in ("ttftMs", "itlMs", "e2eMs"):
        if spread := found[name]:
            lines.append(f"{name}  p50 {spread['p50']:g}  p99 {spread['p99']:g}")
    lag = found["client"]["lagMs"].get("p99")
    lines.append(f"goodput {good['perSecond']:g}/s ({good['share']:.1%} in time), lag p99 {lag} ms")
    return "\n".join([*lines, f"wrote {folder}/load.json and load.html"])


if __name__ == "__main__":
    sys.exit(main())
