"""Triton: its own server for models of any kind, its OpenAI front end for a language model."""

from __future__ import annotations

from collections.abc import Mapping

from components.engines.hub import HUB_CACHE, caches, snapshot
from components.engines.parts import INFERENCE, Value, arguments, folder, ports, probes
from components.engines.triton.language_model import language_model
from components.engines.triton.repository import ROOT, repository
from components.engines.vllm import environment
from components.specs.container import ContainerSpec, PortSpec
from components.specs.engine import EngineSpec, Setting

SERVER = ("tritonserver",)
OPENAI_FRONT_END = ("python3", "/opt/tritonserver/python/openai/openai_frontend/main.py")
INFERENCE_PORT = 8000
_ANSWER_TOKENS = 1024
"""Of a request that says no number; the front end's own default is 16."""


def container(spec: EngineSpec) -> ContainerSpec:
    """Raises ValueError for what this version cannot be told."""
    if spec.models:
        return _server(spec)
    if spec.backend in (None, "vllm"):
        return _openai(spec)
    raise ValueError(f"Triton serves a language model by its vLLM backend, not by {spec.backend!r}")


def _server(spec: EngineSpec) -> ContainerSpec:
    contract = spec.contract
    args = arguments(
        contract,
        {
            "model_repository": ROOT,
            # Nobody loads or unloads a model from outside.
            "model_control": "none",
            "strict_readiness": "true",
            "host": "0.0.0.0",  # noqa: S104 (a pod's own address)
            "port": contract.port,
            "metrics_host": "0.0.0.0",  # noqa: S104
            "metrics_port": contract.metrics_port,
            "grpc": "false",
            "drain": round(spec.drain_seconds),
        },
    )
    return ContainerSpec(
        command=SERVER,
        args=tuple(args),
        env=caches(contract),
        ports=ports(contract),
        **probes(spec),
        files=repository(spec.models),
        scratch=contract.scratch,
        model_mount=folder(spec.model),
        shared_memory_bytes=spec.shared_memory_bytes,
        user=contract.user,
        group=contract.group,
    )


def _openai(spec: EngineSpec) -> ContainerSpec:
    contract = spec.contract
    args = arguments(
        contract,
        {
            "model_repository": ROOT,
            "tokenizer": snapshot(spec),
            "answer_tokens": min(_ANSWER_TOKENS, spec.context // 2),
            "host": "0.0.0.0",  # noqa: S104 (a pod's own address)
            "port": contract.port,
            **_inference(spec),
        },
    )
    others = (PortSpec(name=INFERENCE, number=INFERENCE_PORT),) if spec.beside else ()
    return ContainerSpec(
        command=OPENAI_FRONT_END,
        args=tuple(args),
        env={**caches(contract), **environment(spec)},
        ports=(*ports(contract), *others),
        **probes(spec),
        files=repository([language_model(spec), *spec.beside]),
        scratch=contract.scratch,
        model_mount=folder(spec.model) or HUB_CACHE,
        shared_memory_bytes=spec.shared_memory_bytes,
        user=contract.user,
        group=contract.group,
    )


def _inference(spec: EngineSpec) -> Mapping[Setting, Value]:
    """The front end knows requests for text only; others are asked by KServe's protocol."""
    return {"inference": True, "inference_port": INFERENCE_PORT} if spec.beside else {}
