"""What people read of a resource."""

from __future__ import annotations

import re

from planning.cost.report.document import ResourceCost

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def type_and_name(urn: str) -> tuple[str, str]:
    """The last part of its type and its name, as somebody wrote them."""
    kind, _, name = urn.rpartition("::")
    last = kind.rpartition("::")[2].rpartition("$")[2].rpartition(":")[2]
    return last, name


def group(urn: str) -> str:
    """Its type in words: `NatGateway` is a nat gateway."""
    return _WORD.sub(" ", type_and_name(urn)[0]).lower()


def formula(how: str) -> str:
    """Without the address of its source, which the arithmetic has."""
    return how.partition(" (https://")[0]


def changes_a_bill(one: ResourceCost) -> bool:
    """Or may; what is free before and after does not."""
    return bool(one.sign) and (one.kind != "free" or one.sign == "~")
