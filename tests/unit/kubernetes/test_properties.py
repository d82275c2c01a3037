"""What holds for every stack: objects fit together, and the API's schema takes them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Generator
from dataclasses import replace

import kubernetes_validate
import kubernetes_validate.utils
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.kubernetes.manifest import Manifest
from components.kubernetes.names import LONGEST, named
from components.kubernetes.quantity import of_bytes, of_millis
from components.specs.cluster import KubernetesSpec
from tests.support.kubernetes_specs import onnx_spec
from tests.support.kubernetes_strategies import NAME, specs
from tests.support.manifests import chooses, containers, of_kind, pod_templates, rendered, values

OLDEST, NEWEST = "1.30", "1.37"
QUANTITY = re.compile(r"(?P<number>[1-9][0-9]*|0)(?P<unit>m|Ki|Mi|Gi|Ti)?")
BINARY = {None: 1, "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40}
FAST = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module", autouse=True)
def _schemas_are_read_once() -> Generator[None]:
    utils = kubernetes_validate.utils
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utils, "schema_contents", functools.cache(utils.schema_contents))
        yield


@FAST
@given(specs())
def test_a_selector_chooses_pods_of_its_own_workload_alone(spec: KubernetesSpec) -> None:
    objects = rendered(spec)
    for workload in of_kind(objects, "Deployment"):
        chosen = workload["spec"]["selector"]["matchLabels"]
        for pod in pod_templates(objects):
            own = pod is workload["spec"]["template"]
            assert chooses(chosen, pod["metadata"]["labels"]) == own
    for budget in of_kind(objects, "PodDisruptionBudget"):
        chosen = budget["spec"]["selector"]["matchLabels"]
        assert any(chooses(chosen, pod["metadata"]["labels"]) for pod in pod_templates(objects))


@FAST
@given(specs())
def test_a_service_chooses_pods_that_have_its_ports(spec: KubernetesSpec) -> None:
    objects = rendered(spec)
    # LeaderWorkerSet sets the index itself.
    index = {"leaderworkerset.sigs.k8s.io/worker-index": "0"}
    pods = [pod for pod in pod_templates(objects) if "ports" in pod["spec"]["containers"][0]]
    for service in of_kind(objects, "Service"):
        chosen = service["spec"]["selector"]
        (pod,) = [one for one in pods if chooses(chosen, one["metadata"]["labels"] | index)]
        (container,) = pod["spec"]["containers"]
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        for port in service["spec"]["ports"]:
            assert ports[port["targetPort"]] == port["port"]


@FAST
@given(specs())
def test_every_mount_has_its_volume_and_every_volume_its_mount(spec: KubernetesSpec) -> None:
    objects = rendered(spec)
    for pod in pod_templates(objects):
        body = pod["spec"]
        named_volumes = [volume["name"] for volume in body.get("volumes", [])]
        mounts = [m for c in body["containers"] for m in c.get("volumeMounts", [])]
        assert len(set(named_volumes)) == len(named_volumes)
        assert {mount["name"] for mount in mounts} == set(named_volumes)
        paths = [mount["mountPath"] for mount in mounts]
        assert len(set(paths)) == len(paths)


@FAST
@given(specs())
def test_what_a_pod_refers_to_is_made_beside_it(spec: KubernetesSpec) -> None:
    objects = rendered(spec)
    made = {(o["kind"], o["metadata"]["name"]) for o in objects}
    for pod in pod_templates(objects):
        assert ("ServiceAccount", pod["spec"]["serviceAccountName"]) in made
        for volume in pod["spec"].get("volumes", []):
            if claim := volume.get("persistentVolumeClaim"):
                assert ("PersistentVolumeClaim", claim["claimName"]) in made
            if config := volume.get("configMap"):
                assert ("ConfigMap", config["name"]) in made


@FAST
@given(specs())
def test_every_quantity_is_one(spec: KubernetesSpec) -> None:
    objects = rendered(spec)
    sizes = list(values(objects, "sizeLimit"))
    for key in ("requests", "limits", "hard"):
        sizes += [size for found in values(objects, key) for size in found.values()]
    assert sizes
    assert [size for size in sizes if not QUANTITY.fullmatch(size)] == []


@FAST
@given(specs())
def test_every_pod_is_as_pod_security_restricted_wants_it(spec: KubernetesSpec) -> None:
    objects = rendered(spec)
    for pod in pod_templates(objects):
        assert pod["spec"]["securityContext"]["runAsNonRoot"] is True
        assert pod["spec"]["securityContext"]["runAsUser"] > 0
        assert pod["spec"]["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for volume in pod["spec"].get("volumes", []):
            (kind,) = volume.keys() - {"name"}
            assert kind in {"configMap", "emptyDir", "ephemeral", "persistentVolumeClaim", "secret"}
    for container in containers(objects):
        security = container["securityContext"]
        assert security["allowPrivilegeEscalation"] is False
        assert security["capabilities"] == {"drop": ["ALL"]}
        assert security["readOnlyRootFilesystem"] is True


@FAST
@given(specs())
def test_names_are_dns_labels_and_each_object_has_its_own(spec: KubernetesSpec) -> None:
    objects = rendered(spec)
    keys = [(made["kind"], made["metadata"]["name"]) for made in objects]
    assert len(set(keys)) == len(keys)
    for _, name in keys:
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", name)


@FAST
@given(specs())
def test_the_same_spec_gives_the_same_bytes(spec: KubernetesSpec) -> None:
    turned = replace(
        spec.workload.container, env=dict(reversed(list(spec.workload.container.env.items())))
    )
    again = replace(spec, workload=replace(spec.workload, container=turned))
    assert json.dumps(rendered(spec)) == json.dumps(rendered(again))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(specs(), st.sampled_from([OLDEST, NEWEST]))
def test_the_schema_of_the_oldest_and_the_newest_cluster_takes_every_object(
    spec: KubernetesSpec, version: str
) -> None:
    objects = rendered(spec)
    for made in objects:
        if made["kind"] != "LeaderWorkerSet":
            kubernetes_validate.validate(made, version, strict=True)
    for pod in pod_templates(objects):
        alone: Manifest = {"apiVersion": "v1", "kind": "PodTemplate", "template": pod}
        kubernetes_validate.validate(alone, version, strict=True)


def test_the_schema_refuses_a_key_that_it_does_not_know() -> None:
    made = rendered(onnx_spec())[-1]
    with pytest.raises(kubernetes_validate.ValidationError, match="replica"):
        kubernetes_validate.validate(made | {"replica": 2}, OLDEST, strict=True)


@given(st.integers(0, 1 << 60), st.integers(0, 1 << 40))
def test_quantities_are_exact(size: int, millis: int) -> None:
    found = QUANTITY.fullmatch(of_bytes(size))
    assert found and int(found["number"]) * BINARY[found["unit"]] == size
    cpu = QUANTITY.fullmatch(of_millis(millis))
    assert cpu and int(cpu["number"]) * (1 if cpu["unit"] == "m" else 1000) == millis


@given(NAME | st.text("abc", min_size=50, max_size=63), st.sampled_from(["engine", "engine-pods"]))
def test_a_cut_name_still_fits_and_still_differs(name: str, part: str) -> None:
    spec = replace(onnx_spec(), name=name)
    made = named(spec, part)
    assert len(made) <= LONGEST
    assert made.endswith(part)
    assert made != named(replace(spec, name=f"{name}x"), part)
