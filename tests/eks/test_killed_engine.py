"""kill -9 of `pulumi` at calls of the provider: before AWS acts, after it, after the reply."""

from __future__ import annotations

import pytest

from tests.support.aws_kill import killed_run
from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_provider.orders import Moment
from tests.support.aws_stack import NETWORK, aws_stack
from tests.support.killed_run import recover

_VPC = "aws:ec2/vpc:Vpc"


@pytest.mark.parametrize("operation", ["create", pytest.param("delete", marks=pytest.mark.chaos)])
def test_a_run_killed_before_aws_acts_is_finished_by_recovery_and_the_next(
    aws: Cloud, operation: str
) -> None:
    _converges(aws, operation, "before")


@pytest.mark.parametrize("moment", ["after", pytest.param("replied", marks=pytest.mark.chaos)])
def test_a_destroy_killed_after_aws_acted_is_finished_by_recovery_and_the_next(
    aws: Cloud, moment: Moment
) -> None:
    _converges(aws, "delete", moment)


@pytest.mark.parametrize("after", [0, pytest.param(1, marks=pytest.mark.chaos)])
def test_what_a_killed_up_has_made_is_taken_over_by_recovery(aws: Cloud, after: int) -> None:
    with aws_stack(aws, NETWORK) as stack:
        killed_run(aws, stack, "up", "create", "after", after=after)
        made = {each.id for each in aws.things(_VPC)}
        assert "taking over aws:ec2/" in recover(stack)
        stack.up()
        assert {each.id for each in aws.things(_VPC)} == made
        assert aws.count()["Vpc"] == aws.count()["Subnet"] == 1
        assert stack.preview().operations == {}
        stack.destroy()
    assert aws.things() == []


@pytest.mark.chaos
def test_what_bears_no_name_is_left_behind_for_the_provider_adopts_nothing(aws: Cloud) -> None:
    with aws_stack(aws, NETWORK, unnamed="yes") as stack:
        killed_run(aws, stack, "up", "create", "after")
        (lost,) = aws.things(_VPC)
        recover(stack)
        stack.up()
        assert len(aws.things(_VPC)) == 2
        stack.destroy()
        assert [each.id for each in aws.things(_VPC)] == [lost.id]


def _converges(aws: Cloud, operation: str, moment: Moment) -> None:
    with aws_stack(aws, NETWORK) as stack:
        if operation == "delete":
            stack.up()
        command = "destroy" if operation == "delete" else "up"
        killed_run(aws, stack, command, operation, moment)
        recover(stack)
        stack.up() if command == "up" else stack.destroy()
        if command == "up":
            assert aws.count()["Vpc"] == aws.count()["Subnet"] == 1
            assert stack.preview().operations == {}
            stack.destroy()
        assert aws.things() == []
