"""The ONNX Runtime server: how one replica is started, as a process and as a container."""

from __future__ import annotations

from components.engines.parts import arguments, folder, ports, probes
from components.specs import ServerSpec
from components.specs.container import ContainerSpec
from components.specs.engine import EngineSpec

MODULE = "images.onnx.server"


def server_arguments(spec: ServerSpec, model_directory: str) -> list[str]:
    """Arguments of `python -m images.onnx.server` but for where it listens."""
    options: dict[str, object] = {
        "--model-dir": model_directory,
        "--model-name": spec.model_name,
        "--max-context": spec.max_context,
        "--max-concurrent": spec.max_concurrent,
        "--max-queue": spec.max_queue,
        "--threads": spec.threads,
        "--request-timeout": spec.request_timeout_seconds,
        "--drain": spec.drain_seconds,
    }
    return [word for option, value in options.items() for word in (option, str(value))]


def container(spec: EngineSpec) -> ContainerSpec:
    """Of our image, whose entry point says where the model lies and where the server listens."""
    args = arguments(
        spec.contract,
        {
            "served_name": spec.served_name,
            "context": spec.context,
            "sequences": spec.sequences,
            "queue": spec.queue,
            "threads": spec.threads,
            "request_timeout": spec.request_timeout_seconds,
            "drain": spec.drain_seconds,
        },
    )
    return ContainerSpec(
        args=tuple(args),
        env={"TMPDIR": "/tmp"},  # noqa: S108 (a scratch folder of its own)
        ports=ports(spec.contract),
        **probes(spec),
        scratch=spec.contract.scratch,
        model_mount=folder(spec.model),
        shared_memory_bytes=spec.shared_memory_bytes,
        user=spec.contract.user,
        group=spec.contract.group,
    )
