"""Weights in a bucket or in an image of their own: named, reached, and mountable by the cluster."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planning.plan import Plan, make_plan
from planning.stackfile import load_settings
from tests.support.presets import DIGEST

REVISION = "0" * 40
LLAMA = f"hf:meta-llama/Llama-3.1-8B-Instruct@{REVISION}"
IMAGES = {"overrides": {"vllm": f"vllm@{DIGEST}", "envoy": f"envoy@{DIGEST}"}}
MOUNTED = {**IMAGES, "weights": f"weights@{DIGEST}"}
BUCKET = {"name": "my-weights", "region": "eu-west-1"}


def test_a_named_bucket_is_read_by_the_models_name_and_revision() -> None:
    plan = _plan(start={"weights": "s3"}, kubernetes={"weightsBucket": BUCKET})
    assert plan.errors == ()
    assert plan.kubernetes is not None
    store = plan.kubernetes.workload.store
    assert store.kind == "bucket" and store.bucket is not None
    assert store.bucket.prefix == f"meta-llama/Llama-3.1-8B-Instruct/{REVISION}"


@pytest.mark.parametrize(
    ("weights", "key"),
    [("s3", "slipway:kubernetes.weightsBucket"), ("image-volume", "slipway:images.weights")],
)
def test_weights_that_lie_nowhere_are_asked_for(weights: str, key: str) -> None:
    found = {one.path for one in _plan(start={"weights": weights}).errors}
    assert found == {key}


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.32", ("image-volumes-missing", "error")),
        ("1.34", ("image-volumes-not-sure", "warning")),
        (None, ("image-volumes-not-sure", "warning")),
        ("1.35", None),
    ],
)
def test_an_image_volume_needs_a_cluster_that_has_them(
    version: str | None, said: tuple[str, str] | None
) -> None:
    cluster = {"version": version} if version else {}
    plan = _plan(start={"weights": "image-volume"}, images=MOUNTED, kubernetes=cluster)
    found = [(one.code, one.severity) for one in plan.problems if "image-volumes" in one.code]
    assert found == ([said] if said else [])
    assert plan.kubernetes is not None
    assert plan.kubernetes.workload.store.image == f"weights@{DIGEST}"


def test_a_pull_secret_is_of_a_namespace_that_is_there() -> None:
    images = {**IMAGES, "pullSecret": "registry"}
    (refused,) = _plan(images=images).errors
    assert (refused.path, refused.code) == ("slipway:images.pullSecret", "secret-before-namespace")
    plan = _plan(images=images, kubernetes={"namespace": "llm"})
    assert plan.errors == ()
    assert plan.kubernetes is not None and plan.kubernetes.pull_secret == "registry"


def test_a_canary_of_another_model_cannot_have_the_stacks_image_of_weights() -> None:
    canary = {"source": LLAMA.replace(REVISION, 40 * "1"), "image": f"vllm@{DIGEST}"}
    sections: dict[str, Any] = {"images": MOUNTED, "kubernetes": {"version": "1.35"}}
    refused = _plan(start={"weights": "image-volume"}, canary=canary, **sections).errors
    assert "weights-shared" in {one.code for one in refused}
    bucket = {"weightsBucket": BUCKET}
    assert _plan(start={"weights": "s3"}, canary=canary, kubernetes=bucket).errors == ()


def _plan(**sections: Any) -> Plan:
    raw: dict[str, Any] = {
        "target": "kubernetes",
        "model": {"source": LLAMA, "maxContext": 4096},
        "engine": {"kind": "vllm"},
        "pools": [{"gpu": "H100", "gpusPerNode": 8}],
        "images": IMAGES,
        **sections,
    }
    today = datetime.date(2026, 11, 30)
    return make_plan(load_settings(raw, origin="Pulumi.test.yaml"), stack="test", today=today)
