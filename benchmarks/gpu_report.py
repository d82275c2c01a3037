"""What was measured on a GPU, as part of docs/benchmarks.md: one row a setting, one link a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT

_FOLDER = ROOT / "benchmarks/results/h200"
_HEAD = """\
## On a GPU

Taken by hand, as no test machine has one: vLLM against its own defaults, random weights, no HTTP.
How, what limits it, and what was tried: [H200](../benchmarks/results/h200/README.md). The points
that the planner's speeds are fitted to: [H100](../benchmarks/results/h100/README.md). Accuracy is
not measured. Settings: `benchmarks/h100/variants.py`. A rate holds where 95 % of its requests have
the first token in 1 s and a mean gap of at most 30 ms (Poisson arrivals, 512 tokens in, 256 out).
"""


def gpu_section() -> str:
    files = sorted(_FOLDER.glob("*.json"))
    documents = [(file, json.loads(file.read_text())) for file in files]
    measured = [(file, document) for file, document in documents if "records" in document]
    return "\n".join(
        [
            _HEAD,
            "| model | settings | held, requests/s | did not hold | a token of one user | file |",
            "|---|---|--:|--:|--:|---|",
            *_rates(measured),
            "",
            "| model | settings | process to first answer | woken to first token | file |",
            "|---|---|--:|--:|---|",
            *_starts(measured),
            "",
            *_files(documents),
            "",
        ]
    )


def _rates(documents: list[tuple[Path, Any]]) -> Iterator[str]:
    for file, document in documents:
        for record in document["records"]:
            levels = record.get("levels", ())
            share = document.get("load", {}).get("share", 0.95)
            held = [level["rate"] for level in levels if level["goodShare"] >= share]
            missed = [level["rate"] for level in levels if level["goodShare"] < share]
            if levels:
                yield _row(
                    document["model"],
                    record["variant"],
                    f"{max(held):.1f}" if held else "none of those tried",
                    f"{min(missed):.1f}" if missed else "",
                    _token(record),
                    _link(file),
                )


def _starts(documents: list[tuple[Path, Any]]) -> Iterator[str]:
    for file, document in documents:
        for record in document["records"]:
            seconds = record.get("start", {}).get("firstAnswerSeconds")
            if seconds is not None:
                woken = [one["firstTokenSeconds"] for one in record.get("sleep", ())]
                shown = f"{max(woken):.2f} s" if woken else ""
                variant = record["variant"]
                yield _row(document["model"], variant, f"{seconds:.1f} s", shown, _link(file))


def _files(documents: list[tuple[Path, Any]]) -> Iterator[str]:
    """Device, versions, day and command of each."""
    for file, document in documents:
        device = document["device"]
        if not isinstance(device, str):
            device = f"{device['name']}, {device['driver_version']}"
        versions = ", ".join(f"{name} {one}" for name, one in document["versions"].items())
        command = document.get("command", "")
        yield f"- {_link(file)}: {device}; {versions}; {document['date']}; `{command}`"


def _token(record: Mapping[str, Any]) -> str:
    median = record.get("oneUser", {}).get("itlMs", {}).get("median")
    return "" if median is None else f"{median:.2f} ms"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _link(file: Path) -> str:
    return f"[{file.stem}](../{file.relative_to(ROOT)})"
