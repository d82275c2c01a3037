"""What checkov and our own rules find in the presets: as they are shipped, and as production.

checkov 3.3.30, the newest of 2026-12-01, knows EKS up to 1.35; presets take 1.36. Which versions
are supported is held by a test of the catalog's own dates.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from typing import Any

import pytest

from planning.catalog.load import load_catalog
from tests.support.eks_stack import PRESETS, TODAY, preset_plan, preset_stack, stack_graph
from tools.scan import aws
from tools.scan.exceptions import excepted
from tools.scan.plan_shape import plan

_PRODUCTION = {
    "aws.environment": "prod",
    "aws.cluster.publicAccessCidrs": [],
    "kubernetes.version": "1.35",
}
_LATER_THAN_CHECKOV = "CKV_AWS_339"
_SAVED_BY_DEV = {
    "CKV2_AWS_11",  # flow logs
    "CKV_AWS_338",  # a year of logs
    "CKV_AWS_39",  # the API server is reached from named networks
    "cluster-deletion-protection",
    "images-kept",
    "key-deleted-late",
    "log-kept",
    "secret-recovered",
}
"""What `environment: dev` is for: docs/eks.md says it."""


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """Names of checks that fail, by preset; `prod …`: with the environment of production."""
    graphs = {name: preset_stack(name) for name in PRESETS}
    graphs |= {f"prod {name}": stack_graph(preset_plan(name, _PRODUCTION)) for name in PRESETS}
    plans: dict[str, Any] = {name: plan(json.loads(one.as_text())) for name, one in graphs.items()}
    checks: dict[str, set[str]] = defaultdict(set)
    for finding in (*aws.by_rules(plans), *aws.by_checkov(plans)):
        checks[finding.where.partition(": ")[0].removesuffix(".json")].add(finding.check)
    kept = excepted(aws.EXCEPTIONS)
    return {name: checks[name] - kept for name in plans}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_as_production_fails_no_check(found: dict[str, set[str]], name: str) -> None:
    assert found[f"prod {name}"] == set()


def test_a_preset_as_it_is_fails_what_its_environment_saves_and_nothing_else(
    found: dict[str, set[str]],
) -> None:
    assert found["eks-prod"] == {_LATER_THAN_CHECKOV}
    dev = set[str]().union(*(found[name] for name in PRESETS if name != "eks-prod"))
    assert dev == {_LATER_THAN_CHECKOV, *_SAVED_BY_DEV}


@pytest.mark.parametrize("name", PRESETS)
def test_a_presets_kubernetes_is_in_standard_support_for_half_a_year(name: str) -> None:
    made = preset_stack(name).named("cluster-cluster")
    row = load_catalog().kubernetes_versions[made.inputs["version"]].value
    assert row.eks_standard_ends is not None
    assert row.eks_standard_ends - TODAY >= datetime.timedelta(days=182)
