"""kill -9 of `pulumi` where nothing can be taken over."""

from __future__ import annotations

import pytest

from tests.support.aws_kill import killed_run
from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_stack import NETWORK, aws_stack
from tests.support.killed_run import recover

_VPC = "aws:ec2/vpc:Vpc"


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
