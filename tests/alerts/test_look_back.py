"""The query that looks a day back, by Prometheus itself: a burst is seen before it comes again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from components.specs.cluster import TriggerSpec
from planning.cluster.autoscaling import ScaleTargets, autoscaling_spec
from tests.support.kubernetes_specs import gpu_spec

_START = 100


def _trigger() -> TriggerSpec:
    made = autoscaling_spec(
        kind="hpa",
        replicas=(1, 4),
        prometheus_url="http://prometheus",
        namespace="n",
        stack="j",
        engine=gpu_spec().workload.engine,
        targets=ScaleTargets(queued=4, kv_usage=0.8, requests_per_second=10.0),
        start_seconds=_START,
        cold_start_seconds=150,
    )
    assert made is not None
    return made.triggers[-1]


def test_a_burst_of_the_day_before_is_seen_a_start_before_it_comes_again(tmp_path: Path) -> None:
    """Five requests a second, and forty from the tenth minute on, of one day."""
    rule = {"record": "ahead", "expr": _trigger().query}
    groups = {"groups": [{"name": "g", "interval": "15s", "rules": [rule]}]}
    (tmp_path / "rules.json").write_text(json.dumps(groups))
    arrived = 'envoy_cluster_upstream_rq_total{namespace="n",job="j",envoy_cluster_name="engine"}'
    seen = {"10m": 0, "1d7m": 5, "1d8m": 13.75, "1d9m": 40, "1d15m": 40, "2d": 0}
    test = {
        "interval": "15s",
        "input_series": [{"series": arrived, "values": "0+75x39 3000+600x39"}],
        "promql_expr_test": [
            {"expr": "ahead", "eval_time": at, "exp_samples": [{"labels": "ahead", "value": value}]}
            for at, value in seen.items()
        ],
    }
    file = tmp_path / "test.json"
    file.write_text(
        json.dumps({"rule_files": ["rules.json"], "evaluation_interval": "15s", "tests": [test]})
    )
    done = subprocess.run(
        ["promtool", "test", "rules", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
