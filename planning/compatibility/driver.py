"""Rules: the driver runs the GPU and the image."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog.rows.software import EngineVersionFacts
from planning.compatibility.security import below_fixes
from planning.compatibility.subject import Subject, runner_of
from planning.compatibility.versions import older
from planning.problems import Problem


def gpu_has_its_driver(subject: Subject) -> Iterator[Problem]:
    gpu, driver = subject.gpu, subject.driver
    if gpu is None or driver is None or gpu.min_driver is None:
        return
    if older(driver, gpu.min_driver):
        yield Problem(
            path=subject.driver_origin,
            code="gpu-driver-missing",
            got=f"driver {driver}{_of(subject)} for {subject.gpu_name}",
            allowed=f"driver {gpu.min_driver} or newer",
            fixes=(
                *_images_with(subject, gpu.min_driver),
                f"or build a node image with driver {gpu.min_driver}",
                "or choose another GPU",
            ),
        )


def instance_works_with_driver(subject: Subject) -> Iterator[Problem]:
    instance, driver = subject.instance, subject.driver
    if instance is None or driver is None or instance.breaks_with_driver is None:
        return
    if not older(driver, instance.breaks_with_driver):
        yield Problem(
            path=subject.driver_origin,
            code="gpu-driver-too-new",
            got=f"driver {driver}{_of(subject)} for {subject.deployment.instance}",
            allowed=f"a driver before {instance.breaks_with_driver}",
            fixes=("choose a node image with an older driver", "or another instance type"),
        )


def driver_runs_the_image(subject: Subject) -> Iterator[Problem]:
    engine, driver = subject.engine, subject.driver
    if engine is None or driver is None or engine.engine == "onnx":
        return
    if engine.cuda is None:
        yield Problem(
            path=subject.deployment.paths.engine,
            code="driver-need-unknown",
            got=f"{subject.deployment.engine}, whose CUDA release the catalog does not know",
            allowed="an image whose needs are known",
            fixes=("try it on one node first, or choose another image",),
            severity="warning",
        )
        return
    family = subject.catalog.cuda[engine.cuda.partition(".")[0]]
    least = family.value.min_driver
    if older(driver, least):
        yield _too_old(subject, "driver-too-old", f"driver {least} or newer for CUDA {family.id}")
    elif engine.driver is not None and older(driver, engine.driver):
        allowed = (
            f"driver {engine.driver} or newer; from {least} on CUDA {family.id} may run with some "
            "features missing, which is not proven for this image"
        )
        yield _too_old(subject, "driver-unproven", allowed)


def _too_old(subject: Subject, code: str, allowed: str) -> Problem:
    engine, driver = subject.engine, subject.driver
    assert engine is not None and driver is not None
    return Problem(
        path=subject.deployment.paths.engine,
        code=code,
        got=f"{subject.deployment.engine} (CUDA {engine.cuda}) on driver {driver}{_of(subject)}",
        allowed=allowed,
        fixes=(
            *_images_with(subject, engine.driver or ""),
            *(
                f"choose {name}, which runs on that driver"
                for name in _engines_for(subject, engine, driver)
            ),
            "or build a node image with a newer driver",
        ),
    )


def _images_with(subject: Subject, driver: str) -> Iterator[str]:
    """Newest known node image with that driver, if there is one."""
    for row in reversed(list(subject.catalog.amis.values())):
        if driver and any(not older(own, driver) for own in row.value.drivers):
            yield f"choose ami: {row.id}"
            return


def _engines_for(subject: Subject, engine: EngineVersionFacts, driver: str) -> list[str]:
    """Images for the same models that run on it and have no confirmed vulnerability."""
    return [
        row.id
        for row in subject.catalog.engine_versions.values()
        if row.value.driver is not None
        and runner_of(row.value) == runner_of(engine)
        and not older(driver, row.value.driver)
        and not below_fixes(subject.catalog, row.value, "confirmed")
    ]


def _of(subject: Subject) -> str:
    return f" of {subject.deployment.ami}" if subject.deployment.ami else ""
