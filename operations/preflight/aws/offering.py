"""Whether an instance type can be had in the zones of a pool."""

from __future__ import annotations

from operations.preflight.aws.account import AwsAccount
from operations.preflight.aws.replies import Offerings
from operations.preflight.needs import PoolNeeds
from operations.preflight.report import Finding
from planning.problems import Problem


def offering(account: AwsAccount, pool: PoolNeeds) -> tuple[Finding, ...]:
    """Offered is not free: whether a zone has capacity shows only at launch."""
    offered = _zones(account, pool)
    subject = f"{pool.instance_type} in {', '.join(pool.zones) or pool.region}"
    missing = [zone for zone in pool.zones if zone not in offered]
    where = ", ".join(sorted(offered)) or "no zone"
    if offered and not missing:
        return (Finding(check="aws-offering", subject=subject, said=f"offered in {where}"),)
    problem = Problem(
        path=pool.path,
        code="not-offered",
        got=f"{pool.instance_type} in {', '.join(missing) or pool.region}, which does not offer it",
        allowed=f"zones that offer it: {where} of {pool.region}",
        fixes=(
            (f"name the zones {where}", "choose another instance type")
            if offered
            else ("choose another region", "choose another instance type")
        ),
    )
    said = f"offered in {where}, not in {', '.join(missing) or pool.region}"
    return (Finding(check="aws-offering", subject=subject, said=said, problems=(problem,)),)


def _zones(account: AwsAccount, pool: PoolNeeds) -> set[str]:
    ec2 = account.ec2(pool.region)

    def read() -> set[str]:
        pages = ec2.get_paginator("describe_instance_type_offerings").paginate(
            LocationType="availability-zone",
            Filters=[{"Name": "instance-type", "Values": [pool.instance_type]}],
        )
        rows = [
            row for page in pages for row in Offerings.model_validate(page).instance_type_offerings
        ]
        if any(row.instance_type != pool.instance_type for row in rows):
            raise ValueError("another instance type than asked for")
        return {row.location for row in rows}

    return account.ask(read, "ec2:DescribeInstanceTypeOfferings")
