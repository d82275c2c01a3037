"""The gateway as objects: what a cluster reads of each idea of its spec."""

from __future__ import annotations

import json
from typing import Any

import kubernetes_validate
import pytest

from components.kubernetes.manifest import Manifest
from components.specs import TlsSpec
from components.specs.cluster import KubernetesSpec, RouteSpec
from tests.support.gateway_specs import KEYS, gateway_objects, keyed, limited, of_gateway
from tests.support.manifests import chooses, containers, of_kind, one


def template(spec: KubernetesSpec) -> Manifest:
    return one(gateway_objects(spec), "Deployment", "-gateway")["spec"]["template"]


def config(spec: KubernetesSpec) -> dict[str, Any]:
    files = one(gateway_objects(spec), "ConfigMap", "-gateway-config")["data"]
    return {name: json.loads(text)["resources"] for name, text in files.items()}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (limited(60), limited(120)),
        (keyed(), keyed(request_timeout_seconds=7.0)),
        (keyed(), keyed(max_streams=7)),
    ],
    ids=["limit", "timeout", "streams"],
)
def test_what_envoy_reads_again_needs_no_rollout(
    before: KubernetesSpec, after: KubernetesSpec
) -> None:
    assert gateway_objects(before) != gateway_objects(after)
    assert template(before) == template(after)


def test_what_envoy_reads_once_rolls() -> None:
    before, after = keyed(), of_gateway(keyed(), cpu_millis=3000)
    assert template(before) != template(after)
    arguments = containers(gateway_objects(keyed()))[0]["args"]
    bootstrap = json.loads(arguments[arguments.index("--config-yaml") + 1])
    assert set(bootstrap["dynamic_resources"]) == {"lds_config", "cds_config"}


def test_keys_are_in_the_secret_alone_and_another_key_changes_nothing_else() -> None:
    def objects(keys: dict[str, str]) -> list[Manifest]:
        return [m for m in gateway_objects(keyed(), keys) if m["kind"] != "Secret"]

    assert objects(KEYS) == objects({"web": "another-key-0123456789"})
    secret = one(gateway_objects(keyed()), "Secret")
    assert KEYS["web"] in secret["stringData"]["keys.json"]
    assert KEYS["web"] not in json.dumps(objects(KEYS))


def test_without_authentication_there_is_no_secret() -> None:
    spec = keyed(keys=())
    assert not of_kind(gateway_objects(spec, {}), "Secret")
    (config_volume, _) = template(spec)["spec"]["volumes"]
    assert [set(source) for source in config_volume["projected"]["sources"]] == [{"configMap"}]


def test_envoy_watches_the_link_that_kubelet_moves() -> None:
    bootstrap = json.loads(_argument(keyed(), "--config-yaml"))
    assert bootstrap["dynamic_resources"]["lds_config"]["path_config_source"] == {
        "path": "/etc/gateway/listeners.json",
        "watched_directory": {"path": "/etc/gateway"},
    }


def test_replicas_are_found_by_the_name_of_their_headless_service() -> None:
    clusters = {cluster["name"]: cluster for cluster in config(keyed())["clusters.json"]}
    engine = clusters["engine"]
    assert engine["type"] == "STRICT_DNS"
    (endpoint,) = engine["load_assignment"]["endpoints"][0]["lb_endpoints"]
    assert endpoint["endpoint"]["address"]["socket_address"] == {
        "address": "tiny-engine-pods",
        "port_value": 8000,
    }
    assert engine["health_checks"][0]["http_health_check"]["path"] == "/health/ready"


def test_a_pod_is_ended_by_the_hook_that_drains_it_and_has_the_plans_grace() -> None:
    pod = template(keyed())["spec"]
    (envoy,) = pod["containers"]
    assert envoy["lifecycle"]["preStop"]["httpGet"]["port"] == "drain"
    assert pod["terminationGracePeriodSeconds"] == 90
    listeners = {listener["name"]: listener for listener in config(keyed())["listeners.json"]}
    assert "waited < 10" in json.dumps(listeners["drain"]), "while new connections may still come"


def test_a_limit_is_counted_by_one_service_for_all_gateways() -> None:
    spec = limited(60)
    (listener, *_) = config(spec)["listeners.json"]
    assert "envoy.filters.http.ratelimit" in json.dumps(listener)
    assert "local_ratelimit" not in json.dumps(listener)
    counts = json.loads(one(gateway_objects(spec), "ConfigMap", "-limits")["data"]["config.yaml"])
    assert counts["descriptors"] == [
        {"key": "client", "rate_limit": {"unit": "minute", "requests_per_unit": 60}}
    ]
    deployment = one(gateway_objects(spec), "Deployment", "-limits")["spec"]
    assert (deployment["replicas"], deployment["strategy"]) == (1, {"type": "Recreate"})


def test_redis_listens_on_no_port() -> None:
    redis = next(c for c in containers(gateway_objects(limited(60))) if c["name"] == "redis")
    assert "ports" not in redis
    assert redis["args"][:2] == ["--port", "0"]
    policy = one(gateway_objects(limited(60)), "NetworkPolicy", "-limits")["spec"]
    assert [rule["ports"] for rule in policy["ingress"]] == [[{"protocol": "TCP", "port": 8081}]]


def test_a_limit_that_nobody_would_count_is_refused() -> None:
    spec = keyed(requests_per_minute=60)
    with pytest.raises(ValueError, match="rate limit service"):
        gateway_objects(spec)


def test_a_certificate_comes_from_a_secret_of_the_namespace_and_is_watched_there() -> None:
    spec = of_gateway(keyed(), tls_secret="llm-certificate")
    (volume, _) = template(spec)["spec"]["volumes"]
    assert {"secret": {"name": "llm-certificate"}} in volume["projected"]["sources"]
    (secret,) = config(spec)["certificate.json"]
    assert secret["tls_certificate"] == {
        "certificate_chain": {"filename": "/etc/gateway/tls.crt"},
        "private_key": {"filename": "/etc/gateway/tls.key"},
        "watched_directory": {"path": "/etc/gateway"},
    }


def test_a_certificate_by_paths_of_this_machine_is_refused() -> None:
    with pytest.raises(ValueError, match="Secret"):
        gateway_objects(keyed(tls=TlsSpec(certificate="/a.crt", private_key="/a.key")))


def test_a_range_of_replicas_is_scaled_by_processor_time() -> None:
    fixed = gateway_objects(keyed())
    assert one(fixed, "Deployment")["spec"]["replicas"] == 2
    assert not of_kind(fixed, "HorizontalPodAutoscaler")
    scaled = gateway_objects(of_gateway(keyed(), replicas=(2, 5)))
    assert "replicas" not in one(scaled, "Deployment")["spec"], "the two would overwrite each other"
    body = one(scaled, "HorizontalPodAutoscaler")["spec"]
    assert (body["minReplicas"], body["maxReplicas"]) == (2, 5)
    assert body["metrics"][0]["resource"]["name"] == "cpu"


def test_the_service_is_of_the_kind_that_is_asked_for() -> None:
    spec = of_gateway(keyed(port=80), service="NodePort", node_port=30080)
    body = one(gateway_objects(spec), "Service")["spec"]
    assert body["type"] == "NodePort"
    assert body["ports"] == [
        {"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP", "nodePort": 30080}
    ]


def test_a_route_of_the_gateway_api_outlasts_the_longest_request() -> None:
    route = RouteSpec(kind="http-route", host="llm.example.com", parent="infra/public")
    body = one(gateway_objects(of_gateway(keyed(), route=route)), "HTTPRoute")["spec"]
    assert body["parentRefs"] == [{"name": "public", "namespace": "infra"}]
    assert body["rules"][0]["backendRefs"] == [{"name": "tiny-gateway", "port": 8080}]
    assert body["rules"][0]["timeouts"] == {"request": "310s"}


def test_an_ingress_passes_streams_on_at_once() -> None:
    route = RouteSpec(kind="ingress", host="llm.example.com", parent="nginx")
    ingress = one(gateway_objects(of_gateway(keyed(), route=route)), "Ingress")
    assert ingress["spec"]["ingressClassName"] == "nginx"
    assert (
        ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-buffering"] == "off"
    )


def test_services_budgets_and_policies_choose_the_pods_that_are_meant() -> None:
    spec = limited(60)
    objects = gateway_objects(spec)
    for name in ("-gateway", "-limits"):
        pods = one(objects, "Deployment", name)["spec"]["template"]["metadata"]["labels"]
        assert chooses(one(objects, "Service", name)["spec"]["selector"], pods)
        policy = one(objects, "NetworkPolicy", name)["spec"]["podSelector"]["matchLabels"]
        assert chooses(policy, pods)
    budget = one(objects, "PodDisruptionBudget")["spec"]["selector"]["matchLabels"]
    assert chooses(budget, template(spec)["metadata"]["labels"])


def test_every_container_is_restricted_and_bounded() -> None:
    for container in containers(gateway_objects(limited(60))):
        security = container["securityContext"]
        assert security["readOnlyRootFilesystem"], container["name"]
        assert security["capabilities"] == {"drop": ["ALL"]}, container["name"]
        assert container["resources"]["limits"]["memory"], container["name"]


@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_the_schema_of_the_oldest_and_the_newest_cluster_takes_every_object(version: str) -> None:
    ingress = RouteSpec(kind="ingress", host="llm.example.com", parent="nginx")
    spec = of_gateway(limited(60), replicas=(2, 5), route=ingress)
    for made in gateway_objects(spec):
        kubernetes_validate.validate(made, version, strict=True)


def _argument(spec: KubernetesSpec, name: str) -> str:
    arguments = template(spec)["spec"]["containers"][0]["args"]
    return arguments[arguments.index(name) + 1]
