"""What the program of `eks-prod` costs in `pulumi preview`, beside the same by AWS CDK."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
from functools import partial
from pathlib import Path

from benchmarks.context import CannotMeasureError, Context
from benchmarks.environments import keeping_byte_code
from benchmarks.locked import LockedPeer, locked_python
from benchmarks.machine import ROOT, versions
from benchmarks.pulumi_previews import timed_host
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave
from tests.support.aws_provider.cloud import cloud
from tests.support.aws_stack import aws_stack
from tests.support.pulumi_stack import PulumiStack
from tools.engine import locate

ROUNDS = 5
_PROGRAM = ROOT / "tests/eks/programs/whole"
_APP = ROOT / "benchmarks/cdk/app.py"
_CDK = LockedPeer(
    name="cdk",
    requirements=ROOT / "benchmarks/cdk/requirements.txt",
    contents="AWS CDK (300 MB, once)",
    needed_bytes=2**30,
)
UNITS = {"beyond imports, each resource": "ms", "beyond imports": "s", "whole": "s"}


def run(context: Context) -> Measurement:
    if shutil.which("node") is None:
        raise CannotMeasureError("AWS CDK needs node on the PATH")
    python = locked_python(_CDK, context.progress)
    with cloud(context.work) as account, aws_stack(account, _PROGRAM, name="eks-prod") as stack:
        note = context.work / "program"
        host = timed_host(context.work, locate(), note)
        variables = {**keeping_byte_code(), **stack.environment}
        stack.variables |= {"PATH": os.pathsep.join([str(host), variables["PATH"]])}
        stack.variables.pop("PYTHONDONTWRITEBYTECODE", None)
        series = interleave(
            {"ours": partial(_ours, stack, note), "CDK": partial(_cdk, python, context.work)},
            context.rounds or ROUNDS,
            UNITS,
            context.progress,
        )
    return Measurement(
        setup={
            "Ours": "CPU of the program's process in `pulumi preview` by the real engine, AWS's "
            "and the cluster's halves; imports are timed in it and taken away",
            "CDK": "CPU of Python and node, AWS's half only, from L1 constructs; what an app of "
            "one queue takes is taken away. Its rules for templates are not asked",
            "Whole": "seconds of the program with its imports, by CPU",
        },
        versions={**versions("pulumi", "pulumi-aws"), "aws-cdk-lib": _cdk_version()},
        series=series,
        outcomes=(
            Outcome(goal="resource", ours="ours beyond imports, each resource", peer=None),
            Outcome(
                goal="against-cdk",
                ours="ours beyond imports, each resource",
                peer="CDK beyond imports, each resource",
            ),
            Outcome(goal="whole", ours="ours whole", peer="CDK whole"),
        ),
    )


def _ours(stack: PulumiStack, note: Path) -> Figures:
    note.unlink(missing_ok=True)
    made = stack.preview()
    _, cpu, imports = map(float, note.read_text().split())
    return _figures(cpu, imports, len(made.operations))


def _cdk(python: Path, work: Path) -> Figures:
    whole, count = _synth(python, work, "whole")
    empty, one = _synth(python, work, "empty")
    return _figures(whole, empty, count - one)


def _synth(python: Path, work: Path, which: str) -> tuple[float, int]:
    """Seconds of CPU of all its processes, and resources of the template."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [python, _APP, work / which, which],
        capture_output=True,
        text=True,
        check=False,
        env=keeping_byte_code(),
    )
    if done.returncode:
        raise CannotMeasureError(f"cdk: {done.stderr[-1500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, int(json.loads(done.stdout.split()[-1]))


def _figures(cpu: float, imports: float, resources: int) -> Figures:
    beyond = cpu - imports
    return {
        "beyond imports, each resource": 1000 * beyond / resources,
        "beyond imports": beyond,
        "whole": cpu,
    }


def _cdk_version() -> str:
    lines = _CDK.requirements.read_text().splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith("aws-cdk-lib=="))
