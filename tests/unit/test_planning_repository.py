"""Models beside the language model in one Triton: what they take, and what stands against them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from components.specs.cluster import KubernetesSpec
from planning.choice.beside import PROCESS, SHARED
from planning.plan import Plan, make_plan
from planning.problems import Problem
from planning.stackfile import load_settings
from tests.support.presets import DIGEST

GIB = 1 << 30
TENSOR = {"name": "x", "type": "FP32", "dims": [4]}
ENCODER: dict[str, Any] = {
    "name": "encoder",
    "backend": "python",
    "inputs": [TENSOR],
    "outputs": [TENSOR],
    "instances": {"kind": "gpu", "count": 2},
    "memory": "3Gi",
}
IMAGES = {"triton": f"triton@{DIGEST}", "envoy": f"envoy@{DIGEST}"}
# Of the newest release, which is refused whatever the stack file says.
_RELEASE = {"known-vulnerability"}


def test_models_stand_in_the_repository_beside_the_language_model() -> None:
    spec = _spec(_plan([ENCODER]))
    assert [model.name for model in spec.workload.engine.beside] == ["encoder"]
    paths = [file.path for file in spec.workload.container.files]
    assert paths == [
        "/models/Qwen3-8B/config.pbtxt",
        "/models/Qwen3-8B/1/model.json",
        "/models/encoder/config.pbtxt",
    ]
    assert "--enable-kserve-frontends" in spec.workload.container.args
    assert [port.name for port in spec.workload.container.ports] == ["http", "inference"]
    assert spec.gateway.gateway.inference == ("encoder",)


def test_a_stack_without_them_opens_no_second_port() -> None:
    spec = _spec(_plan(None))
    assert "--enable-kserve-frontends" not in spec.workload.container.args
    assert [port.name for port in spec.workload.container.ports] == ["http"]
    assert spec.gateway.gateway.inference == ()


def test_code_beside_the_stack_file_is_a_file_of_the_pods(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text("# doubles\n", "utf-8")
    spec = _spec(_plan([ENCODER | {"code": "model.py"}], origin=tmp_path / "Pulumi.x.yaml"))
    texts = {file.path: file.text for file in spec.workload.container.files}
    assert texts["/models/encoder/1/model.py"] == "# doubles\n"


def test_memory_of_every_instance_is_counted_on_the_gpu() -> None:
    assert _found(_plan([ENCODER], utilization=0.65), "repository-too-large") == []
    one, two = ENCODER | {"instances": {"kind": "gpu", "count": 1}}, ENCODER | {"name": "ranker"}
    (refused,) = _found(_plan([one, two], utilization=0.65), "repository-too-large")
    assert refused.severity == "error"
    assert refused.path == "slipway:engine.repository[1].instances"
    assert refused.got.startswith("ranker: 2 x 3.00 GiB on each GPU")


def test_the_fix_of_a_gpu_too_full_is_a_share_that_fits() -> None:
    (refused,) = _found(_plan([ENCODER], utilization=0.9), "repository-too-large")
    share = float(refused.fixes[0].removeprefix("write engine.gpuMemoryUtilization: "))
    assert 0.5 < share < 0.9
    assert _found(_plan([ENCODER], utilization=share), "repository-too-large") == []


def test_instances_on_processors_take_ram_and_none_of_the_gpu() -> None:
    without = _spec(_plan(None, utilization=0.9)).workload.memory_bytes
    on_cpu = ENCODER | {"instances": {"kind": "cpu", "count": 2}}
    plan = _plan([on_cpu], utilization=0.9)
    assert _found(plan, "repository-too-large") == []
    more = _spec(plan).workload.memory_bytes - without
    assert more == pytest.approx(1.25 * (2 * 3 * GIB + SHARED), abs=64 << 20)
    on_gpu = _spec(_plan([ENCODER], utilization=0.7)).workload.memory_bytes - without
    assert on_gpu == pytest.approx(1.25 * (2 * PROCESS + SHARED), abs=64 << 20)


@pytest.mark.parametrize(
    ("model", "changes", "code", "path"),
    [
        ({"name": "Qwen3-8B"}, {}, "name-taken", "[0].name"),
        ({"backend": "onnxruntime"}, {}, "backend-missing", "[0].backend"),
        ({"code": "absent.py"}, {}, "code-unreadable", "[0].code"),
        ({}, {"images": {"overrides": {"envoy": IMAGES["envoy"]}}}, "weights-nowhere", "[0]"),
        ({}, {"scaling": {"replicas": "0..2"}}, "repository-unsupported", ""),
        (
            {},
            {"canary": {"quantization": "fp8", "image": IMAGES["triton"]}},
            "repository-unsupported",
            "",
        ),
    ],
)
def test_what_the_image_or_the_stack_cannot_do_is_refused_by_path(
    model: dict[str, Any], changes: dict[str, Any], code: str, path: str
) -> None:
    (refused,) = _found(_plan([ENCODER | model], **changes), code)
    assert refused.path == f"slipway:engine.repository{path}"
    assert refused.severity == "error"
    assert refused.fixes


def test_code_that_does_not_fit_a_config_map_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text("#" * (300 << 10), "utf-8")
    plan = _plan([ENCODER | {"code": "model.py"}], origin=tmp_path / "Pulumi.x.yaml")
    (refused,) = _found(plan, "code-too-large")
    assert "/models/encoder/1/model.py" in refused.fixes[0]


def _found(plan: Plan, code: str) -> list[Problem]:
    return [problem for problem in plan.problems if problem.code == code]


def _spec(plan: Plan) -> KubernetesSpec:
    assert {problem.code for problem in plan.errors} <= _RELEASE
    assert plan.kubernetes is not None
    return plan.kubernetes


def _plan(
    repository: list[dict[str, Any]] | None,
    *,
    utilization: float = 0.7,
    origin: Path = Path("test"),
    **sections: Any,
) -> Plan:
    """On one L4, with weights of 8 bits."""
    engine: dict[str, Any] = {
        "kind": "triton",
        "version": "triton-26.07-vllm",
        "quantization": "fp8",
        "gpuMemoryUtilization": utilization,
    }
    raw: dict[str, Any] = {
        "target": "kubernetes",
        "model": {"source": f"hf:Qwen/Qwen3-8B@{'0' * 40}", "maxContext": 2048},
        "engine": engine | ({"repository": repository} if repository else {}),
        "pools": [{"gpu": "L4", "gpusPerNode": 1, "driver": "610.43.02"}],
        "observability": {"prometheusUrl": "http://prometheus.monitoring.svc:9090"},
        "images": {"overrides": IMAGES},
        **sections,
    }
    settings = load_settings(raw, origin=str(origin))
    return make_plan(settings, stack="dev", today=datetime.date(2026, 11, 30))
