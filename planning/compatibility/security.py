"""Rules: no image with known vulnerabilities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from planning.catalog import Catalog
from planning.catalog.rows.software import AdvisoryFacts, EngineVersionFacts
from planning.compatibility.subject import Subject
from planning.compatibility.versions import newest, older
from planning.problems import Problem

Confidence = Literal["confirmed", "secondary"]
FRESH_DAYS = 30
"""Advisories looked up longer ago than this are warned about: floors age in weeks."""


def confirmed_vulnerabilities(subject: Subject) -> Iterator[Problem]:
    """By a vendor or osv.dev: an error."""
    yield from _problems(subject, "confirmed")


def reported_vulnerabilities(subject: Subject) -> Iterator[Problem]:
    """By a database or blog only: a warning."""
    yield from _problems(subject, "secondary")


def below_fixes(
    catalog: Catalog, engine: EngineVersionFacts, confidence: Confidence
) -> dict[str, list[tuple[str, AdvisoryFacts]]]:
    """By software: the first fixed release and the advisory, of all that the image lacks."""
    found: dict[str, list[tuple[str, AdvisoryFacts]]] = {}
    for software, version in engine.contains.items():
        for advisory in _advisories(catalog, software):
            fixed = advisory.fixed_in
            if advisory.confidence == confidence and fixed and older(version, fixed):
                found.setdefault(software, []).append((fixed, advisory))
    return found


def _problems(subject: Subject, confidence: Confidence) -> Iterator[Problem]:
    if subject.engine is None:
        return
    for software, found in below_fixes(subject.catalog, subject.engine, confidence).items():
        floor = newest([fixed for fixed, _ in found])
        yield Problem(
            path=subject.deployment.paths.engine,
            code="known-vulnerability" if confidence == "confirmed" else "reported-vulnerability",
            got=f"{software} {subject.engine.contains[software]} in {subject.deployment.engine}, "
            f"with {_names(advisory for _, advisory in found)}",
            allowed=f"{software} {floor} or newer",
            fixes=tuple(_safe(subject, software, floor)),
            severity="error" if confidence == "confirmed" else "warning",
        )


def vulnerabilities_without_known_fix(subject: Subject) -> Iterator[Problem]:
    for software, version in _contents(subject):
        found = [a for a in _advisories(subject.catalog, software) if a.fixed_in is None]
        if found:
            yield Problem(
                path=subject.deployment.paths.engine,
                code="unfixed-vulnerability",
                got=f"{software} {version} in {subject.deployment.engine}; {_names(found)}",
                allowed="a release that the vendor names as fixed: the catalog knows none",
                fixes=("read the vendor's bulletin, and keep only the gateway reachable",),
                severity="warning",
            )


def advisories_are_fresh(subject: Subject) -> Iterator[Problem]:
    names = [name for name, _ in _contents(subject)]
    dates = [r.date for r in subject.catalog.advisories.values() if r.value.software in names]
    if dates and (age := (subject.today - max(dates)).days) > FRESH_DAYS:
        yield Problem(
            path=subject.deployment.paths.engine,
            code="advisories-stale",
            got=f"advisories of {subject.deployment.engine} looked up {age} days ago",
            allowed=f"at most {FRESH_DAYS} days",
            fixes=("look them up again and renew planning/catalog/advisories.yaml",),
            severity="warning",
        )


def _contents(subject: Subject) -> Iterable[tuple[str, str]]:
    return subject.engine.contains.items() if subject.engine else ()


def _advisories(catalog: Catalog, software: str) -> list[AdvisoryFacts]:
    return [row.value for row in catalog.advisories.values() if row.value.software == software]


def _names(advisories: Iterable[AdvisoryFacts]) -> str:
    return "; ".join(f"{a.identifiers[0]} ({a.what})" for a in advisories)


def _safe(subject: Subject, software: str, floor: str) -> Iterator[str]:
    """Images of the catalog that hold a fixed release and nothing else that is confirmed."""
    found = [
        row.id
        for row in subject.catalog.engine_versions.values()
        if (own := row.value.contains.get(software))
        and not older(own, floor)
        and not below_fixes(subject.catalog, row.value, "confirmed")
    ]
    yield from (f"choose {name}" for name in found[:2])
    if not found:
        yield f"choose an image with {software} {floor} or newer; the catalog knows none"
