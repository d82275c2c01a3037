"""A plan for AWS to its part of the document."""

from __future__ import annotations

from decimal import Decimal

from components.specs.aws import EksSpec, NodePoolSpec
from planning.cost.line import Line
from planning.eks.cost.value import Cost, item
from planning.report.eks_document import AddonPart, CostLinePart, EksPart, PoolPart

_NAT = {
    "none": "no NAT gateway: AWS through endpoints alone",
    "single": "one NAT gateway for all zones",
    "per-zone": "a NAT gateway in each zone",
}


def eks_part(spec: EksSpec, cost: Cost, environment: str) -> EksPart:
    pools = (spec.system_pool, *spec.pools) if spec.system_pool else spec.pools
    return EksPart(
        region=spec.region,
        environment=environment,
        protected=spec.protect,
        kubernetes_version=spec.cluster.version,
        network=_network(spec),
        api_server=_api_server(spec),
        edge=_edge(spec),
        addons=tuple(AddonPart(name=one.name, version=one.version) for one in spec.cluster.addons),
        pools=tuple(map(_pool, pools)),
        secrets=tuple(one.kind for one in spec.secrets),
        costs=tuple(map(_line, cost.lines)),
        minimum_monthly_usd=_usd(cost.total("minimum")),
        expected_monthly_usd=_usd(cost.total("expected")),
        maximum_monthly_usd=_usd(cost.total("maximum")),
        unpriced=cost.unpriced,
        first_up=cost.first_up,
        kept=cost.kept,
    )


def _network(spec: EksSpec) -> str:
    network = spec.network
    if network.existing is not None:
        zones = ", ".join(network.existing.private_subnets)
        return f"{network.existing.vpc_id}, which is there, in {zones}"
    zones = ", ".join(zone.name for zone in network.zones)
    ends = network.interface_endpoints
    more = f" ({', '.join(ends)})" if ends else ""
    return f"a VPC {network.cidr} over {zones}; {_NAT[network.nat]}{more}"


def _api_server(spec: EksSpec) -> str:
    cidrs = spec.cluster.public_access_cidrs
    return f"the VPC, and {', '.join(cidrs)}" if cidrs else "the VPC alone"


def _edge(spec: EksSpec) -> str:
    edge = spec.edge
    if edge is None:
        return "from inside the cluster only"
    reach = "internal" if edge.internal else "internet-facing"
    name = f" at https://{edge.domain.host}" if edge.domain else ", plain HTTP"
    web = ", behind a web ACL" if edge.waf else ""
    return (
        f"{reach} {edge.kind}{name}{web}; idle for {edge.idle_seconds} s, open streams get "
        f"{edge.deregistration_seconds} s when a gateway leaves"
    )


def _pool(pool: NodePoolSpec) -> PoolPart:
    image = pool.image
    return PoolPart(
        name=pool.name,
        mode=pool.mode,
        instance_types=pool.instance_types,
        capacity=pool.capacity,
        minimum=pool.minimum,
        maximum=pool.maximum,
        zones=pool.zones,
        image=f"{image.family}/{image.release}" if image else None,
        disk_gib=pool.disk.gib,
    )


def _line(line: Line) -> CostLinePart:
    amount = line.amount
    return CostLinePart(
        item=item(line),
        how="; ".join((line.how, *line.beside)),
        minimum_usd=_usd(amount.minimum if amount else None),
        expected_usd=_usd(amount.expected if amount else None),
        maximum_usd=_usd(amount.maximum if amount else None),
    )


def _usd(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
