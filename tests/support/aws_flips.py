"""Hardening of AWS resources, taken back one at a time."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

Rows = list[dict[str, Any]]
Flip = Callable[[Rows], object]


def flipped(rows: Rows) -> Iterator[tuple[str, str, Rows]]:
    """Name of each flip, the component that it is of, and what it leaves of that component."""
    for what, flip in FLIPS.items():
        changed = copy.deepcopy(rows)
        flip(changed)
        (name,) = {row["name"] for row in rows if row not in changed}
        component = name.partition("-")[0]
        yield what, component, of_component(changed, component)


def of_component(rows: Rows, component: str) -> Rows:
    """All that has its name: a scanner takes seconds for a whole stack."""
    return [row for row in rows if row["name"].partition("-")[0] == component]


def _one(rows: Rows, name: str) -> dict[str, Any]:
    (found,) = [row for row in rows if row["name"] == name]
    return found["inputs"]


def _set(name: str, path: str, value: object) -> Flip:
    def flip(rows: Rows) -> None:
        at, last = _way(_one(rows, name), path)
        at[last] = value

    return flip


def _drop(name: str, path: str) -> Flip:
    def flip(rows: Rows) -> None:
        at, last = _way(_one(rows, name), path)
        del at[last]

    return flip


def _without(name: str) -> Flip:
    """The resource itself is not made."""

    def flip(rows: Rows) -> None:
        rows[:] = [row for row in rows if row["name"] != name]

    return flip


def _document(name: str, key: str, change: Callable[[list[dict[str, Any]]], object]) -> Flip:
    """The statements of a document are changed."""

    def flip(rows: Rows) -> None:
        inputs = _one(rows, name)
        document = json.loads(inputs[key])
        change(document["Statement"])
        inputs[key] = json.dumps(document)

    return flip


def _says(name: str, **values: object) -> Flip:
    """The first statement of a role's own policy says something else."""
    return _document(name, "policy", lambda statements: statements[0].update(values))


def _way(inputs: dict[str, Any], path: str) -> tuple[Any, Any]:
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    at: Any = inputs
    for step in steps:
        at = at[step]
    return at, last


_CLUSTER, _TEMPLATE, _SYSTEM = (
    "cluster-cluster",
    "serving-spot-template",
    "system-on-demand-template",
)
_READER = "identities-model-reader-role"
_SECRETS = "identities-external-secrets-role"
_KARPENTER = "identities-karpenter-role"
_OPEN = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}

FLIPS: dict[str, Flip] = {
    "public API server": _set(_CLUSTER, "vpcConfig.endpointPublicAccess", True),
    "API server for everybody": _set(_CLUSTER, "vpcConfig.publicAccessCidrs", ["0.0.0.0/0"]),
    "no private API server": _set(_CLUSTER, "vpcConfig.endpointPrivateAccess", False),
    "secrets in clear": _drop(_CLUSTER, "encryptionConfig"),
    "other things encrypted": _set(_CLUSTER, "encryptionConfig.resources", ["configmaps"]),
    "no control plane logs": _set(_CLUSTER, "enabledClusterLogTypes", []),
    "no audit log": _set(_CLUSTER, "enabledClusterLogTypes", ["api", "authenticator"]),
    "aws-auth map": _set(_CLUSTER, "accessConfig.authenticationMode", "CONFIG_MAP"),
    "aws-auth map too": _set(_CLUSTER, "accessConfig.authenticationMode", "API_AND_CONFIG_MAP"),
    "cluster deleted by a click": _set(_CLUSTER, "deletionProtection", False),
    "IMDSv1": _set(_TEMPLATE, "metadataOptions.httpTokens", "optional"),
    "IMDSv1 not said": _drop(_TEMPLATE, "metadataOptions.httpTokens"),
    "two hops": _set(_TEMPLATE, "metadataOptions.httpPutResponseHopLimit", 2),
    "hops not said": _drop(_TEMPLATE, "metadataOptions.httpPutResponseHopLimit"),
    "metadata not said": _drop(_TEMPLATE, "metadataOptions"),
    "disk in clear": _set(_TEMPLATE, "blockDeviceMappings.0.ebs.encrypted", "false"),
    "disk not said": _drop(_TEMPLATE, "blockDeviceMappings.0.ebs.encrypted"),
    "ssh key": _set(_TEMPLATE, "keyName", "ops"),
    "IMDSv1 for the system": _set(_SYSTEM, "metadataOptions.httpTokens", "optional"),
    "disk in clear for the system": _set(_SYSTEM, "blockDeviceMappings.0.ebs.encrypted", "false"),
    "ssh to nodes": _set("serving-spot", "remoteAccess", {"ec2SshKey": "ops"}),
    "nodes with public addresses": _set(
        "network-subnets-private-us-east-1a", "mapPublicIpOnLaunch", True
    ),
    "public subnet gives addresses": _set(
        "network-subnets-public-us-east-1a", "mapPublicIpOnLaunch", True
    ),
    "default group lets in": _set(
        "network-default-group", "ingress", [{"protocol": "-1", "self": True}]
    ),
    "default group lets out": _set(
        "network-default-group", "egress", [{"protocol": "-1", "cidrBlocks": ["0.0.0.0/0"]}]
    ),
    "default group not taken over": _without("network-default-group"),
    "endpoints for everybody": _set("network-endpoints-https", "cidrIpv4", "0.0.0.0/0"),
    "no flow logs": _without("network-flow-logs-log"),
    "flow logs of refusals": _set("network-flow-logs-log", "trafficType", "REJECT"),
    "endpoint without names": _set("network-endpoints-ecr-api", "privateDnsEnabled", False),
    "audit log for a week": _set("cluster-logs", "retentionInDays", 7),
    "audit log for ever": _drop("cluster-logs", "retentionInDays"),
    "audit log in clear": _drop("cluster-logs", "kmsKeyId"),
    "flow log for a day": _set("network-flow-logs-group", "retentionInDays", 1),
    "flow log in clear": _drop("network-flow-logs-group", "kmsKeyId"),
    "refusals in clear": _drop("edge-web-acl-log", "kmsKeyId"),
    "key never turns": _set("key-key", "enableKeyRotation", False),
    "key turning not said": _drop("key-key", "enableKeyRotation"),
    "key gone in a week": _set("key-key", "deletionWindowInDays", 7),
    "key for everybody": _document(
        "key-key", "policy", lambda statements: statements[0].update(Principal={"AWS": "*"})
    ),
    "tags that move": _set("registry-repository", "imageTagMutability", "MUTABLE"),
    "some tags that move": _set(
        "registry-repository", "imageTagMutability", "IMMUTABLE_WITH_EXCLUSION"
    ),
    "images not scanned": _set(
        "registry-repository", "imageScanningConfiguration.scanOnPush", False
    ),
    "images by AWS's key": _drop("registry-repository", "encryptionConfigurations.0.kmsKey"),
    "images not by KMS": _drop("registry-repository", "encryptionConfigurations"),
    "images deleted by force": _set("registry-repository", "forceDelete", True),
    "cached tags that move": _set(
        "registry-cache-registry.k8s.io-template", "imageTagMutability", "MUTABLE"
    ),
    "public ACLs": _set("weights-private", "blockPublicAcls", False),
    "public ACLs heeded": _set("weights-private", "ignorePublicAcls", False),
    "public policy": _set("weights-private", "blockPublicPolicy", False),
    "public bucket": _set("weights-private", "restrictPublicBuckets", False),
    "nothing blocked": _without("weights-private"),
    "weights in S3's own encryption": _set(
        "weights-encryption", "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm", "AES256"
    ),
    "weights by AWS's key": _drop(
        "weights-encryption", "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId"
    ),
    "encryption not said": _without("weights-encryption"),
    "no versions": _set("weights-versions", "versioningConfiguration.status", "Suspended"),
    "versions not said": _without("weights-versions"),
    "ACLs": _set("weights-owner", "rule.objectOwnership", "ObjectWriter"),
    "old versions for ever": _without("weights-lifecycle"),
    "bucket emptied by force": _set("weights-bucket", "forceDestroy", True),
    "bucket by plain HTTP": _document("weights-policy", "policy", list.clear),
    "bucket for everybody": _document(
        "weights-policy", "policy", lambda statements: statements.append(_OPEN)
    ),
    "secret by AWS's key": _drop("secrets-gateway-files", "kmsKeyId"),
    "secret gone at once": _set("secrets-gateway-files", "recoveryWindowInDays", 0),
    "secret read back": _set("secrets-gateway-files-value", "secretString", "<secret>"),
    "queue in clear": _set("interruptions-queue", "sqsManagedSseEnabled", False),
    "queue for every rule": _document(
        "interruptions-queue-policy", "policy", lambda statements: statements[0].pop("Condition")
    ),
    "queue for everybody": _document(
        "interruptions-queue-policy", "policy", lambda some: some[0].update(Principal="*")
    ),
    "queue by plain HTTP": _document(
        "interruptions-queue-policy", "policy", lambda statements: statements.pop()
    ),
    "no known bad inputs": _drop("edge-web-acl-acl", "rules.2"),
    "samples of requests": _set(
        "edge-web-acl-acl", "rules.0.visibilityConfig.sampledRequestsEnabled", True
    ),
    "refusals not logged": _without("edge-web-acl-logging"),
    "keys in the log": _drop("edge-web-acl-logging", "redactedFields"),
    "certificate by mail": _set("edge-certificate", "validationMethod", "EMAIL"),
    "certificate not logged": _set(
        "edge-certificate",
        "options",
        {"certificateTransparencyLoggingPreference": "DISABLED"},
    ),
    "every action": _says(f"{_READER}-model-reader", Action=["*"]),
    "every action of S3": _says(f"{_READER}-model-reader", Action=["s3:*"]),
    "every bucket": _says(f"{_READER}-model-reader", Resource=["*"]),
    "every secret": _says(f"{_SECRETS}-external-secrets", Resource=["*"]),
    "every role passed": _says(f"{_KARPENTER}-karpenter", Action=["iam:PassRole"], Resource=["*"]),
    "every instance ended": _says(
        f"{_KARPENTER}-karpenter", Action=["ec2:TerminateInstances"], Resource=["*"]
    ),
    "all but something": _says(f"{_READER}-model-reader", NotAction=["iam:*"]),
    "full access": _set(
        "cluster-role-AmazonEKSClusterPolicy",
        "policyArn",
        "arn:aws:iam::aws:policy/AdministratorAccess",
    ),
    "a role for every pod": _document(
        f"{_READER}-role", "assumeRolePolicy", lambda statements: statements[0].pop("Condition")
    ),
    "a role for everybody": _document(
        f"{_READER}-role", "assumeRolePolicy", lambda some: some[0].update(Principal={"AWS": "*"})
    ),
}
