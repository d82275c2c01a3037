"""Stacks of AWS on the real Pulumi engine, in the account of a test."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from operations.leftovers import leftovers
from providers.local import processes
from tests.support.aws_provider.cloud import REGION, Cloud
from tests.support.aws_provider.view import view
from tests.support.pulumi_stack import ROOT, PulumiStack

_PROGRAMS = ROOT / "tests" / "eks" / "programs"
SMALL = _PROGRAMS / "small"
NETWORK = _PROGRAMS / "network"
PRESET = _PROGRAMS / "preset"
FOREIGN = _PROGRAMS / "foreign"


@contextmanager
def aws_stack(cloud: Cloud, main: Path = SMALL, **config: Any) -> Generator[PulumiStack]:
    """`config`: keys of the program's own; whatever the stack started has ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="slipway-") as folder, view(cloud.store) as boto3:
        stack = PulumiStack(
            folder=Path(folder),
            main=main,
            project=main.name,
            config={"aws:region": REGION, **{f"{main.name}:{k}": v for k, v in config.items()}},
            variables={**cloud.variables, **boto3},
        )
        try:
            yield stack
        finally:
            processes.end([each.pid for each in leftovers(stack.folder)], grace_seconds=5)
