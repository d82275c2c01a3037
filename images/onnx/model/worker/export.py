"""Read the source with transformers, note what it predicts, and write the ONNX model."""

from __future__ import annotations

import runpy
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from images.onnx.model.worker.prompts import load_prompts, token_matrix
from images.onnx.model.worker.protocol import serve
from images.onnx.model.worker.row_head import use_row_head
from images.onnx.model.worker.source_scores import score_source

BUILDER = "onnxruntime_genai.models.builder"


def export(arguments: dict[str, Any], progress: Callable[[str], None]) -> dict[str, Any]:
    """Fill `arguments["output"]`; nothing is fetched and no code of the model runs."""
    source = Path(arguments["source"])
    output = Path(arguments["output"])
    output.mkdir()
    progress("reading the source model")
    model, source = _load(source, arguments["gguf"])
    progress("noting what the unquantised source predicts")
    tokens = token_matrix(source / "tokenizer.json", load_prompts(Path(arguments["prompts"])))
    score_source(model, tokens).save(Path(arguments["reference"]))
    del model
    progress(f"writing ONNX {arguments['precision']}")
    _run_builder(source, output, arguments)
    if arguments["row_head"]:
        use_row_head(output / "model.onnx")
    _keep_tokenizer(source, output)
    return {}


def _load(source: Path, gguf: str | None) -> tuple[Any, Path]:
    """The fp32 model, and a Hugging Face folder with tokenizer.json for the builder."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    extra: dict[str, Any] = {"trust_remote_code": False, "local_files_only": True}
    if gguf:
        extra |= {"gguf_file": gguf}
    tokenizer: Any = AutoTokenizer.from_pretrained(str(source), **extra)
    if gguf:
        extra |= {"quantization_config": GgufConfig(dequantize=True)}
    model: Any = AutoModelForCausalLM.from_pretrained(str(source), dtype=torch.float32, **extra)
    model.eval()
    if gguf:
        folder = source.with_name("unpacked")
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        return model, folder
    if not (source / "tokenizer.json").exists():
        tokenizer.save_pretrained(source)
    return model, source


def _run_builder(source: Path, output: Path, arguments: dict[str, Any]) -> None:
    sys.argv = [
        *(BUILDER, "-m", str(source), "-i", str(source), "-o", str(output)),
        *("-p", arguments["precision"], "-e", arguments["provider"]),
        *("-c", str(output.with_name("builder-cache"))),
        *("--extra_options", "hf_token=false", *arguments["options"]),
    ]
    runpy.run_module(BUILDER, run_name="__main__", alter_sys=True)


def _keep_tokenizer(source: Path, output: Path) -> None:
    """The builder leaves out what its own runtime does not need; the server reads these."""
    for name in ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
        if not (output / name).exists() and (source / name).exists():
            shutil.copyfile(source / name, output / name)
    for path in output.iterdir():
        path.chmod(0o644)


if __name__ == "__main__":
    serve(export)
