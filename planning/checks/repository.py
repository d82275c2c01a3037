"""Rules: models of Triton's repository, each by itself and as parts of an ensemble."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planning.checks.facts import Facts
from planning.problems import Problem
from planning.settings.repository import RepositoryModel, Step, Tensor

_PATH = "slipway:engine.repository"
_OF_ENSEMBLES = ("dynamic_batching", "instances", "memory", "code", "parameters")


def names_of_models_differ(facts: Facts) -> Iterator[Problem]:
    names = [model.name for _, model in _models(facts)]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(
                path=f"{_PATH}[{index}].name",
                code="name-taken",
                got=f'"{name}", as model {names.index(name)}',
                allowed="a name of its own for each folder of the repository",
                fixes=("write another name",),
            )


def keys_belong_to_the_backend(facts: Facts) -> Iterator[Problem]:
    for path, model in _models(facts):
        ensemble = model.backend == "ensemble"
        if ensemble and model.steps is None:
            yield _missing(f"{path}.steps", "the models that it joins", "add steps")
        if not ensemble and model.memory is None:
            yield _missing(
                f"{path}.memory",
                "what one instance takes, as nothing predicts it",
                "measure it, and write memory: 2Gi",
            )
        for key in _OF_ENSEMBLES if ensemble else ("steps",):
            if key in model.model_fields_set:
                yield _unused(path, key, model)
        if model.code is not None and model.backend not in ("python", "ensemble"):
            yield _unused(path, "code", model)


def batches_fit(facts: Facts) -> Iterator[Problem]:
    for path, model in _models(facts):
        batching, most = model.dynamic_batching, model.max_batch_size
        if batching is None:
            continue
        if most == 0:
            yield _missing(
                f"{path}.maxBatchSize",
                "the most requests of a batch, where dynamicBatching makes some",
                "add maxBatchSize: 8",
            )
        for index, size in enumerate(batching.preferred):
            if 0 < most < size:
                yield Problem(
                    path=f"{path}.dynamicBatching.preferred[{index}]",
                    code="batch-too-large",
                    got=str(size),
                    allowed=f"at most maxBatchSize, {most}",
                    fixes=(f"write {most}", f"or maxBatchSize: {size}"),
                )


def steps_join(facts: Facts) -> Iterator[Problem]:
    """Every step has its inputs from the request or an earlier step, and all outputs are made."""
    others = {model.name: model for _, model in _models(facts) if model.backend != "ensemble"}
    for path, model in _models(facts):
        there = {tensor.name: tensor for tensor in model.inputs}
        complete = True
        for index, step in enumerate(model.steps or ()):
            place = f"{path}.steps[{index}]"
            if (runs := others.get(step.model)) is None:
                complete = False
                yield _unknown_model(place, step, others)
                continue
            yield from _inputs_join(place, step, runs, there)
            yield from _names_of(f"{place}.outputs", step.outputs, runs.outputs, step.model)
            made = {tensor.name: tensor for tensor in runs.outputs}
            there |= {to: made[name] for name, to in step.outputs.items() if name in made}
        if model.steps and complete:
            yield from _all_is_made(path, model, there)


def _inputs_join(
    place: str, step: Step, runs: RepositoryModel, there: Mapping[str, Tensor]
) -> Iterator[Problem]:
    yield from _names_of(f"{place}.inputs", step.inputs, runs.inputs, step.model)
    for wanted in runs.inputs:
        source = step.inputs.get(wanted.name)
        if source is None:
            yield _missing(
                f"{place}.inputs.{wanted.name}",
                f"what {step.model} is given as {wanted.name}",
                f"add {wanted.name}: <tensor of the ensemble>",
            )
        elif source not in there:
            yield _unjoined(f"{place}.inputs.{wanted.name}", source, there)
        elif there[source].type != wanted.type:
            yield _differs(f"{place}.inputs.{wanted.name}", there[source], wanted)


def _all_is_made(
    path: str, model: RepositoryModel, there: Mapping[str, Tensor]
) -> Iterator[Problem]:
    for index, output in enumerate(model.outputs):
        place = f"{path}.outputs[{index}].name"
        if output.name not in there:
            yield _unjoined(place, output.name, there)
        elif there[output.name].type != output.type:
            yield _differs(f"{path}.outputs[{index}].type", output, there[output.name])


def _names_of(
    place: str, written: Mapping[str, str], tensors: tuple[Tensor, ...], model: str
) -> Iterator[Problem]:
    names = [tensor.name for tensor in tensors]
    for name in written:
        if name not in names:
            yield Problem(
                path=f"{place}.{name}",
                code="tensor-unknown",
                got=f'"{name}", which {model} does not have',
                allowed=", ".join(names),
                fixes=(f"write {names[0]}: {written[name]}",),
            )


def _unknown_model(place: str, step: Step, others: Mapping[str, RepositoryModel]) -> Problem:
    return Problem(
        path=f"{place}.model",
        code="model-unknown",
        got=f'"{step.model}"',
        allowed=", ".join(others) or "a model of engine.repository that is no ensemble: none is",
        fixes=("write one of them", "or add that model to engine.repository"),
    )


def _unjoined(place: str, name: str, there: Mapping[str, Tensor]) -> Problem:
    return Problem(
        path=place,
        code="tensor-unjoined",
        got=f'"{name}", which neither a request nor an earlier step gives',
        allowed=", ".join(there),
        fixes=("write one of them", f"or let an earlier step have an output {name}"),
    )


def _differs(place: str, given: Tensor, wanted: Tensor) -> Problem:
    return Problem(
        path=place,
        code="tensor-type-differs",
        got=f"{given.name} of type {given.type}",
        allowed=wanted.type,
        fixes=("put a model between that converts it", "or correct the type"),
    )


def _unused(path: str, key: str, model: RepositoryModel) -> Problem:
    field = type(model).model_fields[key].alias
    what = "an ensemble, which runs nothing itself" if model.backend == "ensemble" else None
    return Problem(
        path=f"{path}.{field}",
        code="key-unused",
        got=f"a key that means nothing for {what or f'the backend {model.backend}'}",
        allowed="only for the backend ensemble" if key == "steps" else "only for other backends",
        fixes=("remove it",),
    )


def _missing(path: str, what: str, fix: str) -> Problem:
    return Problem(path=path, code="missing-key", got="nothing", allowed=what, fixes=(fix,))


def _models(facts: Facts) -> Iterator[tuple[str, RepositoryModel]]:
    for index, model in enumerate(facts.stated.engine.repository):
        yield f"{_PATH}[{index}]", model
