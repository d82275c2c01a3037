"""Previews of the shipped presets by the real engine, for tests of the estimate.

    python -m tests.support.record_previews [PRESET ...]

Needs the engine and its Kubernetes plugin (`make engine`, `python -m tools.engine providers`).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planning.catalog import load_catalog
from planning.cost.kinds import kind_of
from tests.support.aws_provider.cloud import cloud
from tests.support.aws_stack import aws_stack
from tests.support.cost_previews import RECORDED
from tests.support.presets import EKS_PRESETS, PRESETS
from tests.support.pulumi_stack import ROOT

# Free themselves, and read for what is billed.
_READ_BESIDE = (
    "pulumi:providers:",
    "aws:ec2/launchTemplate:",
    "kubernetes:karpenter.k8s.aws/",
    "kubernetes:eks.amazonaws.com/",
    "kubernetes:apps/",
    "kubernetes:autoscaling/",
    "kubernetes:keda.sh/",
    "kubernetes:leaderworkerset.x-k8s.io/",
)
_PROGRAM = ROOT / "tests" / "eks" / "programs" / "whole"


def record(name: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        cloud(Path(folder)) as account,
        aws_stack(account, _PROGRAM, name=name) as stack,
    ):
        stack.preview()
        made = json.loads(stack.run("preview", "--json", "--show-sames"))
    kept = {
        "config": {"aws:region": "us-east-1"},
        "steps": [_read(step) for step in made["steps"]],
        "changeSummary": made["changeSummary"],
    }
    (RECORDED / f"{name}.json").write_text(json.dumps(kept, indent=1) + "\n")


def _read(step: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an estimate reads of it."""
    state = step["newState"]
    row = kind_of(state["type"], load_catalog())
    billed = row is None or row.value.free is None or state["type"].startswith(_READ_BESIDE)
    keys = ("type", "custom", *(("inputs", "propertyDependencies") if billed else ()))
    kept = {key: step[key] for key in ("op", "urn", "provider") if key in step}
    return {**kept, "newState": {key: state[key] for key in keys if key in state}}


def main() -> None:
    # The builder's plugin looks for Dockerfiles from where the program is.
    images = _PROGRAM / "images"
    images.symlink_to(ROOT / "images")
    try:
        for name in sys.argv[1:] or [file.stem for file in (*EKS_PRESETS, *PRESETS)]:
            print(f"{name}: previewing by the engine")
            record(name)
    finally:
        images.unlink()


if __name__ == "__main__":
    main()
