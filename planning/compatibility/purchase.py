"""Rules: what is chosen can be rented."""

from __future__ import annotations

from collections.abc import Iterator

from planning.compatibility.subject import Subject
from planning.problems import Problem

BANNER_DAYS, OLD_DAYS = 30, 90
"""A price older than this is advised about, then warned about."""


def sold_on_demand(subject: Subject) -> Iterator[Problem]:
    chosen, catalog = subject.deployment, subject.catalog
    if chosen.capacity != "on-demand" or subject.instance is None or chosen.region is None:
        return
    if catalog.on_demand(chosen.instance or "", chosen.region) is not None:
        return
    listed = any(row.value.region == chosen.region for row in catalog.prices.values())
    yield Problem(
        path=chosen.paths.capacity if listed else chosen.paths.instance,
        code="not-on-demand" if listed else "unpriced",
        got=f"{chosen.instance} on demand in {chosen.region}",
        allowed="spot or capacity-block: it has no on-demand list price there"
        if listed
        else "a region with known prices; another region's price is never used instead",
        fixes=("write capacity: capacity-block", "or another instance type")
        if listed
        else ("refresh the prices for that region",),
        severity="error" if listed else "warning",
    )


def price_is_fresh(subject: Subject) -> Iterator[Problem]:
    chosen, catalog = subject.deployment, subject.catalog
    listed = catalog.on_demand(chosen.instance or "", chosen.region or "")
    endpoint = catalog.hf_hardware.get(chosen.hf_hardware or "")
    what, path = f"{chosen.instance} in {chosen.region}", chosen.paths.instance
    fix, row = "refresh planning/catalog/prices/", listed or endpoint
    if endpoint is not None:
        what, path = endpoint.id, chosen.paths.hf_hardware
        fix = "python -m operations hf-hardware shows what the API says today"
    age = (subject.today - row.date).days if row else 0
    if age > BANNER_DAYS:
        yield Problem(
            path=path,
            code="price-stale",
            got=f"a price of {what} that is {age} days old",
            allowed=f"at most {BANNER_DAYS} days",
            fixes=(fix,),
            severity="warning" if age > OLD_DAYS else "advice",
        )


def nodes_have_efa(subject: Subject) -> Iterator[Problem]:
    chosen, instance = subject.deployment, subject.instance
    if instance is not None and chosen.nodes_per_replica > 1 and instance.efa is None:
        family = (chosen.instance or "").partition(".")[0]
        with_efa = [
            name
            for name, row in subject.catalog.instances.items()
            if row.value.efa and name.partition(".")[0] == family
        ]
        yield Problem(
            path=chosen.paths.nodes,
            code="efa-missing",
            got=f"{chosen.nodes_per_replica} nodes of {chosen.instance}, which has no EFA",
            allowed="one node a replica, or an instance type with EFA",
            fixes=(*(f"write {name}" for name in with_efa[:1]), "or write nodesPerReplica: 1"),
        )


def endpoint_hardware_is_kept(subject: Subject) -> Iterator[Problem]:
    name = subject.deployment.hf_hardware or ""
    row = subject.catalog.hf_hardware.get(name)
    if row is not None and row.value.status == "deprecated":
        kept = [
            other.id
            for other in subject.catalog.hf_hardware.values()
            if other.value.status == "listed"
            and other.value.gpus == row.value.gpus
            and other.id.partition("/")[0] == name.partition("/")[0]
        ]
        yield Problem(
            path=subject.deployment.paths.hf_hardware,
            code="hardware-deprecated",
            got=f"{name}, which Hugging Face has deprecated",
            allowed="hardware that is listed without an end",
            fixes=tuple(f"write {other}" for other in kept[-2:]),
        )
