"""Each resource is priced, free, usage or unpriced, and what is not known is never 0."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from planning.catalog import load_catalog
from planning.cost import Line
from planning.cost.amount import BOUNDS
from planning.cost.resource import SECRET, UNKNOWN
from tests.support.cost_previews import (
    CLUSTER,
    ENDPOINT,
    GROUP,
    RECORDED,
    TEMPLATE,
    endpoint,
    estimate_of,
    estimated,
    group,
    preview_text,
    recorded,
    step,
    urn,
)

PREVIEWS = sorted(file.stem for file in RECORDED.glob("*.json") if file.stem != "small-hidden")


def line(kind: str, inputs: Mapping[str, Any], region: str = "us-east-1") -> Line:
    return estimated(step("create", kind, new=inputs), region=region).after[urn(kind)]


@pytest.mark.parametrize("name", PREVIEWS)
def test_a_recorded_preview_is_classified_without_a_silent_zero(name: str) -> None:
    found = estimate_of(recorded(name))
    assert found.after
    for each in found.after.values():
        assert (each.amount is not None) == (each.kind == "priced")
        assert each.how
        if each.kind == "priced":
            assert each.prices and each.counted.maximum > 0


@pytest.mark.parametrize("name", [name for name in PREVIEWS if not name.startswith("kubernetes")])
def test_of_ours_nothing_but_pods_and_disks_is_unpriced(name: str) -> None:
    lines = estimate_of(recorded(name)).after.values()
    unpriced = {each.urn.rpartition("::")[0].rpartition(":")[2] for each in lines if _open(each)}
    assert not unpriced


@pytest.mark.parametrize("name", [name for name in PREVIEWS if name.startswith("kubernetes")])
def test_on_a_cluster_that_is_there_only_its_disks_have_no_price(name: str) -> None:
    lines = estimate_of(recorded(name)).after.values()
    for each in lines:
        disk = each.how.startswith("what storage class ") and each.how.endswith(" is not known")
        assert each.kind == "free" or disk, each


@pytest.mark.parametrize("name", PREVIEWS)
def test_lines_come_to_the_totals_and_changes_to_the_difference_to_the_cent(name: str) -> None:
    found = estimate_of(recorded(name))
    for bound in BOUNDS:
        parts = [each.counted.at(bound) for each in found.after.values()]
        known = [part for part in parts if part is not None]
        whole = sum(known, Decimal(0)) if len(known) == len(parts) else None
        assert found.total.at(bound) == whole
    settled = [each.at("maximum") for each in found.changes]
    assert sum(filter(None, settled), Decimal(0)) == found.change("maximum")


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        ({}, "free"),
        ({"options": {"export": "DISABLED"}}, "free"),
        ({"options": {"export": "ENABLED"}}, "unpriced"),
        ({"certificateAuthorityArn": "arn:aws:acm-pca:one"}, "unpriced"),
        ({"certificateAuthorityArn": UNKNOWN}, "unpriced"),
    ],
)
def test_only_a_public_certificate_that_stays_with_aws_is_free(
    inputs: Mapping[str, Any], kind: str
) -> None:
    assert line("aws:acm/certificate:Certificate", inputs).kind == kind


@pytest.mark.parametrize("hidden", [SECRET, UNKNOWN])
@pytest.mark.parametrize("key", ["instanceTypes", "scalingConfig"])
def test_a_value_that_cannot_be_read_leaves_a_resource_unpriced(key: str, hidden: str) -> None:
    found = line(GROUP, {**group(["g5.xlarge"], 1, 2), key: hidden})
    assert found.kind == "unpriced"
    assert key in found.how and ("secret" in found.how or "not known" in found.how)


def test_another_regions_price_is_never_used() -> None:
    found = line(GROUP, group(["g5.xlarge"], 1, 1), region="us-west-1")
    assert found.kind == "unpriced"
    assert found.how == "no on-demand price of g5.xlarge in us-west-1 is known"


def test_a_load_balancer_of_a_cluster_is_where_the_only_provider_of_aws_is() -> None:
    service = "kubernetes:core/v1:Service"
    spec = {"type": "LoadBalancer", "loadBalancerClass": "service.k8s.aws/nlb"}
    steps = [
        step("create", "pulumi:providers:aws", "there", new={"region": "us-east-1"}),
        step("create", service, new={"spec": spec}),
    ]
    found = estimate_of(preview_text(steps, region="")).after[urn(service)]
    assert found.counted.maximum == Decimal("16.43")


def test_a_type_that_nobody_has_priced_is_unpriced() -> None:
    assert line("aws:rds/instance:Instance", {}).kind == "unpriced"


def test_what_is_billed_by_amount_is_usage_with_its_price() -> None:
    found = line("aws:s3/bucket:Bucket", {})
    assert (found.kind, found.amount) == ("usage", None)
    assert found.beside == ("s3-standard: $0.023 a GB-month",)


def test_every_free_row_says_why_and_from_where() -> None:
    rows = [row for row in load_catalog().cost_kinds.values() if row.value.free is not None]
    assert rows
    assert all(row.value.free and row.source for row in rows)


def test_a_price_on_one_side_only_is_neither_saving_nor_expense() -> None:
    known, hidden = group(["g5.xlarge"], 1, 1), group(["p5e.48xlarge"], 1, 1)
    found = estimated(step("update", GROUP, old=known, new=hidden))
    assert found.after[urn(GROUP)].kind == "unpriced"
    assert found.change("maximum") is None


def test_a_group_takes_its_disks_from_the_template_that_it_names() -> None:
    disk = {"ebs": {"volumeType": "gp3", "volumeSize": 100, "iops": 4000, "throughput": 225}}
    named = {
        **group(["g5.xlarge", "g5.2xlarge"], 1, 3),
        "launchTemplate": {"id": UNKNOWN, "version": UNKNOWN},
    }
    joined = {"launchTemplate": [urn(TEMPLATE, "template")]}
    found = estimated(
        step("create", TEMPLATE, "template", new={"blockDeviceMappings": [disk]}),
        step("create", GROUP, new=named, propertyDependencies=joined),
    ).after[urn(GROUP)]
    one = 100 * Decimal("0.08") + 1000 * Decimal("0.005") + 100 * Decimal("0.04")
    assert found.counted.minimum == Decimal("1.006") * 730 + one
    assert found.counted.maximum == 3 * (Decimal("1.212") * 730 + one)
    assert found.counted.expected is None


def test_a_template_that_is_not_there_leaves_its_group_unpriced() -> None:
    found = line(GROUP, {**group(["g5.xlarge"], 1, 1), "launchTemplate": {"id": "lt-1"}})
    assert found.how == "its launch template is not in this stack"


def test_spot_costs_on_demand_at_most_and_its_least_is_not_known() -> None:
    spot = line(GROUP, group(["g5.xlarge"], 1, 2, capacityType="SPOT")).counted
    listed = line(GROUP, group(["g5.xlarge"], 1, 2)).counted
    assert (spot.minimum, spot.expected, spot.maximum) == (None, None, listed.maximum)


def test_extended_support_of_kubernetes_costs_six_times_as_much() -> None:
    assert line(CLUSTER, {"version": "1.33"}).counted.maximum == 438
    assert line(CLUSTER, {"version": "1.36"}).counted.maximum == 73


def test_an_endpoint_scales_between_its_replicas_and_rests_for_nothing() -> None:
    scaled = line(ENDPOINT, endpoint(0, 3)).counted
    assert (scaled.minimum, scaled.expected, scaled.maximum) == (0, None, 1752)
    paused = line(ENDPOINT, endpoint(0, 3, state="paused"))
    assert paused.counted.maximum == 0
    assert "declared paused" in paused.how


def test_the_documented_endpoint_costs_what_its_rate_comes_to() -> None:
    """Hugging Face's own page multiplies by another rate than it quotes."""
    assert line(ENDPOINT, endpoint(1, 1, "aws/intel-spr/x2")).counted.expected == Decimal("48.91")


def _open(line: Line) -> bool:
    return line.kind == "unpriced"
