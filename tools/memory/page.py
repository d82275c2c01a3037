"""docs/memory.md: how memory is counted, and how far that is from what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from planning.memory.device import GIB
from tools.memory.measured import Start, starts

_HEAD = """<!-- Written by `python -m tools.memory`; edit the code instead. -->
# GPU memory

Whether a model fits, and how many tokens its KV cache holds, is counted part by part as vLLM \
0.25.1 allocates it (`planning/memory/`); every part is a formula of the model's shape and the \
engine's flags, read in vLLM's source.

| part, on the fullest GPU | counted as |
|---|---|
| usable | `--gpu-memory-utilization` (0.92) of what CUDA shows; or the KV cache is given in bytes |
| weights | tensors by storage, divided by tensor parallelism; norms, routers and down-projections \
to a latent whole on each; KV heads copied where GPUs are more; a 16-bit copy of a quantised \
`kv_b_proj`; the rotary table |
| largest step | the largest of three peaks of a cold start. Compiling: one more embedding table, \
and 2 hidden states of all tokens (2.5 with quantised weights). Forward: gate, up, activation, 2 \
hidden states and q, k, v of all tokens, or the unfolded latents of 65,536 tokens. Sampling: \
logits in 16 and 32 bits of all requests, with the older runner twice more in 32 bits, and \
cuBLAS' 32 MiB. Buffers of experts last through the two latter |
| runtime | 0.24 GiB, the largest measured |
| CUDA graphs | 0.64 GiB set aside by the older runner (most mixtures of experts), the larger of \
two measured; otherwise, and beyond, out of the 8 % left over: a warning where an upper bound of \
that has no room |
| KV cache | the rest, in blocks of 16 tokens; layers of several kinds share a pool in groups |

The source says what is allocated; which of it lives at the same moment while compiling and in the \
forward pass was concluded from these measured peaks.

Not measured: several GPUs (NCCL's buffers), other GPUs than an H100, vision towers, adapters, \
speculative decoding. Where CUDA's own figure is not in the catalog, 98 % of the EC2 API's is taken.

## Planned and measured

One H100 80GB, random weights, planned minus measured; configurations and dates in \
`benchmarks/results/h100/`. `weights` and `step` are GiB measured.

| start | date | weights | error | largest step | error | KV tokens measured | planned | error |
|---|---|--:|--:|--:|--:|--:|--:|--:|"""
_TAIL = """
Largest error of KV tokens: {worst:.2f} %. † warm compile cache: the plan counts a cold start, \
which needs more. gpt-oss: its kernels on Hopper need no buffers of experts; those of other GPUs \
do. Mixtral, qwen2.5-7b, qwen3-4b and qwen3-14b fp8 were measured after the formulas were written. \
qwen3-14b fp8 keeps 0.7 GiB more than its weights, Mixtral's peak is 2 % higher; the causes are \
not known. Gemma: its longer rotary table (scaling 8) is not counted. \
An earlier start of llama-3.1-8b bf16 by `vllm serve` had 444,528 tokens, 4 % less than the same \
flags gave here; the cause is not known.
"""


def page() -> str:
    found = starts()
    worst = max(abs(_error(_tokens(one), one.logged["kvCacheTokens"])) for one in found)
    return "\n".join([_HEAD, *map(_row, found), _TAIL.format(worst=worst)])


def _row(one: Start) -> str:
    return "| " + " | ".join(_cells(one)) + " |"


def _cells(one: Start) -> Iterator[str]:
    budget, logged = one.planned.budget, one.logged
    weights, step = logged["weightsBytes"], logged["activationPeakBytes"]
    yield one.name + (" †" if one.warm else "")
    yield one.date
    yield f"{weights / GIB:.2f}"
    yield f"{_error(budget.weights, weights):+.2f} %"
    yield f"{step / GIB:.2f}"
    yield f"{_error(budget.activations, step):+.2f} %"
    yield f"{logged['kvCacheTokens']:,}"
    yield f"{_tokens(one):,}"
    yield f"{_error(_tokens(one), logged['kvCacheTokens']):+.2f} %"


def _tokens(one: Start) -> int:
    return one.planned.kv_cache_tokens


def _error(planned: int, measured: int) -> float:
    return (planned / measured - 1) * 100
