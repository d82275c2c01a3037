"""The way through: source, hashes, conversion, accuracy gate, cache."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from images.onnx.model.artifact import Artifact, open_artifact, write_manifest
from images.onnx.model.convert import adopt, check, convert
from images.onnx.model.folder import is_genai_folder
from images.onnx.model.gate import describe, require_accuracy
from images.onnx.model.key import artifact_key, libraries
from images.onnx.model.locks import exclusive
from images.onnx.model.recipe import Recipe, recipe_for
from images.onnx.model.request import BuildRequest, Progress
from images.onnx.model.resolve import Resolved, known_identity, resolve
from images.onnx.model.source import FileSource, Source, parse_source
from images.onnx.model.workspace import publish, scratch


def build(request: BuildRequest, progress: Progress = lambda _: None) -> Artifact:
    """The artefact for `request`: from the cache, or made now.

    Safe against interruption at any point and against others building the same. Raises
    ModelBuildError, whose text says what to do.
    """
    source = parse_source(request.source)
    recipe = None if _is_ready_made(source) else recipe_for(request.quantization, request.device)
    identity = known_identity(request, source)
    resolved: Resolved | None = None
    if identity is None:
        resolved, identity = resolve(request, source, progress)
    key = artifact_key(identity, request.quantization, request.device, recipe)
    target = request.cache / "models" / key
    artifact = open_artifact(target, cached=True)
    if artifact is None:
        with exclusive(request.cache / "locks" / key, progress, "building this model"):
            artifact = open_artifact(target, cached=True)
            if artifact is None:
                if resolved is None:
                    resolved, _ = resolve(request, source, progress)
                artifact = _make(request, resolved, recipe, identity, target, progress)
    _require(request, artifact)
    progress(f"model ready: {artifact.path} ({artifact.size_bytes / 2**20:.0f} MiB)")
    return artifact


def _make(
    request: BuildRequest,
    resolved: Resolved,
    recipe: Recipe | None,
    identity: str,
    target: Path,
    progress: Progress,
) -> Artifact:
    key = target.name
    log = request.cache / "logs" / f"{key}.log"
    with scratch(request.cache / "work", key) as folder:
        if recipe is None:
            adopt(resolved, folder)
        else:
            convert(resolved, recipe, folder, log=log, progress=progress)
        made = folder / "artifact"
        accuracy = check(made, log=log, progress=progress)
        if accuracy:
            progress(describe(accuracy))
        facts: dict[str, object] = {
            "digest": key,
            "source": request.source,
            "identity": identity,
            "quantization": request.quantization,
            "device": request.device,
            "recipe": asdict(recipe) if recipe else None,
            "libraries": libraries() if recipe else [],
        }
        write_manifest(made, facts, accuracy)
        fresh = open_artifact(made, cached=False)
        assert fresh is not None
        _require(request, fresh)
        publish(made, target)
    published = open_artifact(target, cached=False)
    assert published is not None
    return published


def _require(request: BuildRequest, artifact: Artifact) -> None:
    if artifact.accuracy:
        require_accuracy(
            artifact.accuracy,
            min_top1_agreement=request.min_top1_agreement,
            max_perplexity_ratio=request.max_perplexity_ratio,
            name=f"{request.source} as {request.quantization}",
        )


def _is_ready_made(source: Source) -> bool:
    return isinstance(source, FileSource) and is_genai_folder(source.path)
