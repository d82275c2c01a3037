"""Rules: Kubernetes is supported, and what runs in the cluster fits it."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog.rows.software import KubernetesFacts, OperatorRow
from planning.compatibility.subject import Subject
from planning.compatibility.versions import newest, older, support
from planning.problems import Problem, Severity


def kubernetes_is_supported(subject: Subject) -> Iterator[Problem]:
    row = subject.catalog.kubernetes_versions.get(subject.deployment.kubernetes or "")
    found = _state(row.value, subject) if row else None
    if found is None:
        return
    code, said, severity = found
    kept = [
        other.id
        for other in subject.catalog.kubernetes_versions.values()
        if _state(other.value, subject) is None
    ]
    yield Problem(
        path=subject.deployment.paths.kubernetes,
        code=code,
        got=f"Kubernetes {subject.deployment.kubernetes}, {said}",
        allowed=", ".join(kept),
        fixes=(f"write {newest(kept)}",) if kept else ("write a newer version",),
        severity=severity,
    )


def _state(version: KubernetesFacts, subject: Subject) -> tuple[str, str, Severity] | None:
    """Code, what is said and severity; None: supported for long enough."""
    today = subject.today
    if not subject.deployment.eks:
        # Whoever runs the cluster may support a version for longer: never an error.
        said = f"which its project supports until {version.upstream_ends}"
        match support(version.upstream_ends, today):
            case "ended":
                return "kubernetes-ended", said, "warning"
            case "ending":
                return "kubernetes-ending", said, "advice"
            case "supported":
                return None
    extended = f"whose extended support on EKS ends on {version.eks_extended_ends}"
    standard = f"whose standard support on EKS ends on {version.eks_standard_ends}"
    if today > version.eks_extended_ends:
        return "kubernetes-ended", extended, "error"
    if support(version.eks_extended_ends, today) == "ending":
        return "kubernetes-ending", extended, "warning"
    if today > version.eks_standard_ends:
        said = f"in extended support, which costs extra, since {version.eks_standard_ends}"
        return "kubernetes-extended", said, "advice"
    if support(version.eks_standard_ends, today) == "ending":
        return "kubernetes-ending", standard, "warning"
    return None


def allocation_is_there(subject: Subject) -> Iterator[Problem]:
    chosen = subject.deployment
    row = subject.catalog.node_modes.get(chosen.node_mode or "")
    if row is not None and chosen.allocation not in row.value.allocations:
        others = [
            other.id
            for other in subject.catalog.node_modes.values()
            if chosen.allocation in other.value.allocations
        ]
        yield Problem(
            path=chosen.paths.allocation,
            code="allocation-unavailable",
            got=f"{chosen.allocation} on {chosen.node_mode} nodes",
            allowed=", ".join(row.value.allocations),
            fixes=(f"write {row.value.allocations[0]}", f"or nodes: {others[0]}"),
        )


def operators_fit_kubernetes(subject: Subject) -> Iterator[Problem]:
    kubernetes = subject.deployment.kubernetes
    for name, version in subject.deployment.operators.items():
        path = f"{subject.deployment.paths.operators}.{name}"
        rows = _rows(subject, name)
        row = _row(rows, version)
        if not rows:
            yield Problem(
                path=path,
                code="unknown-to-catalog",
                got=f"{name} {version}, of which the catalog says nothing",
                allowed=", ".join(sorted({r.value.operator for r in _all(subject)})),
                fixes=("add a row to planning/catalog/operators.yaml, with source and date",),
                severity="warning",
            )
        elif row is None:
            yield Problem(
                path=path,
                code="operator-too-old",
                got=f"{name} {version}",
                allowed=f"{name} {rows[0].value.version} or newer",
                fixes=(f"write {name}: {rows[-1].value.version}",),
            )
        elif kubernetes and row.value.kubernetes and kubernetes not in row.value.kubernetes:
            fitting = [r.value.version for r in rows if kubernetes in r.value.kubernetes]
            yield Problem(
                path=path,
                code="operator-kubernetes",
                got=f"{name} {version} on Kubernetes {kubernetes}",
                allowed=f"Kubernetes {', '.join(row.value.kubernetes)}",
                fixes=(
                    *(f"write {name}: {least}" for least in fitting[:1]),
                    f"or Kubernetes {row.value.kubernetes[-1]}",
                ),
                severity=row.value.outside,
            )


def operators_are_supported(subject: Subject) -> Iterator[Problem]:
    for name, version in subject.deployment.operators.items():
        row = _row(_rows(subject, name), version)
        if row is None or row.value.ends is None:
            continue
        state = support(row.value.ends, subject.today)
        if state != "supported":
            yield Problem(
                path=f"{subject.deployment.paths.operators}.{name}",
                code=f"operator-{state}",
                got=f"{name} {version}, which gets no fixes after {row.value.ends}",
                allowed="an operator that is kept",
                fixes=(f"remove {name}: the gateway of this project replaces it",),
                severity="error" if state == "ended" else "warning",
            )


def _all(subject: Subject) -> list[OperatorRow]:
    return list(subject.catalog.operators.values())


def _rows(subject: Subject, name: str) -> list[OperatorRow]:
    return [row for row in _all(subject) if row.value.operator == name]


def _row(rows: list[OperatorRow], version: str) -> OperatorRow | None:
    """The last row that does not begin after the version."""
    return next((row for row in reversed(rows) if not older(version, row.value.version)), None)
