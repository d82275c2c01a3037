"""The parts of AWS's answers that are read, in AWS's own words."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_pascal

from operations.preflight.reply import Reply

Count = Annotated[int, Field(ge=0)]


class _AwsReply(Reply):
    model_config = ConfigDict(alias_generator=to_pascal)


class Offering(_AwsReply):
    instance_type: str
    location: str


class Offerings(_AwsReply):
    """DescribeInstanceTypeOfferings."""

    instance_type_offerings: list[Offering]


class _Quota(_AwsReply):
    quota_code: str
    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class QuotaReply(_AwsReply):
    """GetServiceQuota and GetAWSDefaultServiceQuota."""

    quota: _Quota


class _Tag(_AwsReply):
    key: str


class _Placement(_AwsReply):
    tenancy: str = "default"


class Instance(_AwsReply):
    instance_type: str
    instance_lifecycle: str = "on-demand"
    """`spot`, `scheduled`, `capacity-block`; AWS leaves it out for an instance on demand."""
    placement: _Placement = _Placement()
    tags: Annotated[list[_Tag], Field(default_factory=list[_Tag])]


class _Reservation(_AwsReply):
    instances: list[Instance]


class Instances(_AwsReply):
    """DescribeInstances."""

    reservations: list[_Reservation]


class _Launch(_AwsReply):
    instance_type: str


class _SpotRequest(_AwsReply):
    launch_specification: _Launch


class SpotRequests(_AwsReply):
    """DescribeSpotInstanceRequests."""

    spot_instance_requests: list[_SpotRequest]


class _CapacityReservation(_AwsReply):
    instance_type: str
    available_instance_count: Count
    reservation_type: str = "default"
    """`default` or `capacity-block`."""


class CapacityReservations(_AwsReply):
    """DescribeCapacityReservations."""

    capacity_reservations: list[_CapacityReservation]


class _VCpus(_AwsReply):
    default_v_cpus: Count


class _InstanceType(_AwsReply):
    instance_type: str
    v_cpu_info: _VCpus


class InstanceTypes(_AwsReply):
    """DescribeInstanceTypes."""

    instance_types: list[_InstanceType]
