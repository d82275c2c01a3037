"""What a stack asks of Prometheus' operator: its PodMonitors are taken, its rules evaluated.

The tokens come from a paced source, tests/support/paced_pod.py, which reports under the names of
our server.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import pytest

from components.kubernetes import names
from tests.support.kube import Kube, StandIns, eventually
from tests.support.scaled_stack import ScaledStack, monitored_stack, scaled_spec

KEYS = {"web": "web-key-0123456789abcdef"}
# The operator writes a Secret, whose files the kubelet brings up to date at each pod's turn, which
# comes within a minute and a half; then come the reload, and the first scrapes of every target.
_TARGETS_SECONDS = 240


@pytest.fixture(scope="module")
def stack(kube: Kube, stand_ins: StandIns, prometheus: None) -> Generator[ScaledStack]:
    """One replica, without an autoscaler."""
    with kube.restricted_namespace() as namespace:
        images = stand_ins("envoy", "python")
        spec = scaled_spec(namespace, images, keys=tuple(KEYS), replicas=(1, 2))
        spec = replace(spec, autoscaling=None, workload=replace(spec.workload, replicas=(1, 1)))
        with monitored_stack(kube, spec, KEYS) as stack:
            yield stack


def test_the_operator_has_every_pod_of_the_stack_scraped(stack: ScaledStack) -> None:
    pods = set(stack.pods("engine")) | set(stack.pods("gateway"))
    assert len(pods) >= 2

    def answered() -> bool:
        found = stack.asked(f'up{{namespace="{stack.spec.namespace}"}} == 1')
        return pods <= {one["metric"]["pod"] for one in found}

    eventually(answered, f"an answer of each of {sorted(pods)}", _TARGETS_SECONDS)
    metric = f'vllm:num_requests_running{{namespace="{stack.spec.namespace}"}}'
    (engine,) = eventually(lambda: stack.asked(metric), "the engine's own metric")
    assert engine["metric"]["pod"].startswith(names.serving(stack.spec))


def test_prometheus_evaluates_every_rule_of_the_stack(stack: ScaledStack) -> None:
    def settled() -> bool:
        rules = stack.rules()
        return bool(rules) and all(rule["health"] == "ok" for rule in rules)

    eventually(settled, "every rule evaluated without an error", _TARGETS_SECONDS)
    found = {rule["name"] for rule in stack.rules()}
    assert {"NoReadyReplica", "slipway:requests_queued:sum"} <= found
    query = f'slipway:replicas_ready:max{{namespace="{stack.spec.namespace}"}}'
    (ready,) = eventually(lambda: stack.asked(query), "the recorded number of ready replicas")
    assert float(ready["value"][1]) >= 1
