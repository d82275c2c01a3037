"""The estimate of a program that has nothing of this project, previewed by the real engine."""

from __future__ import annotations

from collections.abc import Mapping

from planning.cost import Line
from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_stack import FOREIGN, aws_stack
from tests.support.cost_previews import estimate_of

_UNKNOWN = ("orders", "carts", "checkout", "pictures-identity")


def test_what_is_not_known_is_listed_without_a_price_and_never_as_nothing(aws: Cloud) -> None:
    with aws_stack(aws, FOREIGN) as stack:
        stack.preview()
        found = estimate_of(stack.run("preview", "--json", "--show-sames"))
    lines: Mapping[str, Line] = {urn.rpartition("::")[2]: line for urn, line in found.after.items()}
    kinds = {name: line.kind for name, line in lines.items()}
    assert {name for name, kind in kinds.items() if kind == "unpriced"} == set(_UNKNOWN)
    assert (kinds["pictures"], kinds["worker"], kinds["shop"]) == ("usage", "priced", "free")
    assert all(line.amount is None for name, line in lines.items() if name in _UNKNOWN)
    assert all("is billed is not known" in lines[name].how for name in _UNKNOWN)
    worker = lines["worker"].amount
    assert worker is not None and found.total.maximum == worker.maximum > 0
