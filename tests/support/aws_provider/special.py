"""What AWS does that no row can say."""

from __future__ import annotations

import json
import sqlite3
import uuid
import zlib
from typing import Any

from tests.support.aws_provider.errors import AwsError
from tests.support.aws_provider.store import Thing, put, remove, things

_CLUSTER = "aws:eks/cluster:Cluster"
_NODES = "aws:eks/nodeGroup:NodeGroup"
_ENTRIES = (
    "aws:eks/accessEntry:AccessEntry",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
)
_SECRET = "aws:secretsmanager/secret:Secret"
_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
_DOCUMENTS = ("policy", "assumeRolePolicy", "inlinePolicy")


def facts(thing: Thing) -> dict[str, Any]:
    """More names for templates."""
    state = thing.state
    destination = next(
        (
            state[name]
            for name in (
                "destinationCidrBlock",
                "destinationIpv6CidrBlock",
                "destinationPrefixListId",
            )
            if state.get(name)
        ),
        "",
    )
    # As the provider tells routes of one table apart.
    checksum = str(zlib.crc32(str(destination).encode()))
    return {"destination": checksum, "versionId": str(uuid.uuid4())}


def refuse_creation(connection: sqlite3.Connection, thing: Thing) -> None:
    _refuse_broken_documents(thing.state)
    if thing.type in _ENTRIES:
        for cluster in things(connection, type=_CLUSTER, id=thing.state["clusterName"]):
            if cluster.state["accessConfig"]["authenticationMode"] == "CONFIG_MAP":
                raise AwsError(
                    "InvalidRequestException",
                    "The cluster's authentication mode must be set to one of "
                    "[API, API_AND_CONFIG_MAP] to perform this operation.",
                )
    if thing.type == _SECRET and any(
        each.state["name"] == thing.state["name"]
        for each in things(connection, type="aws:tests:DeletedSecret", region=thing.region)
    ):
        raise AwsError(
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled "
            "for deletion.",
        )


def make_room(connection: sqlite3.Connection, thing: Thing) -> None:
    """A new value takes the stage of the one before it, which AWS then forgets by itself."""
    if thing.type == _VERSION:
        for other in things(connection, type=_VERSION, region=thing.region):
            if other.state["secretId"] == thing.state["secretId"]:
                remove(connection, other)


def refuse_update(connection: sqlite3.Connection, thing: Thing, inputs: dict[str, Any]) -> None:
    _refuse_broken_documents(inputs)
    if thing.type in (_CLUSTER, _NODES) and inputs.get("version"):
        old, new = _minor(thing.state["version"]), _minor(inputs["version"])
        if new < old or (thing.type == _CLUSTER and new > old + 1):
            raise AwsError(
                "InvalidParameterException",
                f"Unsupported Kubernetes minor version update from {thing.state['version']} to "
                f"{inputs['version']}",
            )
    if thing.type == _NODES and inputs.get("version"):
        for cluster in things(connection, type=_CLUSTER, id=thing.state["clusterName"]):
            if _minor(inputs["version"]) > _minor(cluster.state["version"]):
                raise AwsError(
                    "InvalidParameterException",
                    f"Nodes cannot be newer than their cluster ({cluster.state['version']})",
                )


def after_update(thing: Thing) -> None:
    if thing.type == "aws:ec2/launchTemplate:LaunchTemplate" and thing.state.get(
        "updateDefaultVersion"
    ):
        thing.state["defaultVersion"] = thing.state["latestVersion"]


def before_delete(connection: sqlite3.Connection, thing: Thing) -> None:
    """A deleted secret keeps its name until its recovery window is over."""
    if thing.type == _SECRET and thing.state.get("recoveryWindowInDays", 30) != 0:
        state = {"name": thing.state["name"]}
        put(connection, Thing("aws:tests:DeletedSecret", thing.id, thing.region, state))


def _refuse_broken_documents(values: dict[str, Any]) -> None:
    for name in _DOCUMENTS:
        if isinstance(values.get(name), str):
            try:
                json.loads(values[name])
            except ValueError:
                raise AwsError("MalformedPolicyDocument", f"{name} is not JSON") from None


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
