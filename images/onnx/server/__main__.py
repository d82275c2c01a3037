"""`python -m images.onnx.server`."""

from __future__ import annotations

import sys

from .cli import build_parser, read_settings
from .onnx_engine import onnx_engine


def main() -> int:
    arguments = build_parser("python -m images.onnx.server").parse_args()
    settings = read_settings(arguments)
    engine = onnx_engine(arguments.model_dir, settings, threads=arguments.threads)
    engine.start()
    # The model loads in its thread while the HTTP layer is imported here.
    from .app import create_app
    from .serve import serve

    return serve(create_app(engine, settings), settings)


if __name__ == "__main__":
    sys.exit(main())
