"""Rule: every name of a catalog row that the stack file writes is there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem


def names_are_in_the_catalog(facts: Facts) -> Iterator[Problem]:
    stated = facts.stated
    pool = stated.pools[0] if stated.pools else None
    names = {
        "engine": stated.engine.version,
        "gpu": pool and pool.gpu,
        "instance": pool and pool.instance_type,
        "ami": pool and pool.ami,
        "node_mode": pool and pool.nodes,
        "kubernetes": stated.kubernetes and stated.kubernetes.version,
        "hf_hardware": stated.hugging_face and stated.hugging_face.hardware,
    }
    written = {key: name for key, name in names.items() if name}
    if written:
        yield from _unknown(facts, written)


def _unknown(facts: Facts, names: dict[str, str]) -> Iterator[Problem]:
    # Imported late: a stack that names no row need not know the rules of clusters.
    from planning.compatibility.deployment import Deployment
    from planning.compatibility.known import names_are_known
    from planning.compatibility.subject import Subject

    any_engine = next(iter(facts.catalog.engine_versions))
    deployment = Deployment(**{"engine": any_engine, **names})
    yield from names_are_known(Subject(deployment, facts.catalog, datetime.date.min))
