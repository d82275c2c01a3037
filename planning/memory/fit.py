"""Does a model fit these GPUs, and how much of it: the one answer, with what stands against it."""

from __future__ import annotations

from dataclasses import dataclass

from planning.architecture import Architecture
from planning.architecture.kv import kv_bytes_beyond_window, kv_bytes_per_token
from planning.architecture.weights import weight_bytes
from planning.catalog import Catalog
from planning.memory.budget import Budget, budget_of
from planning.memory.parallel import tensor_parallel_sizes
from planning.memory.pool import pool_of
from planning.memory.problems import Place, memory_problems, split_problems, support_problems
from planning.memory.serving import Serving
from planning.problems import Problem, errors_of


@dataclass(frozen=True, kw_only=True)
class Fit:
    """One replica; sizes in bytes, predicted."""

    weights_bytes: int
    """All GPUs together, after quantisation, without copies."""
    kv_bytes_per_token: int
    """One token in all layers, all GPUs together, without copies."""
    kv_bytes_per_token_beyond_window: int
    """The same for a token that every sliding window has left behind."""
    kv_cache_tokens: int
    """Tokens that the KV cache holds; where layers slide, in requests of the longest context."""
    max_concurrent_requests: int
    """Requests of the longest context that run at once."""
    tensor_parallel: int
    tensor_parallel_sizes: tuple[int, ...]
    """Sizes that divide the model on one instance."""
    gpus_per_replica: int
    budget: Budget
    """Of the fullest GPU."""
    problems: tuple[Problem, ...]

    @property
    def fits(self) -> bool:
        """No error; warnings may be there."""
        return not errors_of(self.problems)


def fit(model: Architecture, place: Place, serving: Serving, catalog: Catalog) -> Fit:
    """One replica at exactly these sizes."""
    budget, pool = budget_of(model, place.gpu, serving), pool_of(model, serving)
    room = max(0, budget.kv_cache)
    return Fit(
        weights_bytes=weight_bytes(model, serving.storage),
        kv_bytes_per_token=kv_bytes_per_token(model, serving.kv_bits),
        kv_bytes_per_token_beyond_window=kv_bytes_beyond_window(model, serving.kv_bits),
        kv_cache_tokens=pool.tokens(room, serving.context),
        max_concurrent_requests=min(pool.requests(room, serving.context), serving.sequences),
        tensor_parallel=serving.tensor_parallel,
        tensor_parallel_sizes=tensor_parallel_sizes(model, place.gpus, serving.storage),
        gpus_per_replica=serving.gpus,
        budget=budget,
        problems=(
            *split_problems(model, place, serving),
            *support_problems(model, place, serving, catalog),
            *memory_problems(budget, pool, serving),
        ),
    )
