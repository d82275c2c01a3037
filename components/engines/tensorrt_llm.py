"""TensorRT-LLM's own server: `trtllm-serve`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from components.engines.hub import HUB_CACHE, caches
from components.engines.parts import Value, arguments, fields, folder, ports, probes
from components.specs.container import ContainerSpec, FileSpec
from components.specs.engine import EngineSpec

COMMAND = ("trtllm-serve",)
CONFIG = "/etc/slipway/trtllm.yaml"


def container(spec: EngineSpec) -> ContainerSpec:
    """Raises ValueError for what this version cannot be told.

    Its queue has no bound of its own, and it drains for as long as the pod's grace period lets it.
    """
    contract = spec.contract
    args = arguments(
        contract,
        {
            "host": "0.0.0.0",  # noqa: S104 (a pod's own address)
            "port": contract.port,
            "revision": None if folder(spec.model) else spec.revision,
            "context": spec.context,
            "sequences": spec.sequences,
            "batched_tokens": spec.batched_tokens,
            "gpu_memory_utilization": spec.gpu_memory_utilization,
            "kv_cache_bytes": spec.kv_cache_bytes,
            "quantization": spec.quantization,
            "tensor_parallel": spec.tensor_parallel,
            "pipeline_parallel": spec.pipeline_parallel,
            "nodes": spec.nodes if spec.nodes > 1 else None,
            "config_file": CONFIG,
        },
    )
    return ContainerSpec(
        command=COMMAND,
        args=(spec.model, *args),
        env=caches(contract),
        ports=ports(contract),
        **probes(spec),
        files=(FileSpec(path=CONFIG, text=_config(spec)),),
        scratch=contract.scratch,
        model_mount=folder(spec.model) or HUB_CACHE,
        shared_memory_bytes=spec.shared_memory_bytes,
        user=contract.user,
        group=contract.group,
    )


def _config(spec: EngineSpec) -> str:
    """What only its file can say; JSON is YAML."""
    eight_bit = None if spec.kv_cache_dtype == "auto" else spec.kv_cache_dtype
    found = fields(spec.contract, {"metrics": True, "kv_cache_dtype": eight_bit})
    return json.dumps(_nested(found), indent=2) + "\n"


def _nested(found: Mapping[str, Value]) -> dict[str, Any]:
    """`{"a.b": 1}` -> `{"a": {"b": 1}}`; no key has more than two levels."""
    made: dict[str, Any] = {}
    for path, value in found.items():
        section, inside, key = path.rpartition(".")
        place = made.setdefault(section, {}) if inside else made
        place[key] = value
    return made
