"""The real engine with the AWS of the tests: up, nothing to do, edits, down, and up again."""

from __future__ import annotations

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_stack import aws_stack


def test_a_cluster_comes_changes_and_goes_without_a_trace(aws: Cloud) -> None:
    with aws_stack(aws) as stack:
        stack.up()
        assert aws.count()["Subnet"] == 2
        assert stack.preview().operations == {}
        assert stack.refresh().operations == {}
        assert stack.preview().operations == {}
        stack.destroy()
        assert aws.things() == []
        stack.up()
        stack.destroy()
        assert aws.things() == []
