"""The model itself: plain ONNX Runtime over a KV cache that past and present share."""

from __future__ import annotations

import math
import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from .model_files import ModelConfig
from .ort_session import open_session, tensor_type

_PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
_MASK_STEP = 64
"""The mask's width grows in such steps, so that most decode steps bind nothing anew."""


class OrtRunner:
    """Rows of one KV cache buffer per layer, bound by address as past and as present.

    GroupQueryAttention appends in place where both have one address, so nothing is copied from
    step to step. Row lengths reach it through the attention mask's row sums, hence rows of
    different lengths decode in one batch with the mask padded on the right.
    """

    def __init__(
        self, path: Path, config: ModelConfig, *, rows: int, max_context: int, threads: int
    ):
        self.rows = rows
        self.max_context = max_context
        self.vocab_size = config.vocab_size
        self._session = open_session(path, threads)
        self._options = ort.RunOptions()
        self._last_logits_only = self._session.get_outputs()[0].shape[1] == 1
        self._logits_type = tensor_type(self._session, "logits")
        self._ids = np.zeros((rows, 1), np.int64)
        self._mask = np.zeros(rows * max_context, np.int64)
        self._positions = np.arange(max_context, dtype=np.int64)
        self._decode_logits = np.zeros((rows, 1, config.vocab_size), self._logits_type)
        self._cache = _cache_buffers(self._session, config, rows, max_context)
        self._row_bindings: dict[int, ort.IOBinding] = {}
        self._batch_bindings: dict[int, tuple[ort.IOBinding, int]] = {}

    def prefill(self, row: int, tokens: Sequence[int], past: int) -> NDArray[np.float32]:
        count, total = len(tokens), past + len(tokens)
        ids = np.array(tokens, np.int64)
        mask = np.ones(total, np.int64)
        positions = 1 if self._last_logits_only else count
        logits = np.empty((positions, self.vocab_size), self._logits_type)
        binding = self._row_bindings.get(row)
        if binding is None:
            binding = self._row_bindings[row] = self._bind_cache(row, 1)
        _bind_input(binding, "input_ids", ids, (1, count))
        _bind_input(binding, "attention_mask", mask, (1, total))
        _bind_output(binding, "logits", logits, (1, positions, self.vocab_size))
        self._session.run_with_iobinding(binding, self._options)
        return logits[-1].astype(np.float32, copy=False)

    def decode(self, tokens: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        count = len(tokens)
        longest = int(lengths.max()) + 1
        width = min(-(-longest // _MASK_STEP) * _MASK_STEP, self.max_context)
        binding, bound_width = self._batch_bindings.get(count, (None, 0))
        if binding is None:
            binding = self._bind_cache(0, count)
            _bind_input(binding, "input_ids", self._ids, (count, 1))
            _bind_output(binding, "logits", self._decode_logits, (count, 1, self.vocab_size))
        if width != bound_width:
            _bind_input(binding, "attention_mask", self._mask, (count, width))
            self._batch_bindings[count] = (binding, width)
        self._ids[:count, 0] = tokens
        mask = self._mask[: count * width].reshape(count, width)
        np.less_equal(self._positions[:width], lengths[:, None], out=mask)
        self._session.run_with_iobinding(binding, self._options)
        return self._decode_logits[:count, 0].astype(np.float32, copy=False)

    def move(self, source: int, target: int, length: int) -> None:
        for buffer in self._cache.values():
            buffer[target, :, :length] = buffer[source, :, :length]

    def _bind_cache(self, row: int, count: int) -> ort.IOBinding:
        """A binding whose past and present are `count` rows of the cache from `row` on."""
        binding = self._session.io_binding()
        for name, buffer in self._cache.items():
            rows = buffer[row : row + count]
            _bind_input(binding, f"past_key_values.{name}", rows, rows.shape)
            _bind_output(binding, f"present.{name}", rows, rows.shape)
        return binding


def _cache_buffers(
    session: ort.InferenceSession, config: ModelConfig, rows: int, max_context: int
) -> dict[str, NDArray[Any]]:
    """Zeroed buffers [rows, kv_heads, max_context, head_size]; memory is used as rows fill.

    Mapped by hand and without huge pages, which numpy asks for: here they would make the first
    token of each row take the memory of the whole row.
    """
    shape = (rows, config.kv_heads, max_context, config.head_size)
    names = [f"{layer}.{part}" for layer in range(config.layers) for part in ("key", "value")]
    buffers: dict[str, NDArray[Any]] = {}
    for name in names:
        dtype = np.dtype(tensor_type(session, f"past_key_values.{name}"))
        memory = mmap.mmap(-1, math.prod(shape) * dtype.itemsize, flags=_PRIVATE)
        if hasattr(mmap, "MADV_NOHUGEPAGE"):
            memory.madvise(mmap.MADV_NOHUGEPAGE)
        buffers[name] = np.frombuffer(memory, dtype).reshape(shape)
    return buffers


def _bind_input(
    binding: ort.IOBinding, name: str, array: NDArray[Any], shape: Sequence[int]
) -> None:
    binding.bind_input(name, "cpu", 0, array.dtype.type, shape, array.ctypes.data)


def _bind_output(
    binding: ort.IOBinding, name: str, array: NDArray[Any], shape: Sequence[int]
) -> None:
    binding.bind_output(name, "cpu", 0, array.dtype.type, shape, array.ctypes.data)
