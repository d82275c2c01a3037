"""Rule: every name of a catalog row that the stack file writes is there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem


def names_are_in_the_catalog(facts: Facts) -> Iterator[Problem]:
    stated = facts.stated
    pool = stated.pools[0] if stated.pools else None
    written = (
        stated.engine.version,
        pool,
        stated.kubernetes and stated.kubernetes.version,
        stated.hugging_face and stated.hugging_face.hardware,
    )
    if any(written):
        yield from _unknown(facts)


def _unknown(facts: Facts) -> Iterator[Problem]:
    # Imported late: a stack that names no row need not know the rules of clusters.
    from planning.compatibility.deployment import Deployment
    from planning.compatibility.known import names_are_known
    from planning.compatibility.subject import Subject

    stated = facts.stated
    pool = stated.pools[0] if stated.pools else None
    deployment = Deployment(
        engine=stated.engine.version or next(iter(facts.catalog.engine_versions)),
        gpu=pool.gpu if pool else None,
        instance=pool.instance_type if pool else None,
        ami=pool.ami if pool else None,
        node_mode=pool.nodes if pool else None,
        kubernetes=stated.kubernetes.version if stated.kubernetes else None,
        hf_hardware=stated.hugging_face.hardware if stated.hugging_face else None,
    )
    yield from names_are_known(Subject(deployment, facts.catalog, datetime.date.min))
