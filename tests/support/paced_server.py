"""The real server and command line over a paced token source instead of a model.

`/v1/models` says so in `owned_by`: the tokens are numbers, `--tokens-per-second` of them for each
stream. For tests that need more streams than a model on a small machine can feed.
"""

from __future__ import annotations

import sys

from images.onnx.server.app import create_app
from images.onnx.server.batching_engine import BatchingEngine
from images.onnx.server.cli import build_parser, read_settings
from images.onnx.server.engine import Codec
from images.onnx.server.runner import Runner
from images.onnx.server.serve import serve
from tests.support.paced_model import NumberCodec, PacedRunner


def main() -> int:
    parser = build_parser("python -m tests.support.paced_server")
    parser.add_argument("--tokens-per-second", type=float, required=True, help="of each stream")
    arguments = parser.parse_args()
    settings = read_settings(arguments)

    def load() -> tuple[Runner, Codec]:
        runner = PacedRunner(
            rows=settings.max_concurrent,
            max_context=settings.max_context,
            seconds_per_step=1 / arguments.tokens_per_second,
        )
        return runner, NumberCodec()

    engine = BatchingEngine(load, capacity=settings.capacity, owned_by="paced-token-source")
    return serve(create_app(engine, settings), settings)


if __name__ == "__main__":
    sys.exit(main())
