"""Target `kubernetes` on a real cluster: up, again, edits under load, drift, destroy."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Generator

import pytest

from tests.support.cluster_stack import base_url, cluster_stack, listed
from tests.support.kube import Kube, StandIns
from tests.support.pulumi_stack import PulumiStack
from tests.support.registry_content import blob, manifest
from tests.support.stream_load import StreamLoad
from tools.cluster.layout import REGISTRY

_TOKENS = 24
_INT8 = {"kind": "onnx", "quantization": "int8", "threads": 1}


@pytest.fixture(scope="module")
def before(kube: Kube) -> set[str]:
    return listed(kube)


@pytest.fixture(scope="module")
def stack(
    kube: Kube, stand_ins: StandIns, providers: None, before: set[str]
) -> Generator[PulumiStack]:
    with cluster_stack(kube, stand_ins) as made:
        made.up()
        yield made


def test_the_line_that_up_prints_is_answered_by_a_real_model(stack: PulumiStack) -> None:
    line = stack.outputs()["curlExample"]
    answer = subprocess.run(
        ["sh", "-c", line],
        cwd=stack.folder,
        env=stack.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert '"finish_reason"' in answer.stdout, answer


def test_the_image_states_what_it_was_made_from(
    kube: Kube, stack: PulumiStack, stand_ins: StandIns
) -> None:
    namespace = stack.config["slipway:kubernetes"]["namespace"]
    engine = kube.get("deployment", "tested-engine", "--namespace", namespace)
    (container,) = engine["spec"]["template"]["spec"]["containers"]
    name, index = container["image"].removeprefix(f"{REGISTRY}/").split("@")
    repository = name.partition(":")[0]
    image, statement = manifest(repository, index)["manifests"]
    annotations = statement["annotations"]
    assert annotations["vnd.docker.reference.type"] == "attestation-manifest"
    assert annotations["vnd.docker.reference.digest"] == image["digest"]
    (layer,) = manifest(repository, statement["digest"])["layers"]
    said = json.loads(blob(repository, layer["digest"]))
    assert said["predicateType"] == "https://slsa.dev/provenance/v1"
    assert {"sha256": image["digest"].removeprefix("sha256:")} in [
        s["digest"] for s in said["subject"]
    ]
    made_from = said["predicate"]["buildDefinition"]["resolvedDependencies"]
    base = stand_ins("python")["python"].rpartition("@sha256:")[2]
    assert {"sha256": base} in [material["digest"] for material in made_from]


def test_up_again_changes_nothing(stack: PulumiStack) -> None:
    assert stack.up("--expect-no-changes").operations == {}


def test_refresh_finds_no_drift(stack: PulumiStack) -> None:
    assert stack.refresh("--expect-no-changes").operations == {}


@pytest.mark.parametrize(
    ("section", "value", "touched"),
    [
        ("scaling", {"replicas": 1}, {"deployment-tested-engine"}),
        ("access", {"port": 8080, "requestsPerMinute": 6000}, {"tested-gateway"}),
        ("canary", {"quantization": "int8", "weight": 50, "replicas": 1}, {"tested-canary"}),
        ("engine", _INT8, {"image", "deployment-tested-engine"}),
    ],
)
def test_an_edit_rolls_the_least_and_loses_no_request(
    kube: Kube, stack: PulumiStack, section: str, value: dict[str, object], touched: set[str]
) -> None:
    stack.config[f"slipway:{section}"] = value
    outputs = stack.outputs()
    load = StreamLoad(
        base_url=base_url(kube, stack),
        key=outputs["apiKey"],
        model=outputs["modelName"],
        width=4,
        tokens=_TOKENS,
    )
    with load:
        changed = stack.up().operations
    for name in touched:
        assert any(name in urn for urn in changed), changed
    broken = [stream for stream in load.streams if not stream.whole(_TOKENS)]
    assert not broken, f"{len(broken)} of {len(load.streams)}: {broken[:3]}"


def test_destroy_leaves_the_cluster_as_it_was(
    kube: Kube, stack: PulumiStack, before: set[str]
) -> None:
    namespace = stack.config["slipway:kubernetes"]["namespace"]
    assert listed(kube, namespace) > before
    stack.destroy()
    assert listed(kube, namespace) == before
