"""Dense decoders: one feed-forward part for all tokens, keys and values for each KV head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from planning.architecture.attention import QkNorm, grouped
from planning.architecture.config import Config
from planning.architecture.decoder import Norms, decoder
from planning.architecture.feedforward import FeedForward
from planning.architecture.length import longest_context
from planning.architecture.value import Architecture
from planning.architecture.windows import Windows, all_full, alternating, caches, everywhere, upper

Family = Callable[[Config], Architecture]


@dataclass(frozen=True, kw_only=True)
class Dense:
    """What differs between dense families; keys of `config.json` by name, defaults as transformers
    5.23.0 has them."""

    windows: Callable[[Config], Windows] = all_full
    bias_key: str | None = "attention_bias"
    """Whether queries, keys and values have a bias; None: as `qkv_bias` says."""
    qkv_bias: bool = False
    output_bias: bool = False
    """Whether the attention's output has one too, where the others have."""
    head_dim: int | None = None
    qk_norm: QkNorm = "none"
    qk_norm_key: str | None = None
    """Key that says whether there is a norm on queries and keys at all."""
    fused: bool = False
    gated: bool = True
    mlp_bias_key: str | None = "mlp_bias"
    mlp_bias: bool = False
    up: tuple[str, ...] = ("gate_proj", "up_proj")
    down: str = "down_proj"
    norms: Norms = field(default_factory=Norms)
    tied: bool = False

    def __call__(self, config: Config) -> Architecture:
        bias = config.flag(self.bias_key, self.qkv_bias) if self.bias_key else self.qkv_bias
        normed = config.flag(self.qk_norm_key, False) if self.qk_norm_key else True
        attention = replace(
            grouped(config, head_dim=self.head_dim),
            qkv_bias=bias,
            output_bias=bias and self.output_bias,
            qk_norm=self.qk_norm if normed else "none",
            fused=self.fused,
        )
        key = self.mlp_bias_key
        part = FeedForward(
            hidden=attention.hidden,
            inner=config.count("intermediate_size"),
            gated=self.gated,
            bias=config.flag(key, self.mlp_bias) if key else self.mlp_bias,
            up=self.up,
            down=self.down,
        )
        return decoder(
            config,
            attention=attention,
            feed_forward=lambda _: part,
            caches=caches(attention, self.windows(config), longest_context(config)),
            tied=self.tied,
            norms=self.norms,
        )


def _every(count: int) -> Callable[[Config], Windows]:
    """Each `count`-th layer is full."""
    return lambda config: alternating(config, count)


def _patterned(usual: int) -> Callable[[Config], Windows]:
    """The same, with the count from the file."""
    return lambda config: alternating(config, config.count("sliding_window_pattern", usual))


def _exaone4_windows(config: Config) -> Windows:
    """All full where the file names no pattern (the 1.2B model)."""
    if "layer_types" in config or config.optional("sliding_window_pattern"):
        return alternating(config, config.count("sliding_window_pattern", 4))
    return all_full(config)


_PLAIN = Dense(output_bias=True)
_GEMMA = Dense(output_bias=True, head_dim=256, tied=True, mlp_bias_key=None)
_GATE_UP = ("gate_up_proj",)

FAMILIES: dict[str, Family] = {
    "llama": _PLAIN,
    "granite": _PLAIN,
    "mimo": Dense(qkv_bias=True),
    "smollm3": replace(_PLAIN, windows=upper, tied=True),
    "seed_oss": Dense(qkv_bias=True, output_bias=False, head_dim=128),
    "mistral": Dense(windows=everywhere, bias_key=None, mlp_bias_key=None),
    "ministral3": Dense(windows=everywhere, bias_key=None, mlp_bias_key=None),
    "qwen2": Dense(windows=upper, bias_key=None, qkv_bias=True, mlp_bias_key=None),
    "qwen3": Dense(
        windows=upper, output_bias=True, head_dim=128, qk_norm="head", mlp_bias_key=None
    ),
    "phi3": Dense(windows=everywhere, bias_key=None, fused=True, mlp_bias_key=None, up=_GATE_UP),
    "gemma": _GEMMA,
    "gemma2": replace(_GEMMA, norms=Norms(each=4), windows=_every(2)),
    "gemma3_text": replace(_GEMMA, norms=Norms(each=4), qk_norm="head", windows=_patterned(6)),
    "cohere": Dense(
        output_bias=True,
        qk_norm="heads",
        qk_norm_key="use_qk_norm",
        mlp_bias_key=None,
        norms=Norms(each=1),
        tied=True,
    ),
    "cohere2": Dense(
        windows=_patterned(4),
        output_bias=True,
        mlp_bias_key=None,
        norms=Norms(each=1),
        tied=True,
    ),
    "olmo2": Dense(output_bias=True, qk_norm="all", mlp_bias_key=None),
    "olmo3": Dense(
        windows=_every(4),
        output_bias=True,
        qk_norm="all",
        mlp_bias_key=None,
    ),
    "exaone4": Dense(windows=_exaone4_windows, bias_key=None, qk_norm="head", mlp_bias_key=None),
    "glm4": Dense(qkv_bias=True, mlp_bias_key=None, up=_GATE_UP, norms=Norms(each=4)),
    "starcoder2": Dense(
        windows=everywhere,
        bias_key="use_bias",
        qkv_bias=True,
        output_bias=True,
        gated=False,
        mlp_bias_key="use_bias",
        mlp_bias=True,
        up=("c_fc",),
        down="c_proj",
        norms=Norms(bias=True),
        tied=True,
    ),
    "nemotron": Dense(output_bias=True, gated=False, up=("up_proj",), norms=Norms(bias=True)),
}
