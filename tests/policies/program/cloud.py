"""Resources of AWS."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws

_TAGS = {"team": "serving"}
_BUCKET = "arn:aws:s3:::weights"


def declare(kind: str) -> None:
    good = kind == "good"
    tokens = {"http_tokens": "required" if good else "optional"}
    aws.ec2.LaunchTemplate(f"{kind}-template", metadata_options=tokens, tags=_TAGS)
    if good:
        off = {"http_endpoint": "disabled"}
        aws.ec2.LaunchTemplate("good-without-metadata", metadata_options=off, tags=_TAGS)
        given = {"tags": {**_TAGS, "cost-center": "1"}}
        tagging = aws.Provider("tagging", region="us-east-1", default_tags=given)
        aws.sqs.Queue("good-queue-by-provider", opts=pulumi.ResourceOptions(provider=tagging))
    else:
        aws.ec2.LaunchTemplate("bad-template-by-default", tags=_TAGS)
    _rights(kind)
    aws.sqs.Queue(f"{kind}-queue", tags=_TAGS if good else None)
    aws.s3.Bucket(
        f"{kind}-bucket",
        force_destroy=not good,
        tags=_TAGS,
        opts=pulumi.ResourceOptions(protect=good),
    )


def _rights(kind: str) -> None:
    if kind == "good":
        _policy("good-read", Action=["s3:Get*"], Resource=f"{_BUCKET}/*")
        _policy("good-unscoped", Action=["ec2:DescribeVpcs"], Resource="*")
        _role("good-role", {"Service": "ec2.amazonaws.com"})
    else:
        _policy("bad-all", Action="s3:*", Resource=f"{_BUCKET}/*")
        _policy("bad-everywhere", Action=["s3:GetObject"], Resource="*")
        _role("bad-role", {"AWS": "*"})
        admin = "arn:aws:iam::aws:policy/AdministratorAccess"
        aws.iam.RolePolicyAttachment("bad-admin", role="someone", policy_arn=admin)


def _policy(name: str, **statement: Any) -> None:
    aws.iam.RolePolicy(name, role="someone", policy=_document(**statement))


def _role(name: str, principal: dict[str, str]) -> None:
    trust = _document(Action="sts:AssumeRole", Principal=principal)
    aws.iam.Role(name, assume_role_policy=trust, tags=_TAGS)


def _document(**statement: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})
