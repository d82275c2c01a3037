"""Where a policy holds: one stack in one region of one account."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PolicyScope:
    """ARNs are empty where a policy does not ask for them; one that does refuses that."""

    partition: str
    region: str
    account_id: str
    cluster_name: str
    vpc_arn: str = ""
    node_role_arn: str = ""
    queue_arn: str = ""
    bucket_arn: str = ""
    bucket_prefix: str = ""
    """Of keys, without a slash at its end."""
    bucket_key_arn: str = ""
    """KMS key of the bucket; empty: encrypted by S3's own."""
    secret_arns: tuple[str, ...] = ()
    secret_key_arn: str = ""
    """KMS key of the secrets; empty: encrypted by Secrets Manager's own."""
    workspace_arn: str = ""
    """Of Amazon Managed Service for Prometheus."""
    cache_prefix: str = ""
    """Of the repositories that a pull-through cache fills; empty: there is none."""

    def arn(self, service: str, resource: str) -> str:
        """Of something in this region and account."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account_id}:{resource}"

    def amazon_arn(self, service: str, resource: str) -> str:
        """Of something in this region that may be Amazon's."""
        return f"arn:{self.partition}:{service}:{self.region}::{resource}"

    def global_arn(self, service: str, resource: str) -> str:
        """Of something of this account that lies in no region."""
        return f"arn:{self.partition}:{service}::{self.account_id}:{resource}"

    def asked(self, field: str) -> str:
        """A field that a policy cannot be without; raises ValueError where it is empty."""
        value = str(getattr(self, field))
        if not value:
            raise ValueError(f"the policy needs {field}")
        return value

    @property
    def cluster_arn(self) -> str:
        return self.arn("eks", f"cluster/{self.cluster_name}")

    @property
    def in_region(self) -> dict[str, dict[str, str | list[str]]]:
        """Condition for what AWS lets nobody restrict by resource."""
        return {"StringEquals": {"aws:RequestedRegion": self.region}}
