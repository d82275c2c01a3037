"""Days decide as stated, and a rule speaks only of what it knows."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from msgspec import structs

from planning.catalog import load_catalog
from planning.compatibility import Deployment, Paths, compatibility_problems
from planning.compatibility.versions import older, support
from planning.problems import SEVERITIES, Problem

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 22)
EKS = Deployment(engine="vllm-0.33.0", gpu="H100", eks=True)
# The 1.35 rows: standard support to 2027-03-27, extended to 2028-03-27.
STANDARD, EXTENDED = datetime.date(2027, 3, 27), datetime.date(2028, 3, 27)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (STANDARD - 91 * DAY, None),
        (STANDARD - 90 * DAY, ("kubernetes-ending", "warning")),
        (STANDARD, ("kubernetes-ending", "warning")),
        (STANDARD + DAY, ("kubernetes-extended", "advice")),
        (EXTENDED - 91 * DAY, ("kubernetes-extended", "advice")),
        (EXTENDED - 90 * DAY, ("kubernetes-ending", "warning")),
        (EXTENDED, ("kubernetes-ending", "warning")),
        (EXTENDED + DAY, ("kubernetes-ended", "error")),
    ],
)
def test_an_eks_version_ends_on_its_days(
    today: datetime.date, expected: tuple[str, str] | None
) -> None:
    found = [p for p in _problems(replace(EKS, kubernetes="1.35"), today) if "kubernetes" in p.code]
    assert [(p.code, p.severity) for p in found] == ([expected] if expected else [])


def test_the_last_day_counts_and_ninety_days_warn() -> None:
    assert support(TODAY, TODAY) == "ending"
    assert support(TODAY - DAY, TODAY) == "ended"
    assert support(TODAY + 91 * DAY, TODAY) == "supported"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("0.9.0", "0.10.0", True),
        ("580.95.05", "580.95.05", False),
        ("580", "580.95.05", True),
        ("610.43.02", "595", False),
        ("1.9", "1.10", True),
    ],
)
def test_versions_are_numbers_and_an_unknown_patch_is_the_first(
    one: str, other: str, expected: bool
) -> None:
    assert older(one, other) is expected


@pytest.mark.parametrize(("age", "severity"), [(30, None), (31, "advice"), (91, "warning")])
def test_an_old_price_is_said(age: int, severity: str | None) -> None:
    chosen = Deployment(engine="onnxruntime-1.32.0", instance="g5.xlarge", region="us-east-1")
    row = load_catalog().on_demand("g5.xlarge", "us-east-1")
    assert row is not None
    found = [p for p in _problems(chosen, row.date + age * DAY) if p.code == "price-stale"]
    assert [p.severity for p in found] == ([severity] if severity else [])


def test_old_advisories_are_said() -> None:
    dates = [row.date for row in load_catalog().advisories.values()]
    assert "advisories-stale" not in _codes(EKS, max(dates) + 30 * DAY)
    assert "advisories-stale" in _codes(EKS, max(dates) + 31 * DAY)


def test_the_newer_of_two_drivers_is_for_the_gpu_that_needs_it() -> None:
    both = Deployment(engine="vllm-0.33.0", ami="al2023/v20260917")
    assert "gpu-driver-missing" not in _codes(replace(both, instance="g7.2xlarge"), TODAY)
    assert "gpu-driver-too-new" not in _codes(replace(both, instance="g6f.xlarge"), TODAY)


def test_other_nodes_than_of_the_catalog_say_their_driver() -> None:
    (problem,) = _problems(replace(EKS, gpu="RTX-PRO-4500", driver="580.159.03"), TODAY)
    assert (problem.code, problem.path) == ("gpu-driver-missing", "slipway:pools[0].driver")


def test_the_caller_says_which_keys_are_to_blame() -> None:
    paths = Paths(engine="slipway:engine")
    chosen = Deployment(engine="vllm-0.25.1", paths=paths)
    assert {p.path for p in _problems(chosen, TODAY)} == {"slipway:engine"}


def test_cuda_before_a_gpu_is_refused() -> None:
    catalog = load_catalog()
    row = catalog.engine_versions["vllm-0.33.0"]
    old = structs.replace(row, value=structs.replace(row.value, cuda="12.8.1"))
    changed = replace(catalog, engine_versions={"vllm-0.33.0": old})
    found = compatibility_problems(replace(EKS, gpu="B300"), changed, TODAY)
    assert [p.code for p in found] == ["cuda-too-old"]
    assert compatibility_problems(replace(EKS, gpu="B200"), changed, TODAY) == ()


def test_the_gravest_come_first() -> None:
    chosen = replace(EKS, kubernetes="1.33", instance="g5.xlarge", region="us-east-1", ami="al2")
    order = [SEVERITIES.index(problem.severity) for problem in _problems(chosen, TODAY)]
    assert order == sorted(order)
    assert len(set(order)) == 3


def _codes(chosen: Deployment, today: datetime.date) -> set[str]:
    return {problem.code for problem in _problems(chosen, today)}


def _problems(chosen: Deployment, today: datetime.date) -> tuple[Problem, ...]:
    return compatibility_problems(chosen, load_catalog(), today)
