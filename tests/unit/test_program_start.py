"""A start does only what its own stack needs; times are the benchmarks' business."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PLAN = """
from pathlib import Path
from planning.catalog import load_catalog
from planning.plan import make_plan
from planning.stackfile import load_stack_file
plan = make_plan(load_stack_file(Path("Pulumi.dev.yaml")), stack="dev")
assert plan.local and not plan.errors
"""
_VALIDATORS = f"""{_PLAN}
from planning.settings.base import Section
def below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from below(one)
print(*sorted(kind.__name__ for kind in below(Section) if kind.__pydantic_complete__))
"""
_TABLES = """
for name, table in vars(load_catalog()).items():
    if "_rows" in getattr(table, "__dict__", ()):
        print(name)
"""
_MODULES = "import sys; from stacks import checked, config, local, outputs; print(*sys.modules)"


def test_a_section_that_is_not_written_has_no_validator() -> None:
    made = _words(_VALIDATORS)
    assert {"Engine", "Access"} <= made
    assert not made & {"Stated", "Traffic", "Slo", "Budget"}


def test_a_local_plan_reads_no_table_of_clusters_and_clouds() -> None:
    assert _words(_PLAN + _TABLES) == set()
    assert _words(f"{_PLAN}\nlist(load_catalog().gpus)\n{_TABLES}") == {"gpus"}


def test_the_program_imports_nothing_that_only_other_commands_need() -> None:
    loaded = {name.partition(".")[0] for name in _words(_MODULES)}
    assert "pulumi" in loaded
    assert not loaded & {"rich", "jinja2", "cryptography", "uv", "pip"}


def _words(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())
