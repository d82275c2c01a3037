"""An Ingress whose load balancer is an ALB."""

from __future__ import annotations

import json
from typing import Any

from components.kubernetes import names
from components.kubernetes.edge.site import TLS_POLICY, EdgeSite, edge_name, pairs, scheme
from components.kubernetes.manifest import Manifest, manifest
from components.specs.aws import EdgeSpec
from components.specs.cluster import KubernetesSpec

_PREFIX = "alb.ingress.kubernetes.io/"


def alb(spec: KubernetesSpec, edge: EdgeSpec, site: EdgeSite) -> tuple[Manifest, ...]:
    """Parameters of the class, the class, and the Ingress."""
    group, version = ("eks.amazonaws.com", "v1") if site.auto_mode else ("elbv2.k8s.aws", "v1beta1")
    # Auto Mode takes both of these from here alone.
    parameters = manifest(
        spec,
        f"{group}/{version}",
        "IngressClassParams",
        edge_name(spec),
        "gateway",
        namespaced=False,
        spec={
            "scheme": scheme(edge.internal),
            "tags": [{"key": key, "value": value} for key, value in site.tags.items()],
        },
    )
    body = {
        "controller": "eks.amazonaws.com/alb" if site.auto_mode else "ingress.k8s.aws/alb",
        "parameters": {
            "apiGroup": group,
            "kind": "IngressClassParams",
            "name": edge_name(spec),
        },
    }
    made = manifest(
        spec,
        "networking.k8s.io/v1",
        "IngressClass",
        edge_name(spec),
        "gateway",
        namespaced=False,
        spec=body,
    )
    return parameters, made, _ingress(spec, edge, site)


def _ingress(spec: KubernetesSpec, edge: EdgeSpec, site: EdgeSite) -> Manifest:
    backend = {"name": names.gateway(spec), "port": {"name": "http"}}
    path = {"path": "/", "pathType": "Prefix", "backend": {"service": backend}}
    host = {"host": edge.domain.host} if edge.domain else {}
    return manifest(
        spec,
        "networking.k8s.io/v1",
        "Ingress",
        edge_name(spec),
        "gateway",
        annotations=_annotations(spec, edge, site),
        spec={
            "ingressClassName": edge_name(spec),
            "rules": [{**host, "http": {"paths": [path]}}],
        },
    )


def _annotations(spec: KubernetesSpec, edge: EdgeSpec, site: EdgeSite) -> dict[str, Any]:
    values: dict[str, Any] = {
        "target-type": "ip",
        # Without a key it is 401 from a gateway that stands, also while no replica runs.
        "healthcheck-path": "/v1/models",
        "success-codes": "200,401",
        "load-balancer-attributes": pairs(
            {
                "idle_timeout.timeout_seconds": edge.idle_seconds,
                "routing.http.drop_invalid_header_fields.enabled": "true",
            }
        ),
        "target-group-attributes": pairs(
            {"deregistration_delay.timeout_seconds": edge.deregistration_seconds}
        ),
    }
    if edge.source_ranges:
        values["inbound-cidrs"] = ",".join(edge.source_ranges)
    if spec.gateway.gateway.tls is not None:
        values["backend-protocol"] = "HTTPS"
    if site.certificate_arn is None:
        values["listen-ports"] = json.dumps([{"HTTP": 80}])
    else:
        values["listen-ports"] = json.dumps([{"HTTP": 80}, {"HTTPS": 443}])
        values["ssl-redirect"] = "443"
        values["ssl-policy"] = TLS_POLICY
        values["certificate-arn"] = site.certificate_arn
    if site.web_acl_arn is not None:
        values["wafv2-acl-arn"] = site.web_acl_arn
    return {f"{_PREFIX}{key}": value for key, value in values.items()}
