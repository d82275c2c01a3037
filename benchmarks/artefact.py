"""The model that the benchmarks serve: the dev stack's, made by the product's own pipeline."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.context import CannotMeasureError, Context
from benchmarks.machine import ROOT
from components.specs import ModelSpec
from images.onnx.model import BuildRequest, ModelBuildError, build
from images.onnx.model.resolve import resolve
from images.onnx.model.source import parse_source
from images.onnx.model.workspace import publish, scratch
from planning.plan import make_plan
from planning.stackfile import load_stack_file


def served_model(context: Context) -> Path:
    """Folder of the artefact: `--model-dir`, or the dev stack's model out of the cache.

    Builds it where the cache lacks it (minutes, with progress). Raises CannotMeasureError.
    """
    if context.model_dir is not None:
        return context.model_dir
    try:
        return build(_request(_dev_model()), context.progress).path
    except ModelBuildError as error:
        raise CannotMeasureError(str(error)) from error


def unquantised_model(context: Context, python: Path) -> Path:
    """Folder of the dev stack's source in Hugging Face's form; a GGUF is unpacked into the cache.

    `python` has transformers. Raises CannotMeasureError.
    """
    model = _dev_model()
    request = _request(model)
    try:
        resolved, identity = resolve(request, parse_source(model.source), context.progress)
    except ModelBuildError as error:
        raise CannotMeasureError(str(error)) from error
    if resolved.kind == "safetensors":
        return resolved.folder
    name = f"bf16-{identity.rpartition(':')[2][:16]}"
    target = request.cache / "bench" / name
    if not target.exists():
        context.progress("unpacking the source to bf16 (once, about a minute)")
        with scratch(target.parent, f".{name}") as folder:
            made = folder / "model"
            source = resolved.folder / resolved.names[0]
            module = "benchmarks.peers.torch_unpack"
            subprocess.run([python, "-m", module, source, made], cwd=ROOT, check=True)
            publish(made, target)
    return target


def _dev_model() -> ModelSpec:
    plan = make_plan(load_stack_file(ROOT / "Pulumi.dev.yaml"), stack="dev")
    assert plan.local is not None
    return plan.local.model


def _request(model: ModelSpec) -> BuildRequest:
    return BuildRequest(
        source=model.source,
        sha256=model.sha256,
        quantization=model.quantization,
        device=model.device,
        min_top1_agreement=model.min_top1_agreement,
        max_perplexity_ratio=model.max_perplexity_ratio,
    )
