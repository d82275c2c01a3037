"""What goes wrong on order: the engine names resource and cause, and one more run converges."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_provider.orders import FOREVER, Kind, calls, forget_orders, order
from tests.support.aws_stack import NETWORK, aws_stack

_SUBNET = "aws:ec2/subnet:Subnet"


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("fail", {"code": "SubnetLimitExceeded"}, "api error SubnetLimitExceeded"),
        ("throttle", {"times": FOREVER}, "api error ThrottlingException: Rate exceeded"),
        ("unready", {}, "timeout while waiting"),
    ],
)
def test_a_create_that_fails_is_named_and_made_by_the_next_run(
    aws: Cloud, kind: Kind, data: dict[str, Any], said: str
) -> None:
    order(aws.store, kind, "create", _SUBNET, **data)
    with aws_stack(aws, NETWORK) as stack:
        failed = stack.up(check=False)
        assert failed.code
        assert said in failed.text
        assert "subnet" in failed.text
        forget_orders(aws.store)
        stack.up()
        assert len(aws.things(_SUBNET)) == 1
        assert stack.preview().operations == {}
        stack.destroy()
    assert aws.things() == []


def test_throttling_that_passes_is_not_noticed(aws: Cloud) -> None:
    order(aws.store, "throttle", "create", _SUBNET, times=10)
    with aws_stack(aws, NETWORK) as stack:
        stack.up()
        stack.destroy()


def test_a_create_whose_reply_is_lost_leaves_an_object_that_nobody_adopts(aws: Cloud) -> None:
    order(aws.store, "lost", "create", _SUBNET)
    with aws_stack(aws, NETWORK) as stack:
        assert stack.up(check=False).code
        (lost,) = aws.things(_SUBNET)
        again = stack.up(check=False)
        assert "InvalidSubnet.Conflict" in again.text
        assert aws.things(_SUBNET)[0].id == lost.id


def test_what_is_not_seen_yet_is_dropped_by_a_refresh(aws: Cloud) -> None:
    order(aws.store, "lag", "create", _SUBNET, misses=1)
    with aws_stack(aws, NETWORK) as stack:
        stack.up()
        assert stack.refresh().operations == {"subnet": "delete"}


def test_a_delete_that_is_refused_is_named_and_done_by_the_next_run(aws: Cloud) -> None:
    with aws_stack(aws, NETWORK) as stack:
        stack.up()
        subnet = aws.one(_SUBNET)
        aws.add("aws:ec2/networkInterface:NetworkInterface", "eni-1", subnetId=subnet.id)
        failed = stack.destroy(check=False)
        assert f"deleting EC2 Subnet (subnet): {'operation error EC2: DeleteSubnet'}" in failed.text
        assert "DependencyViolation" in failed.text
        assert "'eni-1'" in failed.text
        aws.remove("aws:ec2/networkInterface:NetworkInterface", "eni-1")
        stack.destroy()
    assert aws.things() == []


def test_a_type_and_a_property_that_nobody_knows_are_refused_by_name(aws: Cloud) -> None:
    with aws_stack(aws, NETWORK) as stack:
        stack.config["network:unknown"] = "type"
        assert "does not know aws:ec2/keyPair:KeyPair" in stack.up(check=False).text
        stack.config["network:unknown"] = "property"
        assert "the pinned SDK has no property color" in stack.up(check=False).text
        assert {call.operation for call, _ in calls(aws.store)} <= {"create"}
