"""`make test`: the checks and all parts, then one table."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.cluster.build import ensure_built
from tools.engine import providers
from tools.suite.checks import CHECKS, run_checks
from tools.suite.environment import prepared
from tools.suite.needs import cluster, install_in_ci
from tools.suite.outcome import Outcome, finish
from tools.suite.parts import PARTS, Part
from tools.suite.unsteady import run_part


def test_everything() -> int:
    """Prepare the machine, run checks and parts; return the exit code."""
    start = time.monotonic()
    env = prepared(with_engine=True)
    install_in_ci()
    if cluster() is None:
        providers.ensure()
        if not os.environ.get("KUBECONFIG"):
            ensure_built()
            _build_stand_ins(env)
    setup = Outcome("set-up", 0, 0, 0, time.monotonic() - start)
    return finish([setup, _checks(env), *(_part(part, env) for part in PARTS)])


def _build_stand_ins(env: Mapping[str, str]) -> None:
    """In the environment of the tests, whose packages some of them are made of."""
    command = ["python", "-m", "tools.cluster.standins"]
    if subprocess.run(command, cwd=ROOT, env=dict(env), check=False).returncode:
        raise ToolError("the images that tests on the cluster need could not be built, see above")


def _checks(env: Mapping[str, str]) -> Outcome:
    start = time.monotonic()
    print("\n──── check", flush=True)
    failed = run_checks(env)
    return Outcome(
        "check",
        len(CHECKS) - len(failed),
        len(failed),
        0,
        time.monotonic() - start,
        note=", ".join(failed),
    )


def _part(part: Part, env: Mapping[str, str]) -> Outcome:
    if reason := part.needs() if part.needs else None:
        return Outcome(part.name, 0, 0, 1, 0.0, note=f"skipped: {reason}")
    return run_part(part, env)
