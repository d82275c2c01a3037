"""What nodes are told when they start, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.aws.user_data import ClusterAddress, user_data
from components.specs.aws import NodePoolSpec
from tests.support.aws_specs import BOTTLEROCKET_POOL, EFA_POOL, GPU_POOL, SYSTEM_POOL
from tests.support.golden import assert_golden

FOLDER = Path(__file__).parent / "user_data"
CLUSTER = ClusterAddress(
    name="slipway-test",
    endpoint="https://ABC.gr7.us-east-1.eks.amazonaws.com",
    certificate_authority="Q0E=",
    service_cidr="172.20.0.0/16",
)
CASES: dict[str, tuple[NodePoolSpec, ClusterAddress | None]] = {
    "al2023": (SYSTEM_POOL, CLUSTER),
    "al2023-gpu": (GPU_POOL, CLUSTER),
    "al2023-gpu-of-karpenter": (GPU_POOL, None),
    "al2023-efa": (EFA_POOL, CLUSTER),
    "bottlerocket-gpu": (BOTTLEROCKET_POOL, CLUSTER),
    "bottlerocket-gpu-of-karpenter": (BOTTLEROCKET_POOL, None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_node_is_told_this(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(pytestconfig, FOLDER / f"{name}.txt", user_data(*CASES[name]))


def test_no_file_is_without_its_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(CASES)
