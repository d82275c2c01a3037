"""Which questions about AWS a plan's pools raise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from operations.preflight.asking import Patience
from operations.preflight.aws.account import AwsAccount
from operations.preflight.aws.offering import offering
from operations.preflight.aws.quota import quota, uses_of
from operations.preflight.check import Check
from operations.preflight.needs import PoolNeeds


def aws_checks(pools: tuple[PoolNeeds, ...], patience: Patience) -> Iterator[Check]:
    """A quota check for all pools that share one, an offering check for each pool."""
    account = AwsAccount(patience)
    for use in uses_of(pools):
        yield Check(names=("aws-quota",), subject=use.subject, run=partial(quota, account, use))
    for pool in pools:
        yield Check(
            names=("aws-offering",),
            subject=f"{pool.instance_type} in {', '.join(pool.zones) or pool.region}",
            run=partial(offering, account, pool),
        )
