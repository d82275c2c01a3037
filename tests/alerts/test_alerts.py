"""Each alert fires for what it is about, alone, and not for what only looks like it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from tests.support.observed_specs import CPU, GPU, observed_spec, rule_groups
from tests.support.promtool import alerts, check_rules, wrongly_firing

OURS = 'namespace="tiny-serving", job="tiny"'
MODEL = f'{OURS}, model_name="model"'
POD = 'namespace="tiny-serving", pod="tiny-engine-1"'
Severity = Literal["critical", "warning"]

ENGINES = f'envoy_cluster_membership_healthy{{{OURS}, envoy_cluster_name="engine"}}'
HELD = f'envoy_cluster_upstream_rq_active{{{OURS}, envoy_cluster_name="waiting"}}'
LIVE = f"envoy_server_live{{{OURS}}}"
OK, FAILED = (
    f'envoy_cluster_upstream_rq_xx{{{OURS}, envoy_cluster_name="engine", '
    f'envoy_response_code_class="{digit}"}}'
    for digit in "25"
)
QUEUED = f"vllm:num_requests_waiting{{{MODEL}}}"
KV = f"vllm:kv_cache_usage_perc{{{MODEL}}}"
TTFT, ITL = "vllm:time_to_first_token_seconds", "vllm:inter_token_latency_seconds"
CREATED = f"kube_pod_created{{{POD}}}"
READY = f'kube_pod_status_ready{{{POD}, condition="true"}}'
PHASE = "kube_pod_status_phase{{{}, phase={!r}}}"
RUNNING = f'kube_pod_status_phase{{{POD}, phase="Running"}}'
CRASHING = (
    f'kube_pod_container_status_waiting_reason{{{POD}, container="engine", '
    'reason="CrashLoopBackOff"}'
)
XID = 'DCGM_FI_DEV_XID_ERRORS{{{}="tiny-serving", gpu="0", Hostname="node-1"}}'

# A stack that is well, a value a minute.
WELL = {
    LIVE: "1x800",
    ENGINES: "1x800",
    OK: "0+60x800",
    QUEUED: "0x800",
    KV: "0.3x800",
    f'{TTFT}_bucket{{{MODEL}, le="0.5"}}': "0+60x800",
    f"{TTFT}_count{{{MODEL}}}": "0+60x800",
    f'{ITL}_bucket{{{MODEL}, le="0.05"}}': "0+600x800",
    f"{ITL}_count{{{MODEL}}}": "0+600x800",
    CREATED: "0x800",
    READY: "0x2 1x798",
    RUNNING: "1x800",
    XID.format("namespace"): "0x800",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    says: str
    series: dict[str, str]
    """In place of what is well, or beside it."""
    at: str
    fires: frozenset[tuple[str, Severity]] = frozenset()
    gone: tuple[str, ...] = ()
    replicas: tuple[int, int] = (1, 4)


def fires(name: str, *severities: Severity) -> frozenset[tuple[str, Severity]]:
    return frozenset((name, severity) for severity in severities)


def slow(metric: str, *, share: float, begin: int, minutes: int) -> dict[str, str]:
    """That `share` of the tokens is slow, from minute `begin` on, for so many minutes."""
    bound, each = {TTFT: ("0.5", 60), ITL: ("0.05", 600)}[metric]
    good, begun = round(each * (1 - share)), each * begin
    after = begun + good * minutes
    values = f"0+{each}x{begin - 1} {begun}+{good}x{minutes - 1} {after}+{each}x400"
    return {f'{metric}_bucket{{{MODEL}, le="{bound}"}}': values}


CASES = [
    Case(says="all is well", series={}, at="90m"),
    # NoReadyReplica
    Case(
        says="no replica is ready",
        series={ENGINES: "1x30 0x30"},
        at="35m",
        fires=fires("NoReadyReplica", "critical"),
    ),
    Case(says="no replica for half a minute", series={ENGINES: "1x34 0x1 1x30"}, at="35m"),
    Case(
        says="one gateway of two sees no replica",
        series={
            ENGINES.replace("job=", 'pod="b", job='): "0x60",
        },
        at="35m",
    ),
    Case(
        says="a stack at rest has no replica, and nobody waits",
        series={ENGINES: "0x800", HELD: "0x800"},
        at="75m",
        replicas=(0, 4),
    ),
    Case(
        says="requests are held for longer than a start may take",
        series={ENGINES: "0x800", HELD: "0x60 3x60"},
        at="75m",
        fires=fires("NoReadyReplica", "critical"),
        replicas=(0, 4),
    ),
    Case(
        says="requests are held while a replica starts",
        series={ENGINES: "0x68 1x60", HELD: "0x60 3x8 0x60"},
        at="75m",
        replicas=(0, 4),
    ),
    # NoMetrics
    Case(
        says="the gateways are no longer scraped",
        series={},
        gone=(LIVE, ENGINES),
        at="30m",
        fires=fires("NoMetrics", "warning"),
    ),
    Case(says="a scrape or two fail", series={LIVE: "1x20 _x8 1x30"}, at="28m"),
    # CrashLoop
    Case(
        says="a container crashes, runs for a moment, and crashes",
        series={CRASHING: "0x10 1 1 0 0 1 1 0 0 1 1 1 1 1"},
        at="22m",
        fires=fires("CrashLoop", "critical"),
    ),
    Case(says="a container crashed once", series={CRASHING: "0x10 1 1 0x30"}, at="13m"),
    # ColdStartOverBudget
    Case(
        says="a pod is older than the budget and never was ready",
        series={CREATED: "0x60", READY: "0x60"},
        at="12m",
        fires=fires("ColdStartOverBudget", "warning"),
    ),
    Case(says="a pod still has time", series={CREATED: "0x60", READY: "0x60"}, at="9m"),
    Case(
        says="a pod was evicted long ago",
        series={
            CREATED: "0x60",
            READY: "0x60",
            PHASE.format(POD, "Failed").replace("'", '"'): "1x60",
        },
        at="30m",
    ),
    # QueueGrowing
    Case(
        says="the queue grows for longer than a start takes",
        series={QUEUED: "0x10 0+1x40"},
        at="45m",
        fires=fires("QueueGrowing", "warning"),
    ),
    Case(
        says="the queue stays full",
        series={QUEUED: "0x10 16x60"},
        at="45m",
        fires=fires("QueueGrowing", "warning"),
    ),
    Case(says="a burst fills the queue and drains", series={QUEUED: "0x10 16-1x16 0x60"}, at="18m"),
    Case(says="the queue is short all the time", series={QUEUED: "7x100"}, at="90m"),
    # KvCacheNearlyFull
    Case(
        says="the cache of one replica stays full",
        series={KV: "0.99x60"},
        at="30m",
        fires=fires("KvCacheNearlyFull", "warning"),
    ),
    Case(
        says="the cache is full now and then",
        series={KV: "0.99 0.99 0.4" + " 0.99 0.99 0.4" * 20},
        at="30m",
    ),
    # FirstTokenSloBurn
    Case(
        says="most first tokens of the last hour are slow",
        series=slow(TTFT, share=0.9, begin=300, minutes=100),
        at="365m",
        fires=fires("FirstTokenSloBurn", "critical"),
    ),
    Case(
        says="a third of the first tokens of six hours is slow",
        series=slow(TTFT, share=0.4, begin=5, minutes=500),
        at="380m",
        fires=fires("FirstTokenSloBurn", "warning"),
    ),
    Case(
        says="an hour of slow first tokens is over",
        series=slow(TTFT, share=0.9, begin=300, minutes=60),
        at="375m",
    ),
    Case(
        says="a twentieth of the first tokens is slow, as the SLO allows",
        series=slow(TTFT, share=0.05, begin=5, minutes=500),
        at="380m",
    ),
    # NextTokenSloBurn
    Case(
        says="most next tokens of the last hour are slow",
        series=slow(ITL, share=0.9, begin=300, minutes=100),
        at="365m",
        fires=fires("NextTokenSloBurn", "critical"),
    ),
    Case(
        says="a third of the next tokens of six hours is slow",
        series=slow(ITL, share=0.4, begin=5, minutes=500),
        at="380m",
        fires=fires("NextTokenSloBurn", "warning"),
    ),
    Case(
        says="a twentieth of the next tokens is slow, as the SLO allows",
        series=slow(ITL, share=0.05, begin=5, minutes=500),
        at="380m",
    ),
    # ErrorRate
    Case(
        says="a fourth of the requests fails for an hour",
        series={FAILED: "0x300 0+20x200"},
        at="365m",
        fires=fires("ErrorRate", "critical"),
    ),
    Case(
        says="every tenth request fails for six hours",
        series={FAILED: "0x5 0+7x500"},
        at="380m",
        fires=fires("ErrorRate", "warning"),
    ),
    Case(
        says="requests failed, and no longer do",
        series={FAILED: "0x300 0+20x60 1200x300"},
        at="375m",
    ),
    Case(says="nobody asks", series={OK: "0x800"}, at="90m"),
    # GpuError
    *(
        Case(
            says=f"a GPU reports an error, its pod's namespace in {label}",
            series={XID.format(label): "0x10 79x20"},
            at="12m",
            fires=fires("GpuError", "critical"),
        )
        for label in ("namespace", "exported_namespace")
    ),
    Case(
        says="a GPU of somebody else reports an error",
        series={XID.format("namespace").replace("tiny-serving", "other"): "79x60"},
        at="12m",
    ),
    # CostOverBudget
    Case(
        says="three replicas, and money for two and a half",
        series={RUNNING: "3x300"},
        at="3h",
        fires=fires("CostOverBudget", "warning"),
    ),
    Case(says="three replicas for half of the day", series={RUNNING: "1x90 3x300"}, at="3h"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_alerts(case: Case, tmp_path: Path) -> None:
    groups = rule_groups(observed_spec(GPU, case.replicas))
    series = {**WELL, **case.series}
    for name in case.gone:
        del series[name]
    assert not wrongly_firing(groups, series, at=case.at, expected=case.fires, folder=tmp_path)


def test_every_alert_is_shown_to_fire() -> None:
    shown = {alert for case in CASES for alert in case.fires}
    assert shown == set(alerts(rule_groups(observed_spec())))


@pytest.mark.parametrize("version", [CPU, GPU])
def test_prometheus_takes_the_rules_of_every_engine(version: str, tmp_path: Path) -> None:
    done = check_rules(rule_groups(observed_spec(version)), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
