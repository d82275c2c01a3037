"""What is billed beside nodes."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import EksSpec
from planning.catalog import Catalog
from planning.eks.cost.prices import hourly, rate, source
from planning.eks.cost.value import CostLine, fixed, unpriced


def service_lines(spec: EksSpec, catalog: Catalog) -> Iterator[CostLine]:
    yield hourly(catalog, spec.region, "control plane", "eks-cluster", 1)
    yield from _network(spec, catalog)
    yield from _edge(spec, catalog)
    yield from _kept(spec, catalog)
    yield unpriced("logs of the control plane", "CloudWatch: what is written is not known")
    keys = "KMS: no price is known"
    yield unpriced("encryption keys", keys)


def _network(spec: EksSpec, catalog: Catalog) -> Iterator[CostLine]:
    network = spec.network
    if network.existing is not None:
        return
    gateways = {"none": 0, "single": 1, "per-zone": len(network.zones)}[network.nat]
    if gateways:
        yield hourly(catalog, spec.region, "NAT gateways", "nat-gateway", gateways)
        data = rate(catalog, spec.region, "nat-gateway-data")
        said = f"${data}/GB" if data else "no price is known"
        yield unpriced("traffic through NAT", f"{said}, images and weights among it; not counted")
    count = len(network.interface_endpoints) * len(network.zones)
    if count:
        yield hourly(catalog, spec.region, "interface endpoints", "interface-endpoint", count)
    if network.flow_log_days is not None:
        yield unpriced("flow logs", "CloudWatch: what is written is not known")


def _edge(spec: EksSpec, catalog: Catalog) -> Iterator[CostLine]:
    if spec.edge is None:
        return
    kind = spec.edge.kind
    yield hourly(catalog, spec.region, "load balancer", kind, 1)
    unit = rate(catalog, spec.region, f"{kind}-capacity")
    said = f"${unit} a unit and hour" if unit else "no price is known"
    yield unpriced("load balancer's traffic", f"{said}; not counted")
    if spec.edge.waf:
        yield unpriced("web ACL", "WAF: no price is known")


def _kept(spec: EksSpec, catalog: Catalog) -> Iterator[CostLine]:
    if spec.registry is not None:
        usd = rate(catalog, spec.region, "ecr-storage")
        said = f"${usd}/GB-month" if usd else "no price is known"
        most = spec.registry.keep_images
        yield unpriced("images in ECR", f"{said}; up to {most} images, of a size not known yet")
    if spec.weights is not None:
        usd = rate(catalog, spec.region, "s3-standard")
        size = spec.weights.size_bytes / 10**9
        if usd is None:
            yield unpriced("weights in S3", "no price is known")
        else:
            yield fixed(
                "weights in S3",
                f"{size:.1f} GB x ${usd}/GB-month",
                spec.weights.size_bytes * usd / 10**9,
                source(catalog, spec.region, "s3-standard"),
            )
    if spec.secrets:
        said = f"{len(spec.secrets)} in Secrets Manager: no price is known"
        yield unpriced("secrets", said)
