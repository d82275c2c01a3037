"""Rules: the chosen image can serve Triton's repository, and the stack around it fits."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog import Catalog
from planning.choice import Candidate
from planning.cluster.repository import code_file
from planning.problems import Problem
from planning.settings import Settings

CODE_UNREADABLE = "code-unreadable"
_PATH = "slipway:engine.repository"
_LARGEST_CODE = 256 << 10
"""Bytes. All files of a replica are in one ConfigMap, which holds 1 MiB."""


def repository_problems(
    settings: Settings, chosen: Candidate, served: str, catalog: Catalog
) -> Iterator[Problem]:
    """`served`: the language model's name, which is a folder beside the others."""
    if not settings.engine.repository:
        return
    backends = (*catalog.engine_versions[chosen.engine_version].value.backends, "ensemble")
    for index, model in enumerate(settings.engine.repository):
        path = f"{_PATH}[{index}]"
        if model.name == served:
            yield _problem(
                f"{path}.name",
                "name-taken",
                f'"{model.name}", the name of the language model',
                "a name of its own for each folder of the repository",
                "write another name",
                "or write model.name",
            )
        if model.backend not in backends:
            yield _problem(
                f"{path}.backend",
                "backend-missing",
                f"{model.backend}, which {chosen.engine_version} does not have",
                ", ".join(backends),
                "run it in a model.py of the python backend, in an image with its library",
                "or build an image with that backend, and add its row to "
                "planning/catalog/engine_versions.yaml",
            )
    yield from code_problems(settings)
    yield from _weights_lie_somewhere(settings)
    yield from _the_stack_around_fits(settings, chosen)


def code_problems(settings: Settings) -> Iterator[Problem]:
    for index, model in enumerate(settings.engine.repository):
        if model.code is None:
            continue
        try:
            size = len(code_file(settings, model.code).read_text("utf-8").encode())
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no UTF-8"
            yield _problem(
                f"{_PATH}[{index}].code",
                CODE_UNREADABLE,
                f"{model.code}: {reason}",
                "a file beside the stack file",
                "write its path from there",
            )
            continue
        if size > _LARGEST_CODE:
            yield _problem(
                f"{_PATH}[{index}].code",
                "code-too-large",
                f"{size} bytes",
                f"at most {_LARGEST_CODE}: it goes to the pods in a ConfigMap",
                f"put it into the image: /models/{model.name}/1/model.py, and leave code out",
            )


def _weights_lie_somewhere(settings: Settings) -> Iterator[Problem]:
    """What is no text of the stack file must be in the image, and upstream's has no model."""
    if settings.images.overrides.triton is not None:
        return
    for index, model in enumerate(settings.engine.repository):
        if model.backend != "ensemble" and model.code is None:
            yield _problem(
                f"{_PATH}[{index}]",
                "weights-nowhere",
                f"{model.name}, while the image is the upstream one",
                f"an image that holds /models/{model.name}/1/",
                "write images.overrides: {triton: <image>@sha256:<digest>}",
                "or code: the path of a model.py, with the backend python",
            )


def _the_stack_around_fits(settings: Settings, chosen: Candidate) -> Iterator[Problem]:
    if settings.canary is not None:
        yield _problem(
            _PATH,
            "repository-unsupported",
            "models beside one that has a canary, of which a request could not say which it means",
            "one of the two",
            "remove canary",
        )
    if chosen.replicas[0] == 0:
        yield _problem(
            _PATH,
            "repository-unsupported",
            "models of a stack at rest, which only requests for text wake",
            "one replica at least",
            'write scaling.replicas: "1..<most>"',
        )


def _problem(path: str, code: str, got: str, allowed: str, *fixes: str) -> Problem:
    return Problem(path=path, code=code, got=got, allowed=allowed, fixes=fixes)
