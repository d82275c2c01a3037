"""What each preset makes of AWS's own, through the real engine: up, edits, down, and up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_stack import PRESET, aws_stack
from tests.support.eks_stack import PRESETS

_IN_EVERY_RUN = {"eks-dev"}
_CASES = [
    pytest.param(name, marks=() if name in _IN_EVERY_RUN else pytest.mark.chaos) for name in PRESETS
]
# Of eks-prod; and one whom each account may have.
_ADMIN = "arn:aws:iam::111122223333:role/Operators"
_USER = "arn:aws:iam::123456789012:user/second"
Operations = Mapping[str, str]


def _only_tags(found: Operations) -> bool:
    """Everything that bears tags, in place."""
    return len(found) > 10 and set(found.values()) == {"update"}


def _only_retention(found: Operations) -> bool:
    return found == {"cluster-logs": "update"}


def _only_access(found: Operations) -> bool:
    return found == {"access-second": "create", "access-second-admin": "create"}


# Path in the stack file, its value, and what an `up` may then do.
_EDITS: list[tuple[str, Any, Callable[[Operations], bool]]] = [
    ("aws.tags", {"team": "inference"}, _only_tags),
    ("aws.cluster.logDays", 30, _only_retention),
    ("aws.cluster.admins.second", _USER, _only_access),
]


@pytest.mark.parametrize("name", _CASES)
def test_a_preset_comes_changes_as_little_as_it_can_and_leaves_what_is_kept_on_purpose(
    aws: Cloud, name: str
) -> None:
    # The one who may administer the cluster, as eks-prod says: made by somebody else.
    operators = aws.add("aws:iam/role:Role", "Operators", name="Operators", arn=_ADMIN)
    with aws_stack(aws, PRESET, name=name) as stack:
        stack.up()
        assert stack.preview().operations == {}
        assert stack.refresh().operations == {}
        edits: dict[str, Any] = {}
        for path, value, is_least in _EDITS:
            edits[path] = value
            stack.config["preset:edits"] = edits
            changed = stack.up().operations
            assert is_least(changed), (path, changed)
            assert stack.preview().operations == {}
        stack.destroy()
        # Secrets are deleted at the end of their recovery window.
        left = [each for each in aws.things() if each.type != "aws:tests:DeletedSecret"]
        assert [each.id for each in left] == [operators.id]
        stack.up()
        assert stack.preview().operations == {}
