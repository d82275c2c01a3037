"""Named rules for the policies in a plan: who may do what, and to whom a thing is open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from components.aws.policies.unscoped import UNSCOPED
from tools.scan.exceptions import Finding

_OF_RESOURCES = {"aws_s3_bucket_policy", "aws_sqs_queue_policy"}
_BY_HAND = ("AdministratorAccess", "PowerUserAccess", "FullAccess")


def findings(plan: Mapping[str, Any], where: str) -> Iterator[Finding]:
    """By the rule's name."""
    for resource in plan["planned_values"]["root_module"]["resources"]:
        for rule, what in _said(resource["type"], resource["values"]):
            yield Finding(check=rule, where=f"{where}: {resource['address']}", what=what)


def _said(kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if kind == "aws_iam_role_policy":
        for statement in _statements(values["policy"]):
            yield from _of_roles(statement)
    elif kind == "aws_iam_role":
        for statement in _statements(values["assume_role_policy"]):
            yield from _of_trust(statement)
    elif kind == "aws_iam_role_policy_attachment":
        if any(word in values["policy_arn"] for word in _BY_HAND):
            yield "iam-no-full-access", values["policy_arn"]
    elif kind in _OF_RESOURCES:
        yield from _of_resource(list(_statements(values["policy"])))


def _of_roles(statement: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    actions, resources = _list(statement.get("Action")), _list(statement.get("Resource"))
    for action in actions:
        if "*" in action:
            yield "iam-no-wildcard-action", action
        elif "*" in resources and action not in UNSCOPED:
            yield "iam-no-wildcard-resource", f"{action} on *"
    if "NotAction" in statement or "NotResource" in statement:
        yield "iam-says-what-it-allows", "all but something is allowed"


def _of_trust(statement: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    principal = statement["Principal"]
    if principal == "*" or "AWS" in principal:
        yield "iam-trusts-services-only", f"trusts {principal}"
    elif principal.get("Service") == "pods.eks.amazonaws.com":
        asked = statement.get("Condition", {}).get("StringEquals", {})
        for tag in ("eks-cluster-arn", "kubernetes-namespace", "kubernetes-service-account"):
            if f"aws:RequestTag/{tag}" not in asked:
                yield "iam-trusts-one-service-account", f"any {tag}"


def _of_resource(statements: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    tls = {"Bool": {"aws:SecureTransport": "false"}}
    if not any(one["Effect"] == "Deny" and one.get("Condition") == tls for one in statements):
        yield "tls-only", "nothing refuses plain HTTP"
    for statement in statements:
        if statement["Effect"] == "Allow":
            if statement["Principal"] in ("*", {"AWS": "*"}):
                yield "open-to-nobody", "anybody may"
            if "Condition" not in statement:
                yield "open-to-the-stack-only", "whoever asks by that service may"


def _statements(text: str) -> Iterator[Mapping[str, Any]]:
    yield from json.loads(text)["Statement"]


def _list(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value
