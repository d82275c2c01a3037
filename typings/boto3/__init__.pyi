"""The part of boto3 that is used here; the package itself has no types.

Answers are `object`: operations/preflight/aws/replies.py reads the pre-flight's.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, overload

from botocore.config import Config

class Session:
    def get_credentials(self) -> object | None: ...
    @overload
    def client(self, service_name: Literal["ec2"], region_name: str, *, config: Config) -> Ec2: ...
    @overload
    def client(
        self, service_name: Literal["service-quotas"], region_name: str, *, config: Config
    ) -> ServiceQuotas: ...
    @overload
    def client(self, service_name: Literal["sts"], region_name: str) -> Any: ...
    @overload
    def client(self, service_name: str, region_name: str | None) -> Any: ...

class Ec2:
    def get_paginator(self, operation_name: str) -> Pages: ...
    def describe_instance_types(self, *, InstanceTypes: Sequence[str]) -> object: ...

class QuotaErrors:
    NoSuchResourceException: type[Exception]

class ServiceQuotas:
    exceptions: QuotaErrors
    def get_service_quota(self, *, ServiceCode: str, QuotaCode: str) -> object: ...
    def get_aws_default_service_quota(self, *, ServiceCode: str, QuotaCode: str) -> object: ...

class Pages:
    def paginate(
        self, *, Filters: Sequence[Mapping[str, Any]], LocationType: str = ...
    ) -> Iterable[object]: ...
