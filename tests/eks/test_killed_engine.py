"""kill -9 of `pulumi` at calls of the provider: before AWS acts, after it, after the reply."""

from __future__ import annotations

import pytest

from tests.support.aws_kill import killed_run
from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_provider.orders import Moment
from tests.support.aws_stack import NETWORK, aws_stack
from tests.support.killed_run import recover


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


def test_what_a_killed_up_has_made_is_there_with_its_tags_and_the_provider_adopts_it_not(
    aws: Cloud,
) -> None:
    with aws_stack(aws, NETWORK) as stack:
        killed_run(aws, stack, "up", "create", "after")
        (lost,) = aws.things("aws:ec2/vpc:Vpc")
        assert lost.tags == {"slipway:stack": "network"}
        recover(stack)
        stack.up()
        assert len(aws.things("aws:ec2/vpc:Vpc")) == 2
        stack.destroy()
        assert [each.id for each in aws.things("aws:ec2/vpc:Vpc")] == [lost.id]


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
