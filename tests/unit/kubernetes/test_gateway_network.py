"""Whom the gateway and the counting service speak with, as an enforcing network would see it."""

from __future__ import annotations

import pytest

from components.kubernetes.manifest import Component, labels
from tests.support.gateway_specs import gateway_objects, limited
from tests.support.manifests import containers, of_kind, rendered
from tests.support.network_policies import Peer, lets_through

SPEC = limited(60)
OBJECTS = (*rendered(SPEC), *gateway_objects(SPEC))
POLICIES = of_kind(OBJECTS, "NetworkPolicy")
CLIENT = Peer(address="93.184.216.34")
PROMETHEUS = Peer(namespace="monitoring", labels={"app.kubernetes.io/name": "prometheus"})
DNS = Peer(namespace="kube-system", labels={"k8s-app": "kube-dns"})
HTTP, PROBES, DRAIN, GRPC = 8080, 8081, 8082, 8081


def pod(component: Component, container: str) -> Peer:
    (made,) = [one for one in containers(OBJECTS) if one["name"] == container]
    ports = {port["name"]: port["containerPort"] for port in made["ports"]}
    return Peer(namespace=SPEC.namespace, labels=labels(SPEC, component), ports=ports)


GATEWAY, LIMITS = pod("gateway", "envoy"), pod("limits", "limits")
ENGINE = pod("engine", "engine")


def test_clients_reach_the_port_of_requests_and_no_other() -> None:
    assert lets_through(POLICIES, CLIENT, GATEWAY, HTTP)
    for port in (PROBES, DRAIN):
        assert not lets_through(POLICIES, CLIENT, GATEWAY, port)


def test_prometheus_reads_metrics() -> None:
    assert lets_through(POLICIES, PROMETHEUS, GATEWAY, PROBES)


@pytest.mark.parametrize("who", [CLIENT, PROMETHEUS, DNS, ENGINE, LIMITS, GATEWAY])
def test_nobody_reaches_the_port_that_takes_a_gateway_out_of_service(who: Peer) -> None:
    assert not lets_through(POLICIES, who, GATEWAY, DRAIN)


def test_the_gateway_reaches_engine_counter_and_names() -> None:
    assert lets_through(POLICIES, GATEWAY, ENGINE, 8000)
    assert lets_through(POLICIES, GATEWAY, LIMITS, GRPC)
    assert lets_through(POLICIES, GATEWAY, DNS, 53, "UDP")
    assert not lets_through(POLICIES, GATEWAY, CLIENT, 443)


@pytest.mark.parametrize("who", [CLIENT, PROMETHEUS, DNS, ENGINE])
def test_only_gateways_count(who: Peer) -> None:
    for port in (GRPC, 8080, 6070, 6379):
        assert not lets_through(POLICIES, who, LIMITS, port)
        assert not lets_through(POLICIES, LIMITS, who, port)
