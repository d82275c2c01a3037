"""The name by which clients find the load balancer."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Input, ResourceOptions
from pulumi_aws import lb, route53

from components.aws.component import AwsComponent
from components.specs.aws import DomainSpec, EdgeSpec

_TYPES = {"nlb": "network", "alb": "application"}


@dataclass(frozen=True, kw_only=True)
class EdgeNameArgs:
    """What an EdgeName is made from."""

    domain: DomainSpec
    spec: EdgeSpec
    address: Input[str]
    """Host name of the load balancer that the cluster has made."""


class EdgeName(AwsComponent):
    """An alias: it costs no query, and may be the zone's own name."""

    record: route53.Record

    def __init__(self, name: str, args: EdgeNameArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("EdgeName", name, {}, opts)
        zone = lb.get_hosted_zone_id_output(load_balancer_type=_TYPES[args.spec.kind])
        self.record = route53.Record(
            self.named("record"),
            zone_id=args.domain.zone_id,
            name=args.domain.host,
            type="A",
            aliases=[
                route53.RecordAliasArgs(
                    name=args.address, zone_id=zone.id, evaluate_target_health=True
                )
            ],
            opts=self.child(),
        )
        self.register_outputs({})
