"""`python3 -m tools.suite test|check|fix|golden|bench|chaos|soak`."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable

from tools.bootstrap.errors import run_main
from tools.bootstrap.paths import ROOT
from tools.suite.checks import run_checks
from tools.suite.environment import prepared
from tools.suite.everything import test_everything
from tools.suite.outcome import finish
from tools.suite.parts import LONG_MINUTES
from tools.suite.run_part import run_pytest


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.suite")
    parser.add_argument("command", choices=_COMMANDS)
    return _COMMANDS[parser.parse_args().command]()


def _check() -> int:
    return 1 if run_checks(prepared(with_engine=False)) else 0


def _fix() -> int:
    return _each(["ruff", "check", "--fix", "--quiet", "."], ["ruff", "format", "."])


def _golden() -> int:
    return _each(
        ["python", "-m", "planning", "schema"],
        ["python", "-m", "planning", "reference"],
        ["python", "-m", "tools.throughput"],
        ["python", "-m", "tools.memory"],
        ["python", "-m", "tools.huggingface"],
        ["python", "-m", "tools.images"],
        ["pytest", "--quiet", "tests/golden", "tests/graph", "--snapshot-update"],
    )


def _bench() -> int:
    return _each(["python", "-m", "benchmarks"], with_engine=True)


def _long(marker: str) -> int:
    env = prepared(with_engine=True)
    limit = LONG_MINUTES * 60
    return finish([run_pytest(marker, ["-m", marker], limit_seconds=limit, env=env)])


def _each(*commands: list[str], with_engine: bool = False) -> int:
    env = prepared(with_engine=with_engine)
    codes = [subprocess.run(c, cwd=ROOT, env=env, check=False).returncode for c in commands]
    return max(codes)


_COMMANDS: dict[str, Callable[[], int]] = {
    "test": test_everything,
    "check": _check,
    "fix": _fix,
    "golden": _golden,
    "bench": _bench,
    "chaos": lambda: _long("chaos"),
    "soak": lambda: _long("soak"),
}

if __name__ == "__main__":
    run_main(main)
