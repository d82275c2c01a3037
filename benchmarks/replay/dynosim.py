"""One replay by DynoSim, in an environment of its own: `python dynosim.py CASE.json`.

CASE has the trace, the times of a step, and a fixed number of replicas or the rules of an
autoscaler, which is asked every 15 seconds with our copy of the HPA's algorithm. It prints JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["DYN_LOG"] = "error"

import numpy as np
from dynamo._core import _normalize_mocker_config, run_mocker_trace_replay
from dynamo.llm import KvRouterConfig

from components.specs.cluster import ScalePaceSpec, ScalePolicySpec, TriggerSpec
from planning.replay.rules import Rules, Scaler

_BLOCK = 16
_WINDOW_TICKS = 4
"""Of the rate of requests: a minute."""


class Autoscaler:
    """What DynoSim calls its scaling policy."""

    def __init__(self, rules: dict[str, Any], before: list[float], last: float) -> None:
        self._rules = _rules(rules)
        self._scaler = Scaler(self._rules)
        self._before, self._last = before, last
        self._came: list[float] = []
        self._flying, self._tick = 0.0, 0

    def initial_tick_ms(self) -> float:
        return 1000.0 * self._rules.sync_seconds

    def on_tick(self, seen: dict[str, Any]) -> dict[str, Any]:
        now, traffic = seen["now_ms"] / 1000, seen["traffic"]
        self._came.append(traffic["num_req"])
        self._flying += traffic["num_req"] - traffic["shape_count"]
        self._tick += 1
        loads = {
            "in-flight": self._flying,
            "arrivals": sum(self._came[-_WINDOW_TICKS:])
            / (_WINDOW_TICKS * self._rules.sync_seconds),
            "arrivals-before": self._before[min(self._tick, len(self._before) - 1)]
            if self._before
            else 0.0,
        }
        wanted = self._scaler.wanted(now, seen["non_draining_decode_count"], loads)
        again = now + self._rules.sync_seconds
        return {
            "target_prefill": None,
            "target_decode": wanted,
            "next_tick_ms": 1000 * again if again < self._last else None,
        }


def main() -> None:
    case = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    profile = Path(sys.argv[1]).with_suffix(".npz")
    np.savez(profile, **{name: np.array(values) for name, values in case["times"].items()})
    engine = {
        "num_gpu_blocks": case["kvTokens"] // _BLOCK,
        "block_size": _BLOCK,
        "max_num_batched_tokens": case["batchedTokens"],
        "max_num_seqs": case["sequences"],
        "enable_prefix_caching": False,
        "timing_model": {
            "type": "external",
            "provider": "dynamo_profile",
            "config": {"path": str(profile)},
        },
    }
    policy = None
    if case["rules"] is not None:
        policy = Autoscaler(case["rules"], case["before"], case["seconds"])
    config = _normalize_mocker_config({"engine": engine, "startup_time": case["startSeconds"]})
    began = time.process_time()
    made = run_mocker_trace_replay(
        [case["trace"]],
        extra_engine_args=config,
        num_workers=case["replicas"],
        trace_block_size=512,
        sla_ttft_ms=case["ttftMs"],
        sla_itl_ms=case["itlMs"],
        scaling_policy=policy,
        # The fewest in flight, as our gateway chooses; its random ties make no run quite another.
        router_mode="kv_router",
        router_config=KvRouterConfig(overlap_score_credit=0.0, router_temperature=0.0),
    )
    spent = time.process_time() - began
    seen = made.summary
    print(
        json.dumps(
            {
                "cpuSeconds": spent,
                "gpuHours": seen["gpu_hours"],
                "inTime": seen["goodput_completed_requests"] / seen["num_requests"],
            }
        )
    )


def _rules(raw: dict[str, Any]) -> Rules:
    paces = {
        name: ScalePaceSpec(
            stabilisation_seconds=raw[name]["stabilisation_seconds"],
            policies=tuple(ScalePolicySpec(**one) for one in raw[name]["policies"]),
        )
        for name in ("up", "down")
    }
    triggers = tuple(TriggerSpec(**{**one, "look_back": None}) for one in raw["triggers"])
    return Rules(**{**raw, **paces, "triggers": triggers})


if __name__ == "__main__":
    main()
