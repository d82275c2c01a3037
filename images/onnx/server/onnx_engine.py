"""An engine from a model directory."""

from __future__ import annotations

from pathlib import Path

from .batching_engine import BatchingEngine
from .engine import Codec
from .runner import Runner
from .settings import Settings


def onnx_engine(model_dir: Path, settings: Settings, *, threads: int) -> BatchingEngine:
    """The model is read by the engine's thread, beside the imports of the HTTP layer."""

    def load() -> tuple[Runner, Codec]:
        from .memory import settle_memory
        from .model_files import read_model_config
        from .ort_runner import OrtRunner
        from .tokenizer_codec import TokenizerCodec

        config = read_model_config(model_dir)
        if settings.max_context > config.context_length:
            raise ValueError(
                f"--max-context: got {settings.max_context}, but {model_dir} was trained for "
                f"{config.context_length}; allowed: 2..{config.context_length}"
            )
        runner = OrtRunner(
            config.graph,
            config,
            rows=settings.max_concurrent,
            max_context=settings.max_context,
            threads=threads,
        )
        codec = TokenizerCodec(model_dir, config)
        settle_memory()
        return runner, codec

    return BatchingEngine(load, capacity=settings.capacity, owned_by="slipway")
