"""The pool of replicas and its endpoint picker: they find each other, and nobody else does."""

from __future__ import annotations

import json
from dataclasses import replace

from components.cluster.order import waves
from components.gateway.balancing import PICKED_HEADER
from components.kubernetes.manifest import Manifest
from tests.support.kubernetes_specs import gpu_spec, with_picker
from tests.support.manifests import chooses, of_kind, one, pod_templates, rendered_stack
from tests.support.network_policies import lets_through
from tests.unit.kubernetes.test_network import INTERNET, pod

SPEC = with_picker(gpu_spec())
OBJECTS = rendered_stack(SPEC)


def test_the_pool_is_the_engines_pods_and_names_the_picker() -> None:
    pool = one(OBJECTS, "InferencePool")["spec"]
    engines = [
        made
        for made in pod_templates(OBJECTS)
        if chooses(pool["selector"]["matchLabels"], made["metadata"]["labels"])
    ]
    assert [made["spec"]["containers"][0]["name"] for made in engines] == ["engine"]
    service = one(OBJECTS, "Service", pool["endpointPickerRef"]["name"])
    port = pool["endpointPickerRef"]["port"]["number"]
    assert [entry["port"] for entry in service["spec"]["ports"]] == [port]


def test_the_picker_is_told_its_pool_and_may_read_that_and_pods_alone() -> None:
    arguments = _picker()["args"]
    pool = one(OBJECTS, "InferencePool")["metadata"]
    named = dict(zip(arguments[::2], arguments[1::2], strict=False))
    assert (named["--pool-name"], named["--pool-namespace"]) == (pool["name"], pool["namespace"])
    rules = one(OBJECTS, "Role", "picker")["rules"]
    assert {verb for rule in rules for verb in rule["verbs"]} == {"get", "list", "watch"}
    resources = {name for rule in rules for name in rule["resources"]}
    assert resources == {"pods", "inferencepools", "inferenceobjectives", "inferencemodelrewrites"}


def test_a_known_prefix_weighs_most() -> None:
    plugins = json.loads(one(OBJECTS, "ConfigMap", "picker")["data"]["plugins.yaml"])
    (profile,) = plugins["schedulingProfiles"]
    weights = {chosen["pluginRef"]: chosen["weight"] for chosen in profile["plugins"]}
    assert max(weights, key=lambda name: weights[name]) == "prefix-cache-scorer"
    declared = {plugin["type"] for plugin in plugins["plugins"]}
    assert weights.keys() < declared


def test_envoy_asks_the_picker_about_prompts_and_takes_no_clients_word() -> None:
    files = one(OBJECTS, "ConfigMap", "gateway-config")["data"]
    (table,) = json.loads(files["routes.json"])["resources"]
    asked = {
        route["name"]
        for route in table["virtual_hosts"][0]["routes"]
        if "envoy.filters.http.ext_proc" in route.get("typed_per_filter_config", {})
    }
    assert asked == {"v1/chat/completions", "v1/completions"}
    plain = one(rendered_stack(gpu_spec()), "ConfigMap", "gateway-config")["data"]
    for listeners in (files["listeners.json"], plain["listeners.json"]):
        assert f'"remove": "{PICKED_HEADER}"' in listeners


def test_the_picker_speaks_with_gateways_engines_and_the_api_server() -> None:
    policies = of_kind(OBJECTS, "NetworkPolicy")
    picker, gateway, engine = (pod(SPEC, part) for part in ("picker", "gateway", "engine"))
    picker = replace(picker, ports={"grpc": 9002})
    assert lets_through(policies, gateway, picker, 9002)
    assert lets_through(policies, picker, engine, 8000)
    assert not lets_through(policies, engine, picker, 9002)
    assert not lets_through(policies, INTERNET, picker, 9002)


def test_pool_and_rights_are_there_before_the_picker_starts() -> None:
    place = {made["kind"]: wave for wave, some in enumerate(waves(OBJECTS)) for made in some}
    for kind in ("InferencePool", "Role", "RoleBinding", "ConfigMap"):
        assert place[kind] < place["Deployment"]


def test_without_it_nothing_of_it_is_there() -> None:
    names = {made["metadata"]["name"] for made in rendered_stack(gpu_spec())}
    assert not [name for name in names if "picker" in name]


def _picker() -> Manifest:
    (container,) = one(OBJECTS, "Deployment", "picker")["spec"]["template"]["spec"]["containers"]
    return container
