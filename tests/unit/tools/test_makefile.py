"""`make` explains itself, and everything it offers exists."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MAKEFILE = (ROOT / "Makefile").read_text()


def test_make_alone_lists_every_target_with_a_line() -> None:
    targets = re.search(r"\.PHONY: (.*)", MAKEFILE)
    assert targets
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^  make ([\w-]+) +\S", listed, re.MULTILINE)
    assert sorted(names) == sorted(targets.group(1).split())


@pytest.mark.parametrize("module", sorted(set(re.findall(r"-m (tools(?:\.\w+)+)", MAKEFILE))))
def test_every_recipe_starts_a_module_that_is_there(module: str) -> None:
    assert importlib.util.find_spec(f"{module}.__main__")


def test_ci_runs_what_everybody_runs() -> None:
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("exec make test")
