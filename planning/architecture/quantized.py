"""`quantization_config` and dtype of a `config.json` to a storage; an unknown method is refused.

Tensors of each method as vLLM 0.33.0 creates them (model_executor/layers/quantization/*.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from planning.architecture.config import Config
from planning.architecture.storage import EXPERTS, STORAGES, Packing, Storage

# float32 checkpoints are loaded in 16 bits unless told otherwise (config/model.py,
# _resolve_auto_dtype).
_PLAIN_BITS = {"float32": 16, "bfloat16": 16, "float16": 16}


def storage_of(config: Config, text: Config) -> Storage:
    """Of a checkpoint; `text` is the text part where `config` has several."""
    plain = _plain_bits(text if _dtype(text) else config)
    section = config.section("quantization_config") or text.section("quantization_config")
    if section is None:
        return Storage(method="plain", plain_bits=plain)
    method = section.text("quant_method") or ("modelopt" if "quant_algo" in section else "")
    reader = _METHODS.get(method)
    if reader is None:
        raise section.refusal("quant_method", ", ".join(sorted(_METHODS)))
    return replace(reader(section), plain_bits=plain)


def _dtype(config: Config) -> str:
    return config.text("dtype") or config.text("torch_dtype")


def _plain_bits(config: Config) -> int:
    name = _dtype(config).removeprefix("torch.") or "bfloat16"
    if name not in _PLAIN_BITS:
        raise config.refusal(
            "dtype" if "dtype" in config else "torch_dtype", ", ".join(_PLAIN_BITS)
        )
    return _PLAIN_BITS[name]


def _fp8(section: Config) -> Storage:
    block = section.counts("weight_block_size") or (0, 0)
    if len(block) != 2:
        raise section.refusal("weight_block_size", "two whole numbers")
    static = section.text("activation_scheme") == "static"
    packing = Packing(
        bits=8, block=(block[0], block[1]), scale_bits=32, matrix_bits=32 if static else 0
    )
    kept = section.texts("modules_to_not_convert") + section.texts("ignored_layers")
    return Storage(method="fp8", packing=packing, kept=kept)


def _fbgemm(section: Config) -> Storage:
    packing = Packing(bits=8, block=(1, 0), scale_bits=32)
    return Storage(
        method="fbgemm_fp8", packing=packing, kept=section.texts("modules_to_not_convert")
    )


def _awq(section: Config) -> Storage:
    bits = section.count("bits" if "bits" in section else "w_bit")
    key = "group_size" if "group_size" in section else "q_group_size"
    zero = section.flag("zero_point", True)
    packing = Packing(
        bits=bits,
        block=(1, _group(section, key)),
        scale_bits=16,
        zero_bits=bits if zero else 0,
    )
    return Storage(method="awq", packing=packing, kept=section.texts("modules_to_not_convert"))


def _gptq(section: Config) -> Storage:
    bits = section.count("bits")
    packing = Packing(
        bits=bits,
        block=(1, _group(section, "group_size")),
        scale_bits=16,
        zero_bits=bits,
        input_bits=32,
    )
    return Storage(
        method="gptq",
        packing=packing,
        kept=section.texts("modules_in_block_to_not_quantize"),
        head=section.flag("lm_head", False),
    )


def _mxfp4(section: Config) -> Storage:
    kept = section.texts("modules_to_not_convert")
    return replace(STORAGES["mxfp4"], kept=kept, only=(EXPERTS,))


def _bitsandbytes(section: Config) -> Storage:
    kept = section.texts("llm_int8_skip_modules")
    if section.flag("load_in_8bit", False):
        return Storage(
            method="bitsandbytes", packing=Packing(bits=8, block=(1, 0), scale_bits=32), kept=kept
        )
    if not section.flag("load_in_4bit", False):
        raise section.refusal("load_in_4bit", "true, or load_in_8bit: true")
    # Double quantisation: 8 bits a scale, and one float32 for 256 of them.
    scale = 8 + 32 / 256 if section.flag("bnb_4bit_use_double_quant", False) else 32
    packing = Packing(bits=4, block=(1, 64), scale_bits=scale)
    return Storage(method="bitsandbytes", packing=packing, kept=kept)


def _modelopt(section: Config) -> Storage:
    kept = section.texts("ignore") + section.texts("exclude_modules")
    match section.text("quant_algo"):
        case "FP8":
            packing = Packing(bits=8, block=(0, 0), scale_bits=32, matrix_bits=32)
        case "NVFP4":
            packing = Packing(bits=4, block=(1, 16), scale_bits=8, matrix_bits=64)
        case _:
            raise section.refusal("quant_algo", "FP8, NVFP4")
    return Storage(method="modelopt", packing=packing, kept=kept)


def _compressed(section: Config) -> Storage:
    groups = section.section("config_groups")
    if groups is None:
        raise section.refusal("config_groups", "a section with one group")
    found = [group for name in groups.values if (group := groups.section(name))]
    packings = [_compressed_weights(group) for group in found]
    if len(set(packings)) != 1:
        raise section.refusal("config_groups", "groups that store weights in one way")
    targets = tuple(target for group in found for target in group.texts("targets"))
    return Storage(
        method="compressed-tensors",
        packing=packings[0],
        kept=section.texts("ignore"),
        only=() if "Linear" in targets else targets,
        head="lm_head" in targets,
    )


def _compressed_weights(group: Config) -> Packing:
    weights = group.section("weights")
    if weights is None:
        raise group.refusal("weights", "a section with num_bits and strategy")
    bits = weights.count("num_bits")
    zero = 0 if weights.flag("symmetric", True) else bits
    match weights.text("strategy"):
        case "tensor":
            return Packing(bits=bits, block=(0, 0), scale_bits=16, zero_bits=zero)
        case "channel":
            return Packing(bits=bits, block=(1, 0), scale_bits=16, zero_bits=zero)
        case "group":
            size = _group(weights, "group_size")
            return Packing(bits=bits, block=(1, size), scale_bits=16, zero_bits=zero)
        case "tensor_group":  # NVFP4: float8 scales in groups, one float32 for the matrix
            size = _group(weights, "group_size")
            return Packing(bits=bits, block=(1, size), scale_bits=8, matrix_bits=64)
        case "block":
            high, wide = weights.counts("block_structure")
            return Packing(bits=bits, block=(high, wide), scale_bits=16)
        case _:
            allowed = "tensor, channel, group, tensor_group, block"
            raise weights.refusal("strategy", allowed)


def _group(section: Config, key: str) -> int:
    """Inputs that share a scale; -1 in the file means all of them."""
    return 0 if section.values.get(key) == -1 else section.count(key)


_METHODS: Mapping[str, Callable[[Config], Storage]] = {
    "fp8": _fp8,
    "fbgemm_fp8": _fbgemm,
    "awq": _awq,
    "gptq": _gptq,
    "mxfp4": _mxfp4,
    "bitsandbytes": _bitsandbytes,
    "modelopt": _modelopt,
    "compressed-tensors": _compressed,
}
