"""Which layers keep only the newest tokens: sliding windows and chunks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planning.architecture.attention import Attention
from planning.architecture.config import Config
from planning.architecture.value import Cache

_FULL = "full_attention"
_NARROW = {"sliding_attention": "sliding_window", "chunked_attention": "attention_chunk_size"}

Windows = Sequence[int | None]


def all_full(config: Config) -> Windows:
    """No window, whatever the file says: this family has none."""
    return [None] * config.count("num_hidden_layers")


def listed(config: Config, otherwise: Windows) -> Windows:
    """By `layer_types`; where the file has none, as the family has it."""
    kinds = config.texts("layer_types")
    if not kinds:
        return otherwise
    if len(kinds) != config.count("num_hidden_layers"):
        raise config.refusal("layer_types", "one entry for each of num_hidden_layers")
    windows: list[int | None] = []
    for kind in kinds:
        if kind != _FULL and kind not in _NARROW:
            raise config.refusal("layer_types", ", ".join((_FULL, *_NARROW)))
        windows.append(None if kind == _FULL else window_of(config, _NARROW[kind]))
    return windows


def everywhere(config: Config) -> Windows:
    """One window for all layers, or none (Mistral, Phi-3, StarCoder2)."""
    return listed(config, [config.optional("sliding_window")] * config.count("num_hidden_layers"))


def alternating(config: Config, every: int, *, first: int = 0) -> Windows:
    """Each `every`-th layer is full, the others slide; with `first`, counted from there."""
    count = config.count("num_hidden_layers")
    if config.texts("layer_types"):
        return listed(config, ())
    window = window_of(config, "sliding_window")
    return [None if (layer + 1 + first) % every == 0 else window for layer in range(count)]


def upper(config: Config) -> Windows:
    """Qwen: layers from `max_window_layers` on slide, if `use_sliding_window` says so."""
    count = config.count("num_hidden_layers")
    if not config.flag("use_sliding_window", False):
        return listed(config, [None] * count)
    below = config.count("max_window_layers")
    window = config.optional("sliding_window")
    return listed(config, [None if layer < below else window for layer in range(count)])


def window_of(config: Config, key: str) -> int | None:
    """Tokens that a narrow layer keeps."""
    return config.count(key) if key in config else None


def caches(attention: Attention, windows: Windows, longest: int) -> tuple[Cache, ...]:
    """One entry for each window; one that no context outgrows is none."""
    counts = Counter(window if window and window < longest else None for window in windows)
    return tuple(
        Cache(
            layers=layers,
            heads=attention.kv_heads,
            numbers=2 * attention.head_dim,
            window=window,
        )
        for window, layers in sorted(counts.items(), key=lambda item: item[0] or longest)
    )
