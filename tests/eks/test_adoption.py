"""A killed `up` leaves an object that the state does not know: recovery takes it over."""

from __future__ import annotations

import pytest

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_provider.orders import Moment, order
from tests.support.aws_stack import aws_stack
from tests.support.killed_run import recover
from tests.support.pulumi_stack import ROOT, PulumiStack

PROGRAM = ROOT / "tests" / "eks" / "programs" / "tagged"
KINDS = (
    "aws:ec2/vpc:Vpc",
    "aws:iam/role:Role",
    "aws:s3/bucket:Bucket",
    "aws:sqs/queue:Queue",
    "aws:secretsmanager/secret:Secret",
    "aws:ec2/route:Route",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
)


# Found by the last part of an ARN, by its whole, where the tagging API has none, and without tags.
# The sweep of kills has every type; here it is the very object.
@pytest.mark.parametrize(
    "kind",
    [KINDS[0], *(pytest.param(KINDS[at], marks=pytest.mark.chaos) for at in (4, 1, 5, 6))],
)
def test_what_was_made_is_taken_over_and_made_once(aws: Cloud, kind: str) -> None:
    with aws_stack(aws, PROGRAM) as stack:
        _killed(aws, stack, kind, "after")
        made = aws.one(kind)
        said = recover(stack)
        assert f"taking over {kind} {made.id}" in said
        stack.up()
        assert aws.one(kind).id == made.id
        assert set(_ours(aws).values()) == {1}, _ours(aws)
        assert stack.preview().operations == {}
        stack.destroy()
        assert aws.things() == []


def test_what_was_not_made_yet_is_made_by_the_next_up(aws: Cloud) -> None:
    with aws_stack(aws, PROGRAM) as stack:
        _killed(aws, stack, KINDS[0], "before")
        assert "taking over aws:ec2" not in recover(stack)
        stack.up()
        assert set(_ours(aws).values()) == {1}, _ours(aws)
        stack.destroy()
        assert aws.things() == []


def _ours(aws: Cloud) -> dict[str, int]:
    """Objects of each of the program's kinds."""
    return {kind: len(aws.things(kind)) for kind in (*KINDS, "aws:ec2/subnet:Subnet")}


def _killed(aws: Cloud, stack: PulumiStack, kind: str, moment: Moment) -> None:
    process = stack.start("up", "--yes", "--skip-preview")
    order(aws.store, "kill", "create", kind, moment=moment, pid=process.pid)
    process.communicate(timeout=120)
    assert process.returncode < 0, "the run had ended before it was to be killed"
