"""The stack file that a command is about."""

from __future__ import annotations

import argparse
from pathlib import Path

from planning.machine import read_machine
from planning.plan import Plan, make_plan
from planning.stackfile import load_stack_file, stack_name

ROOT = Path(__file__).parents[2]


def file_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="such as Pulumi.dev.yaml")
    parser.add_argument(
        "--no-machine", action="store_true", help="do not look at this machine's memory and cores"
    )
    parser.add_argument(
        "--model-config",
        type=Path,
        metavar="FILE",
        help="the model's config.json, with its safetensors index beside it if you have it",
    )


def planned(chosen: argparse.Namespace, root: Path) -> Plan:
    """Raises SettingsError. `root` lies on the disk that models are converted to."""
    return make_plan(
        load_stack_file(chosen.file),
        stack=stack_name(chosen.file),
        machine=None if chosen.no_machine else read_machine(root),
        model_config=chosen.model_config,
    )
