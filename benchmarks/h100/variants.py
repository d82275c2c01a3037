"""Settings of vLLM that are compared with its own defaults."""

# Beyond 512 tokens a step of the defaults runs without CUDA graphs, and under load almost every
# step has a prompt in it: its kernels are then started one by one.
_WIDE = [
    *(1, 2, 4, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128),
    *range(160, 513, 32),
    *range(576, 1025, 64),
    *range(1152, 2049, 128),
]
GRAPHS = {
    "max_num_batched_tokens": 2048,
    "max_num_seqs": 512,
    "compilation_config": {"cudagraph_capture_sizes": _WIDE},
}
# One graph a step, attention in it: else the host starts 32 pieces and 32 attentions of a prompt.
# Finer sizes, as a step is filled up to the next one.
_FINE = [*_WIDE[: _WIDE.index(512)], *range(512, 1025, 32), *range(1088, 2049, 64)]
WHOLE = {
    **GRAPHS,
    "compilation_config": {"cudagraph_capture_sizes": _FINE, "cudagraph_mode": "FULL"},
}
FP8 = {"quantization": "fp8", "kv_cache_dtype": "fp8"}
_FEW = {"cudagraph_capture_sizes": [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]}
# Fixed, so that no profile of memory is taken at the start.
_KV = {"kv_cache_memory_bytes": 48 << 30}

VARIANTS: dict[str, dict] = {
    "default": {},
    "graphs": GRAPHS,
    "fp8": FP8,
    "fp8-graphs": {**FP8, **GRAPHS},
    "whole-graphs": WHOLE,
    "fp8-whole-graphs": {**FP8, **WHOLE},
    "fp8-weights-graphs": {"quantization": "fp8", **GRAPHS},
    "static-sizes": {"compilation_config": {"compile_sizes": [1, 2, 4, 8]}},
    "fast-start": {**_KV, "compilation_config": _FEW},
    "sleep": {**_KV, "compilation_config": _FEW, "enable_sleep_mode": True},
}
