"""Which candidate comes first."""

from __future__ import annotations

from decimal import Decimal

from planning.choice.candidate import Candidate, Standing
from planning.choice.engines import ENGINES
from planning.choice.wanted import Wanted
from planning.problems import errors_of

# What is predicted not to hold is no better than what is not predicted, and no worse: without a
# prediction the same hardware in other words would come first.
_ORDER: dict[Standing | None, int] = {None: 0, "proven": 0, "partly": 1, "unknown": 2, "broken": 2}


def rank(candidate: Candidate, wanted: Wanted, list_monthly: Decimal | None) -> tuple[object, ...]:
    """Smaller is better: what fits, what is as exact as asked, what is predicted to carry the
    demand, dollars a month; then the exact weights and cache, the engine that is known best, fewer
    warnings and GPUs, the name. Of what does not fit, more GPUs are closer to it.

    Without a price of its own it comes after all that have one, by on-demand list price.
    """
    errors = len(errors_of(candidate.problems))
    monthly = candidate.monthly_usd
    return (
        errors > 0,
        less_exact(candidate, wanted),
        _ORDER[candidate.standing],
        errors,
        monthly is None,
        monthly[1] if monthly else list_monthly if list_monthly is not None else Decimal("inf"),
        _gpu_memory(candidate),
        candidate.serving is not None and candidate.serving.storage is not None,
        -candidate.kv_bits,
        ENGINES[candidate.target].index(candidate.engine),
        sum(problem.severity == "warning" for problem in candidate.problems),
        candidate.memory.replica if candidate.memory else 0,
        candidate.nodes_per_replica,
        candidate.gpus_per_replica if errors == 0 else -candidate.gpus_per_replica,
        candidate.gpus_per_node,
        candidate.instance or candidate.hf_hardware or candidate.gpu or "",
        candidate.engine_version,
        candidate.quantization,
    )


def _gpu_memory(candidate: Candidate) -> int:
    """Of all GPUs of a replica where no price orders them: less is cheaper to have, and of what
    does not fit more is closer."""
    if candidate.fit is None or candidate.monthly_usd is not None:
        return 0
    size = candidate.fit.budget.visible * candidate.gpus_per_replica
    return size if candidate.fits else -size


def recommended(candidate: Candidate, wanted: Wanted, list_monthly: Decimal | None) -> bool:
    """Whether it may be chosen unasked: a type without a price in the region may not, nor may
    weights or a cache that are less exact than the checkpoint."""
    named = wanted.instance is not None or wanted.hf_hardware is not None
    own = candidate.instance is None and candidate.hf_hardware is None
    priced = named or own or list_monthly is not None
    return candidate.fits and priced and not less_exact(candidate, wanted)


def less_exact(candidate: Candidate, wanted: Wanted) -> bool:
    """Than the checkpoint, without having been asked for."""
    if candidate.serving is None:
        return False
    weights = candidate.serving.storage is not None and wanted.quantization is None
    return weights or (candidate.kv_bits < 16 and wanted.kv_bits is None)
