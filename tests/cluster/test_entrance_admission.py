"""What leads in and what scales, kept by a real API server and not only tried on it."""

from __future__ import annotations

import copy
from base64 import b64decode
from collections.abc import Generator
from dataclasses import replace

import pytest

from components.kubernetes import names
from components.kubernetes.manifest import Manifest
from components.specs.cluster import KubernetesSpec, RouteSpec
from tests.support.cluster_objects import applied, in_own_namespace
from tests.support.kube import Kube, eventually
from tests.support.kubernetes_cases import cases
from tests.support.manifests import of_kind, one, rendered_stack
from tests.support.operators import installed
from tools.cluster.certificates import Authority
from tools.cluster.operators.gateway_api import GATEWAY_API

KEPT = {"HorizontalPodAutoscaler", "Ingress", "Service", "Deployment", "ServiceAccount"}
HOST = "llm.example.com"


@pytest.fixture(scope="module")
def gateway_api(kube: Kube, own: None) -> Generator[None]:
    with installed(kube, GATEWAY_API):
        yield


def test_hpa_ingress_and_tls_secret_are_kept_as_they_were_said(kube: Kube) -> None:
    spec = _spec(RouteSpec(kind="ingress", host=HOST, parent="nginx"))
    namespace, *objects = rendered_stack(spec)
    kept = [made for made in objects if made["kind"] in KEPT]
    tls_secret = _tls_secret(str(spec.gateway.tls_secret), spec.namespace)
    with applied(kube, [namespace, *kept, tls_secret]):
        found = kube.get("ingress", names.gateway(spec), "--namespace", spec.namespace)
        assert found["spec"] == one(kept, "Ingress")["spec"]
        secret = kube.get("secret", str(spec.gateway.tls_secret), "--namespace", spec.namespace)
        assert b64decode(secret["data"]["tls.crt"]).startswith(b"-----BEGIN CERTIFICATE")
        for scaler in of_kind(kept, "HorizontalPodAutoscaler"):
            name = scaler["metadata"]["name"]
            eventually(lambda name=name: _able(kube, spec, name), f"{name}, which finds its target")


def test_a_secret_without_its_key_is_refused_so_the_other_was_judged(kube: Kube) -> None:
    with kube.restricted_namespace() as namespace:
        secret = _tls_secret("certificate", namespace)
        del secret["stringData"]["tls.key"]
        done = kube.run("create", "--filename=-", content=secret)
    assert "data[tls.key]" in done.stderr


def test_a_route_is_kept_by_the_gateway_api_and_a_wrong_one_refused(
    kube: Kube, gateway_api: None
) -> None:
    spec = _spec(RouteSpec(kind="http-route", host=HOST, parent="edge/public"))
    namespace, *objects = rendered_stack(spec)
    route = one(objects, "HTTPRoute")
    with applied(kube, [namespace, route]):
        found = kube.get("httproute", names.gateway(spec), "--namespace", spec.namespace)
        assert found["spec"]["hostnames"] == [HOST]
        (rule,) = found["spec"]["rules"]
        assert rule["timeouts"] == route["spec"]["rules"][0]["timeouts"]
        wrong = copy.deepcopy(route)
        wrong["spec"]["rules"][0]["timeouts"]["request"] = "15"
        assert "timeouts.request" in kube.run("apply", "--filename=-", content=wrong).stderr


def _spec(route: RouteSpec) -> KubernetesSpec:
    """Scaled by an HPA, behind `route`, with a certificate of the namespace."""
    spec = cases()["vllm-scaled"]
    assert spec.autoscaling is not None
    gateway = replace(spec.gateway, route=route, tls_secret="certificate", replicas=(2, 4))
    scaling = replace(spec.autoscaling, kind="hpa")
    return in_own_namespace(replace(spec, gateway=gateway, autoscaling=scaling))


def _tls_secret(name: str, namespace: str) -> Manifest:
    pair = Authority("tests").server([HOST], [])
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "type": "kubernetes.io/tls",
        "metadata": {"name": name, "namespace": namespace},
        "stringData": {"tls.crt": pair.certificate.decode(), "tls.key": pair.key.decode()},
    }


def _able(kube: Kube, spec: KubernetesSpec, name: str) -> bool:
    found = kube.get("hpa", name, "--namespace", spec.namespace)["status"]
    conditions = {c["type"]: c["status"] for c in found.get("conditions", ())}
    return conditions.get("AbleToScale") == "True"
