"""Where everything of the stack lies: account, key and network."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Output, Resource, ResourceOptions

from components.aws.account import Account, account
from components.aws.drain import Drain
from components.aws.identity import ScopeArgs
from components.aws.key import StackKey, StackKeyArgs
from components.aws.network import Network, NetworkArgs
from components.specs.aws import EksSpec

_DRAIN_SECONDS = 900


@dataclass(frozen=True, kw_only=True)
class EksSite:
    account: Account
    key: StackKey | None
    network: Network
    interfaces: Drain
    """Made before the cluster, and so passed after its end."""

    @property
    def key_arn(self) -> Output[str] | None:
        return self.key.arn if self.key else None

    def child(self, *after: Resource) -> ResourceOptions:
        """Options of a component of AWS."""
        return ResourceOptions(providers=[self.account.provider], depends_on=[*after])

    def scope(self, spec: EksSpec) -> ScopeArgs:
        """Where policies of the stack hold, but for what only some of them name."""
        vpc = Output.format(
            "arn:{}:ec2:{}:{}:vpc/{}",
            spec.partition,
            spec.region,
            self.account.id,
            self.network.vpc_id,
        )
        return ScopeArgs(
            partition=spec.partition,
            region=spec.region,
            account_id=self.account.id,
            cluster_name=spec.name,
            vpc_arn=vpc,
        )


def eks_site(spec: EksSpec) -> EksSite:
    owner = account(spec.region)
    opts = ResourceOptions(providers=[owner.provider])
    key = _key(spec, owner, opts) if spec.cluster.encrypt_secrets else None
    network = Network(
        "network",
        NetworkArgs(
            spec=spec.network,
            region=spec.region,
            cluster=spec.name,
            key_arn=key.arn if key else None,
            identity=spec.identity,
            tags=spec.tags,
            protect=spec.protect,
        ),
        opts,
    )
    interfaces = Drain(
        "network-drain",
        region=spec.region,
        cluster=spec.name,
        vpc_id=network.vpc_id,
        of=["security-groups", "interfaces"],
        seconds=_DRAIN_SECONDS,
        opts=ResourceOptions(depends_on=[*network.subnets]),
    )
    return EksSite(account=owner, key=key, network=network, interfaces=interfaces)


def _key(spec: EksSpec, owner: Account, opts: ResourceOptions) -> StackKey:
    return StackKey(
        "key",
        StackKeyArgs(
            partition=spec.partition,
            region=spec.region,
            account_id=owner.id,
            tags=spec.tags,
            protect=spec.protect,
        ),
        opts,
    )
