"""A Service whose load balancer is an NLB."""

from __future__ import annotations

from typing import Any

from components.kubernetes.edge.site import TLS_POLICY, EdgeSite, edge_name, pairs, scheme
from components.kubernetes.manifest import Manifest, manifest, selector
from components.specs.aws import EdgeSpec
from components.specs.cluster import KubernetesSpec

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_LONGEST_TLS_IDLE = 350
"""Seconds, of a listener that ends TLS: AWS lets nobody change them."""


def nlb(spec: KubernetesSpec, edge: EdgeSpec, site: EdgeSite) -> tuple[Manifest, ...]:
    """Raises ValueError for a silence that an NLB with TLS does not bear."""
    ends_tls = site.certificate_arn is not None
    if ends_tls and edge.idle_seconds > _LONGEST_TLS_IDLE:
        raise ValueError(
            f"an NLB with a certificate ends what is silent for {_LONGEST_TLS_IDLE} s, and an "
            f"answer may be silent for {edge.idle_seconds} s: use an ALB"
        )
    port = 443 if ends_tls else 80
    body: Manifest = {
        "type": "LoadBalancer",
        "loadBalancerClass": "eks.amazonaws.com/nlb" if site.auto_mode else "service.k8s.aws/nlb",
        # Pods are targets by their addresses: a port on every node is one more way in.
        "allocateLoadBalancerNodePorts": False,
        "selector": selector(spec, "gateway"),
        "ports": [{"name": "http", "port": port, "targetPort": "http", "protocol": "TCP"}],
    }
    if edge.source_ranges:
        body["loadBalancerSourceRanges"] = list(edge.source_ranges)
    annotations = _annotations(spec, edge, site, port)
    made = manifest(
        spec, "v1", "Service", edge_name(spec), "gateway", annotations=annotations, spec=body
    )
    return (made,)


def _annotations(spec: KubernetesSpec, edge: EdgeSpec, site: EdgeSite, port: int) -> dict[str, Any]:
    values: dict[str, Any] = {
        "scheme": scheme(edge.internal),
        "nlb-target-type": "ip",
        "additional-resource-tags": pairs(site.tags),
        "attributes": pairs({"load_balancing.cross_zone.enabled": "true"}),
        "target-group-attributes": pairs(
            {
                "deregistration_delay.timeout_seconds": edge.deregistration_seconds,
                "deregistration_delay.connection_termination.enabled": "false",
                "preserve_client_ip.enabled": "true",
            }
        ),
    }
    if spec.gateway.gateway.tls is not None:
        values["backend-protocol"] = "ssl"
    if site.certificate_arn is None:
        idle = {"tcp.idle_timeout.seconds": max(60, edge.idle_seconds)}
        values[f"listener-attributes.TCP-{port}"] = pairs(idle)
    else:
        values["ssl-cert"] = site.certificate_arn
        values["ssl-ports"] = str(port)
        values["ssl-negotiation-policy"] = TLS_POLICY
    return {f"{_PREFIX}{key}": value for key, value in values.items()}
