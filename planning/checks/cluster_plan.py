"""Rules: what the `kubernetes` target needs of a plan that has been made."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog import Catalog
from planning.cluster.needed import builds, needed_pins
from planning.cluster.pins import Pin
from planning.placed import Placed
from planning.problems import Problem
from planning.settings import Settings

_IMAGES = "slipway:images"


def cluster_problems(
    settings: Settings, placed: Placed | None, catalog: Catalog
) -> Iterator[Problem]:
    """Nothing where nothing is chosen: that has problems of its own."""
    chosen = placed.chosen if placed else None
    if settings.target != "kubernetes" or chosen is None:
        return
    if chosen.engine_version not in catalog.engine_contracts:
        yield _contract_is_missing(chosen.engine_version, catalog)
        return
    if builds(settings, chosen) and settings.images.registry is None:
        yield _registry_is_missing()
    if chosen.engine == "onnx" and not settings.images.build and "onnx" not in _named(settings):
        yield _image_is_missing()
    for pin in needed_pins(settings, chosen, catalog).values():
        if not pin.pinned:
            yield _unresolved(pin)


def _named(settings: Settings) -> frozenset[str]:
    return frozenset(settings.images.overrides)


def _contract_is_missing(version: str, catalog: Catalog) -> Problem:
    return Problem(
        path="slipway:engine.version",
        code="contract-unknown",
        got=f"{version}, whose flags and metrics nobody has looked up",
        allowed=", ".join(catalog.engine_contracts),
        fixes=(
            "write one of them",
            "or add a row to planning/catalog/engine_contracts.yaml, with source and date",
        ),
    )


def _registry_is_missing() -> Problem:
    return Problem(
        path=f"{_IMAGES}.registry",
        code="missing-key",
        got="nothing, while the image of onnx is built by up",
        allowed="a registry that this machine can push to and the cluster can pull from",
        fixes=(f"pulumi config set --path {_IMAGES}.registry <registry>/<path>",),
    )


def _image_is_missing() -> Problem:
    return Problem(
        path=f"{_IMAGES}.overrides.onnx",
        code="missing-key",
        got="nothing, while build: false says that the image is there already",
        allowed="an image by digest that holds server and model",
        fixes=(
            "write images.overrides: {onnx: <image>@sha256:<digest>}",
            "or remove build: false",
        ),
    )


def _unresolved(pin: Pin) -> Problem:
    return Problem(
        path=f"{_IMAGES}.overrides.{pin.name}",
        code="unresolved",
        got=f"nothing, and the digest of {pin.reference} is not resolved here",
        allowed="an image by digest: a tag can be moved to something else",
        fixes=(
            "make pins, with a network: it writes the digest to planning/catalog/images.yaml, row "
            f"{pin.row}",
            f"or write images.overrides: {{{pin.name}: {pin.reference}@sha256:<digest>}}",
        ),
    )
