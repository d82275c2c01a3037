"""What a version of vLLM understands and reports, read from its own wheel."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tests.support.engine_wheels import unpacked
from tests.support.small_environment import small_environment

Node = TypeVar("Node", bound=ast.AST)
_PARSER = Path(__file__).with_name("vllm_parser")


@dataclass(frozen=True)
class Line:
    """One command line after the parser of `vllm serve`."""

    refused: str | None
    """In the parser's words; None: taken."""
    values: dict[str, Any]
    """What differs from the defaults."""


@dataclass(frozen=True)
class Parsed:
    lines: tuple[Line, ...]
    variables: frozenset[str]
    """Of the environment, that vLLM reads."""
    fields: frozenset[str]
    """Of AsyncEngineArgs: keys of `model.json`."""


def parse(version: str, command_lines: Sequence[Sequence[str]] = ()) -> Parsed:
    """One start of an interpreter for all lines: its imports take seconds."""
    python = small_environment("vllm-parser", _PARSER / "requirements.txt")
    command = [str(python), str(_PARSER), str(unpacked(f"vllm=={version}"))]
    asked = json.dumps({"command_lines": [list(line) for line in command_lines]})
    run = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    answers = json.loads(run.stdout)
    return Parsed(
        lines=tuple(Line(**line) for line in answers["lines"]),
        variables=frozenset(answers["variables"]),
        fields=frozenset(answers["fields"]),
    )


@cache
def metric_names(version: str) -> frozenset[str]:
    """As Prometheus sees them: the client appends `_total` to a counter."""
    return frozenset(_wire_names(unpacked(f"vllm=={version}") / "vllm/v1/metrics"))


@cache
def number_lists(version: str) -> frozenset[tuple[float, ...]]:
    """All of the metrics' source: the bounds of its histograms are among them."""
    return frozenset(_numbers(unpacked(f"vllm=={version}") / "vllm/v1/metrics"))


@cache
def quantizations(version: str) -> frozenset[str]:
    """Values of `--quantization`: the parser takes any word, and the engine then ends."""
    folder = unpacked(f"vllm=={version}") / "vllm/model_executor/layers/quantization"
    for node in _nodes(folder, ast.Assign):
        if isinstance(node.targets[0], ast.Name) and node.targets[0].id == "QuantizationMethods":
            words = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
            return frozenset(map(str, words))
    raise AssertionError(f"vLLM {version} lists its methods elsewhere")


def _wire_names(folder: Path) -> Iterator[str]:
    for call in _nodes(folder, ast.Call):
        names = [word.value for word in call.keywords if word.arg == "name"]
        if names and isinstance(names[0], ast.Constant) and isinstance(call.func, ast.Attribute):
            name = str(names[0].value)
            if name.startswith("vllm:"):
                bare = name.removesuffix("_total")
                yield f"{bare}_total" if "counter" in call.func.attr else name


def _numbers(folder: Path) -> Iterator[tuple[float, ...]]:
    for node in [*_nodes(folder, ast.List), *_nodes(folder, ast.Tuple)]:
        values = [item.value for item in node.elts if isinstance(item, ast.Constant)]
        numbers = [value for value in values if isinstance(value, int | float)]
        if len(numbers) == len(node.elts) > 0:
            yield tuple(map(float, numbers))


def _nodes(folder: Path, kind: type[Node]) -> Iterator[Node]:
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield node
