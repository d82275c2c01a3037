"""The gateway behind an NLB or an ALB, and its secrets from outside."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from components.kubernetes import names
from components.kubernetes.edge import EdgeSite, edge_name, with_edge
from components.kubernetes.external_secrets import with_external_secrets
from components.kubernetes.manifest import Manifest
from components.specs.aws import CloudSecretSpec, DomainSpec, EdgeSpec
from tests.support.aws_specs import TAGS
from tests.support.kubernetes_specs import onnx_spec
from tests.support.manifests import rendered_stack

SPEC = onnx_spec()
EDGE = EdgeSpec(
    kind="nlb",
    internal=True,
    source_ranges=("10.0.0.0/8",),
    domain=DomainSpec(host="llm.example.com", zone_id="Z1", certificate_arn=None),
    idle_seconds=300,
    deregistration_seconds=90,
    waf=False,
)
SITE = EdgeSite(auto_mode=False, certificate_arn="arn:cert", web_acl_arn=None, tags=TAGS)
_NLB = "service.beta.kubernetes.io/aws-load-balancer-"
_ALB = "alb.ingress.kubernetes.io/"


def _made(edge: EdgeSpec, site: EdgeSite, kind: str) -> Manifest:
    objects = with_edge(rendered_stack(SPEC), SPEC, edge, site)
    (found,) = [
        made
        for made in objects
        if made["kind"] == kind and made["metadata"]["name"] == edge_name(SPEC)
    ]
    return found


def _annotations(edge: EdgeSpec, site: EdgeSite, kind: str) -> dict[str, Any]:
    return _made(edge, site, kind)["metadata"]["annotations"]


def test_the_clusters_own_service_is_not_a_second_load_balancer() -> None:
    spec = dataclasses.replace(
        SPEC, gateway=dataclasses.replace(SPEC.gateway, service="LoadBalancer")
    )
    objects = with_edge(rendered_stack(spec), spec, EDGE, SITE)
    types = {
        made["metadata"]["name"]: made["spec"]["type"]
        for made in objects
        if made["kind"] == "Service" and "type" in made["spec"]
    }
    assert types[names.gateway(spec)] == "ClusterIP"
    assert types[edge_name(spec)] == "LoadBalancer"


@pytest.mark.parametrize(
    ("auto_mode", "wanted"), [(True, "eks.amazonaws.com/nlb"), (False, "service.k8s.aws/nlb")]
)
def test_the_controller_that_is_there_makes_the_nlb(auto_mode: bool, wanted: str) -> None:
    made = _made(EDGE, dataclasses.replace(SITE, auto_mode=auto_mode), "Service")
    assert made["spec"]["loadBalancerClass"] == wanted


def test_an_nlb_ends_tls_and_lets_in_whom_it_should() -> None:
    annotations = _annotations(EDGE, SITE, "Service")
    assert annotations[f"{_NLB}ssl-cert"] == "arn:cert"
    assert annotations[f"{_NLB}scheme"] == "internal"
    made = _made(EDGE, SITE, "Service")
    assert made["spec"]["loadBalancerSourceRanges"] == ["10.0.0.0/8"]
    assert made["spec"]["ports"][0]["port"] == 443


def test_a_load_balancer_has_the_stacks_tags_so_that_it_is_found_when_it_is_lost() -> None:
    annotations = _annotations(EDGE, SITE, "Service")
    tags = dict(
        pair.split("=") for pair in annotations[f"{_NLB}additional-resource-tags"].split(",")
    )
    assert tags == TAGS
    alb = dataclasses.replace(EDGE, kind="alb")
    listed = _made(alb, SITE, "IngressClassParams")["spec"]["tags"]
    assert {tag["key"]: tag["value"] for tag in listed} == TAGS


def test_an_answer_may_be_silent_and_a_leaving_gateway_may_finish() -> None:
    plain = dataclasses.replace(SITE, certificate_arn=None)
    annotations = _annotations(dataclasses.replace(EDGE, idle_seconds=900), plain, "Service")
    assert annotations[f"{_NLB}listener-attributes.TCP-80"] == "tcp.idle_timeout.seconds=900"
    group = annotations[f"{_NLB}target-group-attributes"]
    assert "deregistration_delay.timeout_seconds=90" in group
    alb = _annotations(dataclasses.replace(EDGE, kind="alb", idle_seconds=900), SITE, "Ingress")
    assert "idle_timeout.timeout_seconds=900" in alb[f"{_ALB}load-balancer-attributes"]


def test_a_silence_that_an_nlb_with_tls_would_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="silent for 350 s"):
        _made(dataclasses.replace(EDGE, idle_seconds=351), SITE, "Service")


def test_an_alb_sends_plain_requests_to_tls_and_has_the_web_acl() -> None:
    site = dataclasses.replace(SITE, web_acl_arn="arn:acl")
    annotations = _annotations(dataclasses.replace(EDGE, kind="alb", waf=True), site, "Ingress")
    assert annotations[f"{_ALB}ssl-redirect"] == "443"
    assert annotations[f"{_ALB}wafv2-acl-arn"] == "arn:acl"
    assert annotations[f"{_ALB}inbound-cidrs"] == "10.0.0.0/8"


def test_a_secret_that_comes_from_outside_is_not_written_to_the_api() -> None:
    spec = onnx_spec()
    stack = rendered_stack(spec)
    own = {"kind": "Secret", "metadata": {"name": "keys"}, "stringData": {"a": "sk-canary"}}
    secret = CloudSecretSpec(kind="gateway-files", object_name="keys", existing_arn=None)
    objects = with_external_secrets(
        [*stack, own], spec, (secret,), arns={"keys": "arn:secret"}, region="us-east-1"
    )
    assert "sk-canary" not in repr(objects)
    (brought,) = [made for made in objects if made["kind"] == "ExternalSecret"]
    assert brought["spec"]["target"]["name"] == "keys"
    assert brought["spec"]["dataFrom"] == [{"extract": {"key": "arn:secret"}}]
    (store,) = [made for made in objects if made["kind"] == "SecretStore"]
    assert "auth" not in store["spec"]["provider"]["aws"]
