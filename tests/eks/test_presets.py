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
    with aws_stack(aws, PRESET, name=name) as stack:
        stack.up()
        assert stack.preview().operations == {}
        assert stack.refresh().operations == {}
        stack.destroy()
    # Secrets are deleted at the end of their recovery window.
    assert {each.type for each in aws.things()} <= {"aws:tests:DeletedSecret"}
