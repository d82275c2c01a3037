"""The ONNX Runtime server: how one replica is started."""

from __future__ import annotations

from components.specs import ServerSpec

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
