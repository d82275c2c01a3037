"""Rules: the node image is supported, made for that Kubernetes, and works on that instance."""

from __future__ import annotations

from collections.abc import Iterator

from planning.compatibility.subject import Subject
from planning.compatibility.versions import support
from planning.problems import Problem


def ami_is_supported(subject: Subject) -> Iterator[Problem]:
    image = subject.ami
    if image is None or image.ends is None:
        return
    state = support(image.ends, subject.today)
    if state != "supported":
        yield Problem(
            path=subject.deployment.paths.ami,
            code=f"ami-{state}",
            got=f"{subject.deployment.ami}, whose support ends on {image.ends}",
            allowed=", ".join(_kept(subject)[-2:]),
            fixes=(f"choose ami: {_kept(subject)[-1]}",),
            severity="error" if state == "ended" else "warning",
        )


def ami_fits_kubernetes(subject: Subject) -> Iterator[Problem]:
    image, kubernetes = subject.ami, subject.deployment.kubernetes
    if image is None or kubernetes is None or not image.kubernetes:
        return
    if kubernetes not in image.kubernetes:
        fitting = [
            row.id
            for row in subject.catalog.amis.values()
            if kubernetes in row.value.kubernetes and row.value.family == image.family
        ]
        yield Problem(
            path=subject.deployment.paths.ami,
            code="ami-kubernetes",
            got=f"{subject.deployment.ami} for Kubernetes {kubernetes}",
            allowed=f"Kubernetes {', '.join(image.kubernetes)}",
            fixes=(
                *(f"choose ami: {name}" for name in fitting[-1:]),
                f"or Kubernetes {image.kubernetes[-1]}",
            ),
        )


def ami_works_on_instance(subject: Subject) -> Iterator[Problem]:
    image, instance = subject.ami, subject.deployment.instance or ""
    family = instance.partition(".")[0]
    if image is not None and family in image.broken:
        yield Problem(
            path=subject.deployment.paths.ami,
            code="ami-broken",
            got=f"{subject.deployment.ami} on {instance}: {image.broken[family]}",
            allowed="a node image without that report",
            fixes=(f"choose ami: {_kept(subject)[-1]}", "or another instance type"),
        )


def _kept(subject: Subject) -> list[str]:
    """Node images of the same family, or of AL2023, with no end and no report."""
    image = subject.ami
    family = "al2023" if image is None or image.family == "al2" else image.family
    return [
        row.id
        for row in subject.catalog.amis.values()
        if row.value.family == family and row.value.ends is None and not row.value.broken
    ]
