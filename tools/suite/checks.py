"""Static checks, cheapest first; all of them run, so that one call shows all there is to mend."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from tools.bootstrap.paths import ROOT


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]


CHECKS = (
    Check("formatting", ("ruff", "format", "--check", "--quiet", ".")),
    Check("lint", ("ruff", "check", "--quiet", ".")),
    Check("file lengths", ("python", "-m", "tools.lint.lengths")),
    Check("habits", ("python", "-m", "tools.lint.habits")),
    Check("licences", ("python", "-m", "tools.lint.licences")),
    Check("import contracts", ("lint-imports", "--no-cache")),
    Check("dependencies", ("deptry", ".")),
    Check("types", ("pyright",)),
    Check("schema up to date", ("python", "-m", "planning", "schema", "--check")),
    Check("reference up to date", ("python", "-m", "planning", "reference", "--check")),
    Check("image requirements up to date", ("python", "-m", "tools.images", "--check")),
    Check("manifests: schemas", ("python", "-m", "tools.scan.schemas")),
    Check("manifests: users", ("python", "-m", "tools.scan.users")),
    Check("manifests: checkov", ("python", "-m", "tools.scan.checkov")),
    Check("AWS: checkov and rules", ("python", "-m", "tools.scan.aws")),
    Check("policies: AWS's table", ("python", "-m", "tools.scan.policies")),
    Check("Dockerfiles: hadolint", ("python", "-m", "tools.scan.dockerfiles")),
    Check("pipelines: zizmor, actionlint, schemas", ("python", "-m", "tools.scan.pipelines")),
    Check("benchmark page up to date", ("python", "-m", "benchmarks", "--check")),
)


def run_checks(env: Mapping[str, str]) -> list[str]:
    """Run all; print the output of those that fail; return their names."""
    failed = [check.name for check in CHECKS if not _passes(check, env)]
    print(f"checks: {len(CHECKS) - len(failed)} passed, {len(failed)} failed", flush=True)
    return failed


def _passes(check: Check, env: Mapping[str, str]) -> bool:
    result = subprocess.run(
        check.command,
        cwd=ROOT,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = result.returncode == 0
    print(f"  {'ok  ' if passed else 'FAIL'} {check.name}", flush=True)
    if not passed:
        print(f"$ {' '.join(check.command)}\n{result.stdout}", flush=True)
    return passed
