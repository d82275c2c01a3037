"""What each preset makes of AWS's own, through the real engine: up, nothing to do, and down."""

from __future__ import annotations

import pytest

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_stack import PRESET, aws_stack
from tests.support.eks_stack import PRESETS

_IN_EVERY_RUN = {"eks-dev"}
_CASES = [
    pytest.param(name, marks=() if name in _IN_EVERY_RUN else pytest.mark.chaos) for name in PRESETS
]


@pytest.mark.parametrize("name", _CASES)
def test_a_preset_comes_and_goes_and_leaves_what_is_kept_on_purpose(aws: Cloud, name: str) -> None:
    # The one who may administer the cluster, as eks-prod says: made by somebody else.
    arn = "arn:aws:iam::111122223333:role/Operators"
    operators = aws.add("aws:iam/role:Role", "Operators", name="Operators", arn=arn)
    with aws_stack(aws, PRESET, name=name) as stack:
        stack.up()
        assert stack.preview().operations == {}
        assert stack.refresh().operations == {}
        stack.destroy()
    # Secrets are deleted at the end of their recovery window.
    left = [each for each in aws.things() if each.type != "aws:tests:DeletedSecret"]
    assert [each.id for each in left] == [operators.id]
