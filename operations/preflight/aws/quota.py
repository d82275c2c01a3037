"""Whether a service quota has room for a plan beside what runs now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from operations.preflight.asking import NoAnswerError
from operations.preflight.aws.account import AwsAccount
from operations.preflight.aws.replies import QuotaReply
from operations.preflight.aws.usage import Share, used_vcpus
from operations.preflight.needs import Capacity, PoolNeeds
from operations.preflight.report import Finding
from planning.catalog import load_catalog
from planning.catalog.quota import quota_of, spot_code_of
from planning.problems import Problem


@dataclass(frozen=True, kw_only=True)
class QuotaUse:
    """Pools that draw on one quota."""

    region: str
    capacity: Capacity
    code: str | None
    """None: not known here."""
    family: str
    """The row of quotas.yaml; the instance type where there is none."""
    pools: tuple[PoolNeeds, ...]

    @property
    def subject(self) -> str:
        return f"{self.family} vCPUs {self.capacity} in {self.region}"

    @property
    def vcpus(self) -> int:
        """Σ (nodes at the largest scale + nodes of a rolling change) × vCPUs of a node."""
        return sum((pool.nodes_max + pool.nodes_surge) * pool.vcpus for pool in self.pools)


def uses_of(pools: Iterable[PoolNeeds]) -> tuple[QuotaUse, ...]:
    """Pools by the quota that they share, in the order of the plan."""
    groups: dict[tuple[str, Capacity, str | None, str], list[PoolNeeds]] = {}
    for pool in pools:
        row = quota_of(load_catalog(), pool.instance_type)
        spot = pool.capacity == "spot"
        code = row and (spot_code_of(row, pool.instance_type) if spot else row.value.code)
        family = pool.instance_type if row is None or code is None else row.id
        groups.setdefault((pool.region, pool.capacity, code, family), []).append(pool)
    return tuple(
        QuotaUse(region=region, capacity=capacity, code=code, family=family, pools=tuple(group))
        for (region, capacity, code, family), group in groups.items()
    )


def quota(account: AwsAccount, use: QuotaUse) -> tuple[Finding, ...]:
    """Raises NoAnswerError where any of the figures is not known."""
    if use.capacity == "capacity-block":
        said = "not looked up: a capacity block is bought ahead, outside of the vCPU quotas"
        return (Finding(check="aws-quota", subject=use.subject, said=said, skipped=True),)
    if use.code is None:
        what = f"the spot quota of {use.family}" if use.capacity == "spot" else use.family
        raise NoAnswerError("not-known-here", f"the code of {what} is not known here")
    share = Share(
        code=use.code,
        spot=use.capacity == "spot",
        own=frozenset(pool.cluster for pool in use.pools if pool.cluster),
    )
    limit, kind = _limit(account, use.region, use.code)
    used = used_vcpus(account, use.region, share)
    said = f"{kind} {limit:g}, {used} in use by others, {use.vcpus} needed ({_sum(use)})"
    enough = limit >= used + use.vcpus
    return (
        Finding(
            check="aws-quota",
            subject=use.subject,
            said=said,
            problems=() if enough else (_too_low(use, use.code, limit, used),),
        ),
    )


def _limit(account: AwsAccount, region: str, code: str) -> tuple[float, str]:
    """The account's value, or AWS's default where the account has none of its own."""
    client = account.quotas(region)
    none = client.exceptions.NoSuchResourceException

    def applied() -> float | None:
        try:
            return _value(client.get_service_quota(ServiceCode="ec2", QuotaCode=code), code)
        except none:
            return None

    def default() -> float | None:
        try:
            answer = client.get_aws_default_service_quota(ServiceCode="ec2", QuotaCode=code)
        except none:
            return None
        return _value(answer, code)

    value = account.ask(applied, "servicequotas:GetServiceQuota")
    if value is not None:
        return value, "quota"
    value = account.ask(default, "servicequotas:GetAWSDefaultServiceQuota")
    if value is None:
        raise NoAnswerError("not-known-here", f"{region} has no quota {code}")
    return value, "AWS's default"


def _value(answer: object, code: str) -> float:
    """Raises ValueError for an answer about something else, or without a number."""
    quota = QuotaReply.model_validate(answer).quota
    if quota.quota_code != code:
        raise ValueError("another quota than asked for")
    return quota.value


def _too_low(use: QuotaUse, code: str, limit: float, used: int) -> Problem:
    wanted = used + use.vcpus
    return Problem(
        path=use.pools[0].path,
        code="quota-too-low",
        got=f"{code} is {limit:g} in {use.region}, {used} of it in use by others",
        allowed=f"at least {wanted}: {use.vcpus} for this stack ({_sum(use)})",
        fixes=(
            "aws service-quotas request-service-quota-increase --service-code ec2 "
            f"--quota-code {code} --region {use.region} --desired-value {wanted}",
            "lower the highest number of replicas, or choose a region or family with room",
        ),
    )


def _sum(use: QuotaUse) -> str:
    return " + ".join(
        f"({pool.nodes_max} + {pool.nodes_surge} surge) × {pool.vcpus}"
        if pool.nodes_surge
        else f"{pool.nodes_max} × {pool.vcpus}"
        for pool in use.pools
    )
