"""The command line of the load client."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from pydantic_core import PydanticCustomError

from planning.settings.units import Duration


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m benchmarks.load",
        description="Load on an OpenAI-compatible endpoint: an open loop, streamed, measured.",
    )
    made.add_argument("url", help="the endpoint up to /v1: `pulumi stack output openaiBaseUrl`")
    made.add_argument("--model", help="default: the first that the endpoint names")
    made.add_argument(
        "--key",
        action="append",
        type=_key,
        metavar="env:NAME|file:PATH",
        help="where an API key is; again for more keys, which take turns (default: env:"
        "OPENAI_API_KEY, if set)",
    )
    made.add_argument("--ca", type=Path, help="certificate to trust: output caCertificate")
    load = made.add_argument_group("load")
    load.add_argument("--rate", type=_positive, default=1.0, help="requests a second (default 1)")
    load.add_argument(
        "--burstiness",
        type=_not_negative,
        default=1.0,
        help="coefficient of variation of the gaps: 1 Poisson (default), more bursts, 0 a clock",
    )
    load.add_argument("--prompt-tokens", type=_count, default=128, metavar="N")
    load.add_argument("--output-tokens", type=_count, default=64, metavar="N")
    load.add_argument("--trace", type=Path, help="an Azure, Mooncake or ServeGen file instead")
    load.add_argument("--speed", type=_positive, default=1.0, help="of the trace (default 1)")
    load.add_argument(
        "--cut",
        action="store_true",
        help="cut the trace's prompts and answers to --prompt-tokens and --output-tokens",
    )
    load.add_argument("--seconds", type=_positive, default=30.0, help="counted (default 30)")
    load.add_argument(
        "--warm-up", type=_not_negative, default=5.0, help="seconds before, not counted (default 5)"
    )
    load.add_argument("--most", type=_count, default=100_000, help="requests at most")
    load.add_argument("--seed", type=int, default=1)
    limits = made.add_argument_group("limits for goodput")
    limits.add_argument("--ttft", type=_duration, default="1s", metavar="TIME")
    limits.add_argument("--itl", type=_duration, default="30ms", metavar="TIME")
    request = made.add_argument_group("requests")
    request.add_argument(
        "--until-eos",
        action="store_true",
        help="let the model end: do not send `ignore_eos`, which strict endpoints refuse",
    )
    request.add_argument(
        "--usage-per-event",
        action="store_true",
        help="ask for a token count with every event (vLLM): exact gaps where one has more tokens",
    )
    made.add_argument(
        "--out", type=Path, default=Path("load"), help="folder of load.json and .html"
    )
    return made


def _key(where: str) -> tuple[str, str]:
    """Name for the report, and the key. The key itself is never an argument: others see those."""
    scheme, _, name = where.partition(":")
    try:
        found = {"env": os.environ.__getitem__, "file": _first_line}[scheme](name)
    except KeyError:
        # What was written may be the key itself, and is not repeated.
        wanted = "env:NAME of a variable that is set, or file:PATH"
        raise argparse.ArgumentTypeError(f"not {wanted}") from None
    except OSError as error:
        raise argparse.ArgumentTypeError(f"file:{name}: {error.strerror}") from None
    if not found or not found.isascii() or any(letter.isspace() for letter in found):
        raise argparse.ArgumentTypeError(f"no API key is in {scheme}:{name}")
    return where, found


def _first_line(path: str) -> str:
    return Path(path).read_text(encoding="utf-8").partition("\n")[0].strip()


def _duration(text: str) -> float:
    """Seconds."""
    try:
        return Duration.parse(text).seconds
    except PydanticCustomError:
        raise argparse.ArgumentTypeError(f"{text!r} is not {Duration.written}") from None


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("must be above 0")
    return number


def _not_negative(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
