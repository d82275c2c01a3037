"""Figures of what is deployed, and of what else was looked at."""

from __future__ import annotations

from decimal import Decimal

from planning.choice import Candidate
from planning.explain.money import node_price
from planning.explain.value import About, Arithmetic, Figures, because, cited, many
from planning.memory import Serving
from planning.report.placed_build import shown_candidates

_DEFAULTS = "the engine's own default for this GPU (vLLM 0.25.1, engine/arg_utils.py), or {}"
_ON_CPU = "the engine on a CPU has no such limit: see fit.maxConcurrentRequests"


def _kv_bits(about: About, index: int) -> Arithmetic:
    assert about.document.choice is not None
    local = about.plan.local
    if local is not None:
        row = about.catalog.devices[local.model.device]
        return because(
            f"what {local.model.quantization} keeps on a {row.id}",
            result=row.value.kv_bits[local.model.quantization],
            sources=(cited("device", row),),
        )
    return because(
        "engine.kvCacheDtype; where it is auto, 16, or 8 where that is cheaper and the GPU "
        "calculates in 8 bits",
        result=about.chosen.kv_bits,
    )


def _nodes(about: About, index: int) -> Arithmetic:
    if about.plan.local is not None:
        return because("this machine", result=1)
    return because(
        "pools[0].nodesPerReplica, else one, or more where one is too few for the model",
        result=about.chosen.nodes_per_replica,
    )


def _per_node(about: About, index: int) -> Arithmetic:
    local = about.plan.local
    if local is not None:
        return because("all of them on this machine", result=local.replicas)
    chosen = about.chosen
    if chosen.memory is not None:
        lines = (f"replicas of {chosen.memory.replica:,} bytes in what a node leaves to Pods",)
    else:
        lines = (
            f"{many(chosen.gpus_per_node, 'GPU')} of a node / {chosen.gpus_per_replica} of a "
            "replica",
            "and no more than its RAM holds (fit.host.memoryThereBytes)",
        )
    return because(*lines, result=chosen.replicas_per_node)


def _fewest(about: About, index: int) -> Arithmetic:
    return _count(about, 0)


def _most(about: About, index: int) -> Arithmetic:
    return _count(about, 1)


def _count(about: About, end: int) -> Arithmetic:
    scaling = about.plan.settings.scaling.replicas
    if about.plan.local is not None:
        return because("scaling.replicas, else 1", result=about.plan.local.replicas)
    replicas = about.chosen.replicas[end]
    if scaling is not None:
        return because(f"scaling.replicas is {scaling}", result=replicas)
    demand = about.plan.placed.wanted.demand if about.plan.placed else None
    tokens = about.chosen.performance.output_tokens_per_second
    if demand is None or tokens is None:
        return because(
            "1: neither scaling.replicas nor a prediction for traffic says more", result=replicas
        )
    return because(
        f"traffic asks for {demand.requests_per_second:g} requests/s x {demand.output_tokens} "
        "tokens; each replica takes as many requests at once as keep the limits at the slow end "
        "of the prediction",
        f"at its share, {about.chosen.concurrency_per_replica} in flight, one makes "
        f"{tokens.low:,.0f} tokens/s at the slow end",
        result=replicas,
    )


def _batched(about: About, index: int) -> Arithmetic:
    serving = _serving(about)
    if serving is None:
        return because(_ON_CPU, result=None)
    return because(_DEFAULTS.format("engine.maxBatchedTokens"), result=serving.batched_tokens)


def _sequences(about: About, index: int) -> Arithmetic:
    serving = _serving(about)
    if serving is None:
        return because(_ON_CPU, result=None)
    return because(_DEFAULTS.format("engine.maxConcurrent"), result=serving.sequences)


def _serving(about: About) -> Serving | None:
    return None if about.plan.local is not None else about.chosen.serving


def _candidate(about: About, index: int) -> Candidate:
    assert about.plan.placed is not None
    return shown_candidates(about.plan.placed)[index]


def _one_kv_bits(about: About, index: int) -> Arithmetic:
    return because("as this candidate keeps them", result=_candidate(about, index).kv_bits)


def _one_tensor_parallel(about: About, index: int) -> Arithmetic:
    one = _candidate(about, index)
    return because(
        f"GPUs that divide each layer, of {one.gpus_per_replica} of a replica",
        result=one.serving.tensor_parallel if one.serving else 1,
    )


def _one_replicas(about: About, index: int) -> Arithmetic:
    return because(
        "scaling.replicas, else what traffic needs (see choice.replicas), else 1",
        result=_candidate(about, index).replicas[0],
    )


def _one_monthly(about: About, index: int) -> Arithmetic:
    one = _candidate(about, index)
    usd, sources = node_price(one, about)
    if usd is None:
        return because(one.unpriced or "unpriced", result=None)
    nodes = one.nodes(one.replicas[0])
    return because(
        f"${usd}/h x {many(nodes, 'node')} x 730 h",
        result=float(usd * nodes * 730),
        sources=sources,
    )


def _one_per_million(about: About, index: int) -> Arithmetic:
    one = _candidate(about, index)
    dollars = one.usd_per_million_output_tokens
    if dollars is None:
        return because(one.usd_per_million_reason, result=None)
    usd = node_price(one, about)[0] or Decimal(0)
    return because(
        f"nodes at ${usd}/h that run at the demand, over the output tokens of an hour "
        "(see cost.usdPerMillionOutputTokens)",
        result=dollars.expected,
    )


FIGURES: Figures = {
    "choice.kvBits": _kv_bits,
    "choice.nodesPerReplica": _nodes,
    "choice.replicasPerNode": _per_node,
    "choice.replicas": _fewest,
    "choice.maxReplicas": _most,
    "choice.maxBatchedTokens": _batched,
    "choice.maxNumSeqs": _sequences,
    "candidates[].kvBits": _one_kv_bits,
    "candidates[].tensorParallel": _one_tensor_parallel,
    "candidates[].replicas": _one_replicas,
    "candidates[].monthlyUsd": _one_monthly,
    "candidates[].usdPerMillionOutputTokens": _one_per_million,
}
