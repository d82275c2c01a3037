"""The result of a run as the JSON document that `--out` gets."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.load.client.answer import Answer
from benchmarks.load.figures.goodput import Slo, goodput
from benchmarks.load.figures.spread import quantiles, spread

LAG_LIMIT_MS = 5.0
"""From this P99 of the send lag on the client, or its machine, was too slow for the load."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What was asked for and what came."""

    about: dict[str, Any]
    """Command, date, model, load: what the run was."""
    start: float
    """`time.perf_counter()` when the counted time began."""
    seconds: float
    """Of counted time."""
    slo: Slo
    keys: tuple[str, ...]
    """Names of the API keys, never the keys."""
    answers: tuple[Answer, ...]
    """Those that were due in the counted time."""
    cpu_seconds: float
    """Of this process during the whole run."""
    sent: int
    """In the whole run, warm-up included."""


def document(run: Run) -> dict[str, Any]:
    """All times in milliseconds, but for the `seconds` of rows and of the run."""
    good = [answer for answer in run.answers if answer.ok]
    times = {
        "ttftMs": [1000 * answer.ttft for answer in good],
        "itlMs": [1000 * gap for answer in good for gap in gaps(answer)],
        "meanGapMs": [1000 * gap for one in good if (gap := one.mean_gap) is not None],
        "e2eMs": [1000 * answer.e2e for answer in good],
    }
    tokens = sum(answer.tokens for answer in good)
    texts = sum(len(answer.stamps) for answer in good)
    return {
        **run.about,
        "seconds": round(run.seconds, 3),
        "slo": {"ttftMs": run.slo.ttft * 1000, "itlMs": run.slo.itl * 1000},
        "requests": {
            "due": len(run.answers),
            "answered": len(good),
            "failed": len(run.answers) - len(good),
            "perSecond": round(len(run.answers) / run.seconds, 3),
        },
        "goodput": _rounded(asdict(goodput(run.answers, run.slo, run.seconds))),
        **{name: spread(values) for name, values in times.items()},
        "quantiles": {name: quantiles(values) for name, values in times.items()},
        "outputTokensPerSecond": round(tokens / run.seconds, 2),
        "outputTokens": spread([float(answer.tokens) for answer in good], 1),
        "promptTokens": spread([float(one.prompt_tokens) for one in good if one.prompt_tokens], 1),
        "tokensPerEvent": round(tokens / texts, 3) if texts else None,
        "shortAnswers": sum(answer.tokens < answer.wanted for answer in good),
        "failures": dict(collections.Counter(map(_reason, _failed(run.answers)))),
        "keys": [_of_key(run, index, name) for index, name in enumerate(run.keys)],
        "client": {
            "lagMs": spread([1000 * answer.lag for answer in run.answers if answer.sent]),
            "cpuMsPerRequest": round(1000 * run.cpu_seconds / max(1, run.sent), 4),
        },
        "rows": [_row(run, answer) for answer in run.answers],
    }


def gaps(answer: Answer) -> Iterator[float]:
    """Seconds from token to token; tokens that came in one event share its gap."""
    for (before, _), (now, tokens) in zip(answer.stamps, answer.stamps[1:], strict=False):
        yield from [(now - before) / tokens] * tokens


def _failed(answers: Sequence[Answer]) -> list[Answer]:
    return [answer for answer in answers if not answer.ok]


def _reason(answer: Answer) -> str:
    """Without the numbers that differ from one answer to the next."""
    return re.sub(r"\b[0-9a-f-]{16,}\b|\b[0-9]{5,}\b", "…", (answer.error or "")[:120]).strip()


def _of_key(run: Run, index: int, name: str) -> dict[str, Any]:
    own = [answer for answer in run.answers if answer.key == index]
    good = [answer for answer in own if answer.ok]
    return {
        "name": name,
        "due": len(own),
        "answered": len(good),
        "refused": sum(answer.status == 429 for answer in own),
        "ttftMs": spread([1000 * answer.ttft for answer in good]),
    }


def _row(run: Run, answer: Answer) -> dict[str, Any]:
    """One request, for plots and for whoever wants other figures."""
    row: dict[str, Any] = {
        "dueSeconds": round(answer.due - run.start, 4),
        "lagMs": round(1000 * answer.lag, 3) if answer.sent else None,
        "inTime": run.slo.kept(answer),
        "key": answer.key,
        "id": answer.id,
    }
    if not answer.ok:
        failed = round(1000 * (answer.ended - answer.due), 3)
        return row | {"error": _reason(answer), "status": answer.status, "failedMs": failed}
    gap = answer.mean_gap
    return row | {
        "ttftMs": round(1000 * answer.ttft, 3),
        "meanGapMs": None if gap is None else round(1000 * gap, 3),
        "e2eMs": round(1000 * answer.e2e, 3),
        "tokens": answer.tokens,
        "promptTokens": answer.prompt_tokens,
    }


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "inTime": figures["in_time"],
        "share": round(figures["share"], 4),
        "perSecond": round(figures["per_second"], 3),
    }
