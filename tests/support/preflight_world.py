"""Credentials, needs and instances for the pre-flight's tests."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from operations.preflight import Needs, Patience, Report, needs_of, preflight
from operations.preflight.needs import Capacity
from operations.preflight.report import Finding
from tests.support.fake_aws import FakeAws
from tests.support.fake_hub import REPOSITORY, REVISION

REGION = "us-east-1"
G = "L-DB2E81BA"
G_SPOT = "L-3819A6DF"
STANDARD = "L-1216C47A"
HF_TOKEN = "hf_canaryCANARYcanaryCANARYcanary01"
AWS_SECRET = "canary/secret/CANARY/secret/canary/secret"
AWS_SESSION = "canarySessionTokenCANARY=="
SECRETS = (HF_TOKEN, AWS_SECRET, AWS_SESSION)
CALM = Patience(total=120, request=60, first_wait=0.02, attempts=3)
"""For servers that answer, on a busy machine."""
HASTY = Patience(total=120, request=0.4, first_wait=0.02, attempts=3)
"""For servers that never do."""


def pool(
    instance_type: str = "g6.xlarge",
    vcpus: int = 4,
    *,
    nodes: int = 2,
    surge: int = 0,
    capacity: Capacity = "on-demand",
    zones: tuple[str, ...] = ("us-east-1a",),
    cluster: str | None = None,
) -> Needs:
    return needs_of(
        region=REGION,
        zones=zones,
        instance_type=instance_type,
        vcpus=vcpus,
        nodes_max=nodes,
        nodes_surge=surge,
        capacity=capacity,
        cluster=cluster,
    )


def model(weight_bytes: int | None = 1000) -> Needs:
    return needs_of(repository=REPOSITORY, revision=REVISION, weight_bytes=weight_bytes)


def endpoint(
    replicas: int = 2,
    *,
    hardware: str = "aws/nvidia-l4/x1",
    name: str = "chat",
    region: str | None = REGION,
) -> Needs:
    return needs_of(
        region=region,
        hf_hardware=hardware,
        replicas_max=replicas,
        namespace="acme",
        endpoint=name,
    )


def check(needs: Needs, patience: Patience = CALM) -> Report:
    return preflight(needs, patience=patience)


def finding(report: Report, name: str) -> Finding:
    (found,) = (found for found in report.findings if found.check == name)
    return found


def run_instances(
    aws: FakeAws, instance_type: str, count: int = 1, *, spot: bool = False, **more: Any
) -> None:
    """Start instances in the account."""
    if spot:
        more["InstanceMarketOptions"] = {"MarketType": "spot"}
    ec2(aws).run_instances(
        ImageId="ami-12c6146b", InstanceType=instance_type, MinCount=count, MaxCount=count, **more
    )


def ec2(aws: FakeAws) -> Any:
    """A client that a test sets the account up with."""
    quiet = Config(connect_timeout=60, read_timeout=60, retries={"total_max_attempts": 1})
    url = f"http://{aws.moto}"
    return boto3.client("ec2", region_name=REGION, endpoint_url=url, config=quiet)  # type: ignore
