"""Monitors, rules and dashboards: every name in them is reported by somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.kubernetes.manifest import selector
from components.kubernetes.monitoring import manifests
from components.kubernetes.monitoring.burn import BURNS, burning
from components.kubernetes.monitoring.rule import runbook
from components.specs.cluster import KubernetesSpec
from tests.support.observed_specs import (
    CONTRACTS,
    CPU,
    GPU,
    expressions,
    observed_spec,
    recorded,
    rule_groups,
)
from tests.support.promql import metric_names, selectors

ROOT = Path(__file__).parents[2]
RUNBOOKS = ROOT / "docs" / "runbooks"
ELSEWHERE = {
    name: set(labels)
    for table in yaml.safe_load((ROOT / "tests/data/cluster_metrics.yaml").read_text())
    for name, labels in table["names"].items()
}
STACKS = [(version, replicas) for version in CONTRACTS for replicas in ((0, 4), (1, 4))]


@pytest.mark.parametrize(("version", "replicas"), STACKS, ids=str)
def test_every_series_asked_for_is_reported_by_somebody(
    version: str, replicas: tuple[int, int]
) -> None:
    """Envoy's and our server's names are looked up in their real answers, in other tests."""
    spec = observed_spec(version, replicas)
    for expression in expressions(spec):
        for name in metric_names(expression):
            assert _reported(spec, name), f"{name} in {expression}"


def test_labels_of_other_programs_series_are_theirs() -> None:
    for expression in expressions(observed_spec()):
        for one in selectors(expression):
            labels = {label for label, _, _ in one.matchers}
            assert labels <= ELSEWHERE.get(one.name, labels), expression


def test_every_expression_asks_for_this_stack_alone() -> None:
    for expression in expressions(observed_spec()):
        for one in selectors(expression):
            asked = {(label, value) for label, value, _ in one.matchers}
            in_namespace = {("namespace", "tiny-serving"), ("exported_namespace", "tiny-serving")}
            assert asked & in_namespace, expression
            assert one.name in ELSEWHERE or ("job", "tiny") in asked, expression


def test_every_alert_has_a_runbook_and_every_runbook_an_alert() -> None:
    named = {runbook(alert["alert"]) for alert in _alerts(observed_spec())}
    assert named == {page.stem for page in RUNBOOKS.glob("*.md")}


def test_a_runbook_says_what_it_means_and_what_to_look_at_and_do() -> None:
    for page in RUNBOOKS.glob("*.md"):
        headings = [line for line in page.read_text().splitlines() if line.startswith("#")]
        assert headings[1:] == ["## What it means", "## Look at", "## Do"], page.name


def test_settings_that_runbooks_name_are_there() -> None:
    known = (ROOT / "docs/reference/stack-file.md").read_text()
    sections = set(re.findall(r"`slipway:(\w+)\.", known))
    for page in RUNBOOKS.glob("*.md"):
        for section, key in re.findall(r"`(\w+)\.([\w.]+)`", page.read_text()):
            if section in sections:
                assert f"`slipway:{section}.{key}`" in known, f"{page.name}: {section}.{key}"


def test_the_url_of_a_runbook_is_under_the_place_that_the_stack_names() -> None:
    spec = observed_spec()
    runbooks = "https://example.com/runbooks"
    elsewhere = replace(spec, observability=replace(spec.observability, runbooks=runbooks))
    alert = _alerts(elsewhere)[0]
    assert alert["annotations"]["runbook_url"] == f"{runbooks}/no-ready-replica.md"


def test_what_is_not_asked_for_is_not_made() -> None:
    spec = observed_spec()
    nothing = replace(spec.observability, monitors=False, rules=False, dashboards=False)
    assert manifests(replace(spec, observability=nothing)) == ()
    only = replace(nothing, rules=True)
    (made,) = manifests(replace(spec, observability=only))
    assert made["kind"] == "PrometheusRule"


def test_without_slo_budget_and_gpus_there_is_no_alert_about_them() -> None:
    spec = observed_spec(CPU)
    plain = replace(spec.observability, ttft_seconds=None, itl_seconds=None, monthly_usd=None)
    names = {alert["alert"] for alert in _alerts(replace(spec, observability=plain))}
    assert names == {
        "NoReadyReplica",
        "NoMetrics",
        "CrashLoop",
        "ColdStartOverBudget",
        "QueueGrowing",
        "KvCacheNearlyFull",
        "ErrorRate",
    }


def test_monitors_find_the_pods_and_name_their_series_after_the_stack() -> None:
    spec = observed_spec()
    monitors = [one for one in manifests(spec) if one["kind"] == "PodMonitor"]
    chosen = [one["spec"]["selector"]["matchLabels"] for one in monitors]
    assert chosen == [selector(spec, "engine"), selector(spec, "gateway")]
    for one in monitors:
        assert chosen[0][one["spec"]["jobLabel"]] == spec.name


def test_labels_that_the_clusters_prometheus_selects_by_are_on_monitors_and_rules() -> None:
    spec = observed_spec()
    labels = {"release": "monitoring"}
    for made in manifests(replace(spec, observability=replace(spec.observability, labels=labels))):
        if made["kind"] != "ConfigMap":
            assert made["metadata"]["labels"]["release"] == "monitoring"


@pytest.mark.parametrize("budget", [0.5, 0.1, 0.05, 0.01, 0.001])
def test_an_alert_about_an_slo_can_fire_and_the_pressing_one_later(budget: float) -> None:
    pressing, slow = (burning(burn, budget) for burn in BURNS)
    assert budget < slow < pressing < 1


def test_a_slow_token_is_one_over_the_next_bound_of_the_histogram() -> None:
    spec = observed_spec(GPU)
    between = replace(spec.observability, ttft_seconds=0.6)
    texts = " ".join(expressions(replace(spec, observability=between)))
    assert 'time_to_first_token_seconds_bucket{namespace="tiny-serving", job="tiny", ' in texts
    assert 'le="0.75"' in texts


def _reported(spec: KubernetesSpec, name: str) -> bool:
    engine = {
        wire + ending
        for wire in spec.observability.metrics.names.values()
        for ending in ("", "_bucket", "_count")
    }
    return name.startswith("envoy_") or name in recorded(spec) | engine | ELSEWHERE.keys()


def _alerts(spec: KubernetesSpec) -> list[dict[str, Any]]:
    return [rule for group in rule_groups(spec) for rule in group["rules"] if "alert" in rule]
