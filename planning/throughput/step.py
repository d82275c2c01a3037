"""Seconds of one step of an engine, by a roofline with fixed times."""

from __future__ import annotations

from dataclasses import dataclass

from planning.catalog.rows.hardware import GpuFacts
from planning.catalog.rows.throughput import Constants
from planning.throughput.work import Work


@dataclass(frozen=True, kw_only=True)
class Engine:
    """One model on one GPU."""

    work: Work
    gpu: GpuFacts
    constants: Constants

    def step(self, answers: float, context: float, prompts: float = 0, length: float = 0) -> float:
        """Seconds: `answers` gain a token each behind `context` others; `prompts` of `length` too.

        Weights are read while tensor cores work, so the slower of both counts; the cache is read
        by kernels of its own. A step with a prompt is never faster than its launches.
        """
        work, constants = self.work, self.constants
        bandwidth = self.gpu.bandwidth_gb_per_s * 1e9 * constants.bandwidth_share
        share = constants.fp8_flop_share if work.fp8 else constants.flop_share
        rate = self.gpu.dense_tflops["fp8" if work.fp8 else "bf16"] * 1e12 * share
        tokens = answers + prompts * length
        looked_at = answers * context + prompts * length * length / 2
        flops = (
            tokens * work.body_flops
            + (answers + prompts) * work.head_flops
            + looked_at * work.attention_flops
        )
        busy = (
            max(work.weights_read(tokens) / bandwidth, flops / rate)
            + answers * work.kv_read(context) / bandwidth
            + work.layers * constants.layer_seconds
            + (work.layers * constants.gap_seconds if prompts else 0.0)
            + (answers + prompts) * constants.sequence_seconds
        )
        launch = constants.prompt_layer_seconds
        if tokens > work.graph_tokens:
            launch = constants.eager_layer_seconds
        launches = work.layers * launch if prompts else 0.0
        return max(busy, launches)
