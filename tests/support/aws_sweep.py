"""Moments at which a run is killed: every type of object, at each of three moments of its call."""

from __future__ import annotations

import copy
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_provider.orders import Moment
from tests.support.aws_provider.store import Thing
from tests.support.pulumi_stack import ROOT, PulumiStack

EVERY = ROOT / "tests" / "eks" / "programs" / "every"
MOMENTS: tuple[Moment, ...] = ("before", "after", "replied")
_WAIT = "aws:acm/certificateValidation:CertificateValidation"
ZONE, BALANCER = "aws:route53/zone:Zone", "aws:lb/loadBalancer:LoadBalancer"


@dataclass(frozen=True)
class Point:
    command: str
    """`up`, `edit` (an `up` with the edited rows) or `destroy`."""
    operation: str
    """The provider's: `create`, `update` or `delete`."""
    type: str
    moment: Moment

    @property
    def id(self) -> str:
        return f"{self.command}-{self.operation}-{self.type.rpartition(':')[2]}-{self.moment}"


def points(command: str) -> list[Point]:
    return [
        Point(command, operation, token, moment)
        for operation, token in dict.fromkeys(_calls(command))
        for moment in MOMENTS
    ]


def _calls(command: str) -> Iterator[tuple[str, str]]:
    """Operation and type of all that the provider is asked for in this command."""
    rows: list[dict[str, Any]] = list(yaml.safe_load((EVERY / "resources.yaml").open()).values())
    for row in rows:
        if command != "edit":
            yield ("create" if command == "up" else "delete"), row["type"]
        elif "strategy" in row.get("edited", ()):  # of a placement group: another one
            yield from (("create", row["type"]), ("delete", row["type"]))
        elif "edited" in row or row.get("tagged", True):
            yield "update", row["type"]


@dataclass(frozen=True)
class Saved:
    """A stack and its cloud as they were at a moment, to begin again from there."""

    stack: PulumiStack
    folder: Path

    @staticmethod
    def of(stack: PulumiStack, aws: Cloud, folder: Path) -> Saved:
        shutil.copytree(stack.folder, folder / "stack")
        shutil.copy2(aws.store.path, folder / "cloud")
        return Saved(stack, folder)

    def restored(self, aws: Cloud, folder: Path) -> PulumiStack:
        """The same stack in another folder; nobody may be using the cloud meanwhile."""
        shutil.copytree(self.folder / "stack", folder, dirs_exist_ok=True)
        shutil.copy2(self.folder / "cloud", aws.store.path)
        again = copy.copy(self.stack)
        again.folder, again.config = folder, dict(self.stack.config)
        # Which stack is selected the engine keeps by the path of the folder.
        again.variables = {**self.stack.variables, "PULUMI_STACK": self.stack.name}
        return again


def foreign(aws: Cloud) -> None:
    """What others have made: the zone of a name, and a balancer of the cluster's controller."""
    aws.add(ZONE, "Z1")
    aws.add(BALANCER, "lb", arn="arn:of-the-balancer")


def kinds(aws: Cloud) -> Counter[str]:
    return Counter(each.type for each in _objects(aws))


def unknown_to_the_state(aws: Cloud, stack: PulumiStack) -> set[str]:
    """What a program has made and the state does not have."""
    state = json.loads(stack.run("stack", "export"))["deployment"]
    known = {(each["type"], each.get("id")) for each in state.get("resources") or ()}
    return {each.key for each in _objects(aws) if each.inputs and (each.type, each.id) not in known}


def _objects(aws: Cloud) -> list[Thing]:
    """What AWS has: of a validation it has nothing, the provider only waits."""
    return [each for each in aws.things() if each.type != _WAIT]


def locks(stack: PulumiStack) -> list[Path]:
    return [path for path in (stack.folder / "state").glob(".pulumi/locks/**/*") if path.is_file()]
