"""Rules: which models can be served."""

from __future__ import annotations

from collections.abc import Iterator

from planning.architecture import Architecture
from planning.checks.facts import Facts
from planning.problems import Problem
from planning.settings.model import Model


def model_is_named_once(facts: Facts) -> Iterator[Problem]:
    written = facts.written & {"model", "models"}
    if len(written) == 2 or not (facts.stated.model or facts.stated.models):
        yield Problem(
            path="slipway:models" if "models" in written else "slipway:model",
            code="model-twice" if len(written) == 2 else "missing-key",
            got="both model and models" if len(written) == 2 else "nothing",
            allowed="either model, or models with a list",
            fixes=(
                "move the model into the list"
                if len(written) == 2
                else "add slipway:model with a source",
            ),
        )


def one_model_at_a_time(facts: Facts) -> Iterator[Problem]:
    """Beside it, Triton has models of other kinds: `engine.repository`."""
    count = len(facts.stated.models or ())
    target = facts.stated.target
    if target is not None and count > 1:
        yield Problem(
            path="slipway:models",
            code="models-unsupported",
            got=f"{count} models, but a stack on {target} serves one",
            allowed="one model",
            fixes=("keep one; a second stack beside this one serves the other",),
        )


def source_is_reached(facts: Facts) -> Iterator[Problem]:
    """Nodes and endpoints read from the hub; a wheel or file goes into the image of `onnx`."""
    hub_only = facts.stated.target == "hf-endpoint" or facts.engine_kind not in (None, "onnx")
    for path, model in facts.models:
        if hub_only and model.source.kind != "hf":
            yield Problem(
                path=f"{path}.source",
                code="source-unreachable",
                got=f"a {model.source.kind}: source, which only onnx serves",
                allowed="hf:<org>/<name>@<40-hex revision>",
                fixes=("name the hub model", "or write engine.kind: onnx on another target"),
            )


def package_is_pinned_by_hash(facts: Facts) -> Iterator[Problem]:
    for path, model in facts.models:
        row = facts.catalog.model_of(model.source.text)
        if model.source.kind == "package" and model.sha256 is None and row is None:
            yield Problem(
                path=f"{path}.sha256",
                code="unpinned",
                got="nothing, and the catalog does not know this source",
                allowed="64 hexadecimal digits in lower case",
                fixes=("add sha256: the output of sha256sum on the file in the wheel",),
            )


def hash_is_the_known_one(facts: Facts) -> Iterator[Problem]:
    for path, model in facts.models:
        row = facts.catalog.model_of(model.source.text)
        known = row.value.sha256 if row else None
        if known is not None and model.sha256 not in (None, known):
            yield Problem(
                path=f"{path}.sha256",
                code="hash-differs",
                got=f'"{model.sha256}"',
                allowed=known,
                fixes=("remove sha256: the catalog pins this source",),
            )


def hub_revision_is_the_hash(facts: Facts) -> Iterator[Problem]:
    for path, model in facts.models:
        if model.source.kind == "hf" and model.sha256 is not None:
            yield Problem(
                path=f"{path}.sha256",
                code="hash-unused",
                got="a hash of one file, for a source of many files",
                allowed="no sha256: the revision in the source pins every file",
                fixes=("remove sha256",),
            )


def context_fits_model(facts: Facts) -> Iterator[Problem]:
    for path, model in facts.models:
        row = None if model.config else facts.catalog.model_of(model.source.text)
        if row is not None:
            yield from context_within(path, model, row.value.architecture, row.id)


def context_within(path: str, model: Model, known: Architecture, name: str) -> Iterator[Problem]:
    """`name`: what the architecture is known from."""
    most = known.max_context
    if model.max_context > most:
        yield Problem(
            path=f"{path}.maxContext",
            code="context-too-long",
            got=str(model.max_context),
            allowed=f"a whole number from 1 to {most} ({name} was trained for that)",
            fixes=(f"write maxContext: {most}",),
        )
