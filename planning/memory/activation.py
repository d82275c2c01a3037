"""What the largest step allocates beside weights and KV cache, as vLLM's profile run meets it.

vLLM 0.25.1, v1/worker/gpu_worker.py, determine_available_memory: the peak of torch's allocator in
a run of `max_num_batched_tokens` tokens with the sampler of `max_num_seqs` requests after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planning.architecture import Architecture
from planning.memory.device import MATRIX_WORKSPACE
from planning.memory.serving import Serving
from planning.memory.shape import Widths, widths_of

_PLAIN = 2  # bytes of a 16-bit number
_FLOAT = 4
# Mixtures of experts that run on the newer runner (config/vllm.py, with all dense models).
_NEWER_RUNNER = {"DeepseekV2ForCausalLM", "Qwen2MoeForCausalLM", "GraniteMoeForCausalLM"}
# Rows that the top-p kernel works on at a time: one for each multiprocessor, 132 on an H100.
_SAMPLER_ROWS = 132
# Latent attention unfolds at most so many cached tokens at a time (mla_attention.py,
# determine_chunked_prefill_workspace_size).
_UNFOLDED_TOKENS = 64 * 1024
_BLOCK = 16


@dataclass(frozen=True, kw_only=True)
class Peaks:
    """Bytes on one GPU at three moments of a cold start; the engine keeps room for the largest."""

    compile: int
    """The compiler times the embedding's kernel on made-up inputs of its size."""
    forward: int
    """The widest layer, with all tokens of a step."""
    sampling: int
    """Logits of all requests of a step."""

    @property
    def largest(self) -> int:
        return max(self.compile, self.forward, self.sampling)


def newer_runner(model: Architecture) -> bool:
    """Whether vLLM chooses its second model runner."""
    return not model.experts or bool(_NEWER_RUNNER.intersection(model.names))


def activation_peaks(model: Architecture, serving: Serving) -> Peaks:
    width = widths_of(model, serving.tensor_parallel)
    tokens, hidden = serving.batched_tokens, model.hidden
    experts = _experts_workspace(width, tokens)
    return Peaks(
        # Embedding rows in, residual and normed hidden state out, a quantised copy beside them.
        compile=ceil(model.vocabulary / serving.tensor_parallel) * hidden * _PLAIN
        + tokens * hidden * (2 * _PLAIN + (1 if _quantised(model, serving) else 0)),
        forward=experts + _layer(model, serving, width),
        sampling=experts + _sampling(model, serving),
    )


def _layer(model: Architecture, serving: Serving, width: Widths) -> int:
    """Residual, input, queries, keys and values live while the feed-forward part runs."""
    tokens = serving.batched_tokens
    lasting = (2 * width.hidden + width.attention) * _PLAIN * tokens
    feed_forward = (width.up + width.inner) * _PLAIN * tokens
    # fused_topk of all experts: logits and weights of each token.
    routing = model.experts * 2 * _FLOAT * tokens
    at_least = max(
        min(8 * serving.context, _UNFOLDED_TOKENS),
        min(4 * serving.sequences * _BLOCK, _UNFOLDED_TOKENS),
        serving.sequences * _BLOCK,
    )
    unfolded = width.latent_spread * at_least * _PLAIN
    return lasting + max(feed_forward + routing, unfolded)


def _experts_workspace(width: Widths, tokens: int) -> int:
    """Two buffers that all layers share and that stay: fused_moe/experts/triton_moe.py,
    workspace_shapes."""
    rows = tokens * width.experts_used
    first = max(width.expert_inner, width.hidden)
    second = max(width.expert_up, width.hidden)
    return rows * (first + second) * _PLAIN if rows else 0


def _sampling(model: Architecture, serving: Serving) -> int:
    requests = min(serving.sequences, serving.batched_tokens)
    hidden = (serving.batched_tokens + 2 * requests) * model.hidden * _PLAIN
    # Newer: logits, and a float32 copy to add noise to. Older: also probabilities, noise, and the
    # buffer of the top-p kernel (v1/sample/sampler.py, ops/topk_topp_sampler.py).
    numbers = requests * (_PLAIN + _FLOAT)
    if not newer_runner(model):
        numbers += requests * 2 * _FLOAT + _SAMPLER_ROWS * _FLOAT
    return numbers * model.vocabulary + hidden + MATRIX_WORKSPACE


def _quantised(model: Architecture, serving: Serving) -> bool:
    return (serving.storage or model.storage).packing is not None
