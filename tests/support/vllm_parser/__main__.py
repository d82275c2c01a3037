"""vLLM's own parser, in an environment without torch: `vllm_parser SOURCES < ASKED > ANSWERS`.

Asked: `{"command_lines": [[…], …]}`. Answers: what is wrong with each (null: nothing), what became
of each value, the names of the variables that vLLM reads, and of its engine's arguments.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.metadata
import json
import sys
from typing import Any, NoReturn

from stubs import install  # pyright: ignore[reportMissingImports]

STUBS = (
    "torch",
    "torchaudio",
    "torchvision",
    # Both would import torch; a parser asks neither for anything.
    "safetensors",
    "transformers",
    # Compilers of grammars, built against torch.
    "llguidance",
    "xgrammar",
    # Registers operators with torch.
    "vllm.ir",
)


class RefusedError(Exception):
    """Argparse's own words."""


def main(sources: str) -> None:
    asked = json.load(sys.stdin)
    # vLLM logs to standard output.
    with contextlib.redirect_stdout(sys.stderr):
        answers = _answers(sources, asked["command_lines"])
    json.dump(answers, sys.stdout, default=str)


def _answers(sources: str, command_lines: list[list[str]]) -> dict[str, Any]:
    install(STUBS)
    _name_versions()
    sys.path.insert(0, sources)
    import vllm.platforms  # pyright: ignore[reportMissingImports]

    # The GPU of the image: this machine may have none, and defaults are made for the platform.
    vllm.platforms.current_platform.device_type = "cuda"
    import vllm.envs  # pyright: ignore[reportMissingImports]
    from vllm.engine.arg_utils import AsyncEngineArgs  # pyright: ignore[reportMissingImports]

    parser = _parser()
    return {
        "lines": [_parsed(parser, line) for line in command_lines],
        "variables": sorted(vllm.envs.environment_variables),
        "fields": [field.name for field in dataclasses.fields(AsyncEngineArgs)],
    }


def _parser() -> Any:
    """That of `vllm serve`; it takes no abbreviations, which would hide a renamed option."""
    from vllm.utils.argparse_utils import (  # pyright: ignore[reportMissingImports]
        FlexibleArgumentParser,
    )

    try:
        from vllm.entrypoints.common import cli_args  # pyright: ignore[reportMissingImports]
    except ModuleNotFoundError:
        from vllm.entrypoints.openai import cli_args  # pyright: ignore[reportMissingImports]

    class Parser(FlexibleArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise RefusedError(message)

    return cli_args.make_arg_parser(Parser(allow_abbrev=False))


def _parsed(parser: Any, line: list[str]) -> dict[str, Any]:
    try:
        values = vars(parser.parse_args(line))
    except RefusedError as error:
        return {"refused": str(error), "values": {}}
    chosen = {name: value for name, value in values.items() if value != parser.get_default(name)}
    return {"refused": None, "values": chosen}


def _name_versions() -> None:
    """Some code asks for the version of what it only imports."""
    real = importlib.metadata.version
    importlib.metadata.version = lambda name: "999" if name in STUBS else real(name)


if __name__ == "__main__":
    main(sys.argv[1])
