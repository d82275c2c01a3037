"""How weights are stored: how many bits a matrix takes with its scales, and which stay plain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import ceil

EXPERTS = "*.experts.*"


@dataclass(frozen=True, kw_only=True)
class Packing:
    """A quantised matrix; sizes in bits."""

    bits: int
    """Of one number."""
    block: tuple[int, int]
    """Outputs and inputs that share a scale; 0 stands for all of them."""
    scale_bits: float
    """Of one block's scale."""
    zero_bits: int = 0
    """Of one block's zero point."""
    input_bits: int = 0
    """Of the group number of each input."""
    matrix_bits: int = 0
    """Of what is kept once for the whole matrix."""

    def bytes_of(self, outputs: int, inputs: int) -> int:
        high, wide = self.block
        blocks = ceil(outputs / (high or outputs)) * ceil(inputs / (wide or inputs))
        bits = (
            outputs * inputs * self.bits
            + blocks * (self.scale_bits + self.zero_bits)
            + inputs * self.input_bits
            + self.matrix_bits
        )
        return ceil(bits / 8)


@dataclass(frozen=True, kw_only=True)
class Storage:
    """One way to store a model's weights."""

    method: str
    """`plain`, or `quant_method` of `config.json`."""
    plain_bits: int = 16
    """Of what is not quantised."""
    packing: Packing | None = None
    """None: nothing is quantised."""
    kept: tuple[str, ...] = ()
    """Modules that stay plain: part of a name, a name with `*`, or `re:` and an expression."""
    only: tuple[str, ...] = ()
    """Where not empty: the only modules that are quantised, in the same words."""
    head: bool = False
    """Whether the output matrix is quantised too."""

    def packs(self, module: str, *, head: bool) -> bool:
        """Whether this module's matrix is quantised."""
        if self.packing is None or (head and not self.head):
            return False
        chosen = not self.only or any(_names(pattern, module) for pattern in self.only)
        return chosen and not any(_names(pattern, module) for pattern in self.kept)


PLAIN = Storage(method="plain")
_GROUPS_OF_128 = Packing(bits=4, block=(1, 128), scale_bits=16, zero_bits=4)

# What an engine makes of a plain checkpoint, or the usual published form, by the name that stack
# files and engines use. Tensors as vLLM 0.33.0 creates them (model_executor/layers/quantization).
STORAGES: dict[str, Storage] = {
    "fp32": Storage(method="plain", plain_bits=32),
    "fp16": PLAIN,
    "bf16": PLAIN,
    "fp8": Storage(method="fp8", packing=Packing(bits=8, block=(0, 0), scale_bits=32)),
    "int8": Storage(method="int8", packing=Packing(bits=8, block=(1, 0), scale_bits=32)),
    "awq": Storage(method="awq", packing=_GROUPS_OF_128),
    "gptq": Storage(
        method="gptq",
        packing=Packing(bits=4, block=(1, 128), scale_bits=16, zero_bits=4, input_bits=32),
    ),
    "bitsandbytes": Storage(
        method="bitsandbytes", packing=Packing(bits=4, block=(1, 64), scale_bits=32)
    ),
    "nvfp4": Storage(
        method="nvfp4", packing=Packing(bits=4, block=(1, 16), scale_bits=8, matrix_bits=64)
    ),
    "mxfp4": Storage(
        method="mxfp4", packing=Packing(bits=4, block=(1, 32), scale_bits=8), only=(EXPERTS,)
    ),
}


def _names(pattern: str, module: str) -> bool:
    """Whether a publisher's pattern means this module or a section around it."""
    if pattern.startswith("re:"):
        return re.match(pattern.removeprefix("re:"), module) is not None
    name = pattern.rstrip("*").rstrip(".") if pattern.endswith("*") else pattern
    if "*" in name:
        return fnmatchcase(module, pattern) or fnmatchcase(module, f"{name}.*")
    return f".{name}." in f".{module}."
