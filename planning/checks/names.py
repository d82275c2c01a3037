"""Rule: every name of a catalog row that the stack file writes is there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem


def names_are_in_the_catalog(facts: Facts) -> Iterator[Problem]:
    stated = facts.stated
    written = (
        stated.engine.version,
        stated.pools,
        stated.kubernetes and stated.kubernetes.version,
        stated.hugging_face and stated.hugging_face.hardware,
    )
    if any(written):
        yield from _unknown(facts)


def _unknown(facts: Facts) -> Iterator[Problem]:
    # Imported late: a stack that names no row need not know the rules of clusters.
    from planning.compatibility.deployment import Deployment, Paths
    from planning.compatibility.known import names_are_known
    from planning.compatibility.subject import Subject

    stated = facts.stated
    engine = stated.engine.version or next(iter(facts.catalog.engine_versions))
    deployment = Deployment(
        engine=engine,
        kubernetes=stated.kubernetes.version if stated.kubernetes else None,
        hf_hardware=stated.hugging_face.hardware if stated.hugging_face else None,
    )
    named = [deployment]
    for index, pool in enumerate(stated.pools or ()):
        path = f"slipway:pools[{index}]"
        paths = Paths(
            gpu=f"{path}.gpu",
            instance=f"{path}.instanceType",
            ami=f"{path}.ami",
            node_mode=f"{path}.nodes",
        )
        named.append(
            Deployment(
                engine=next(iter(facts.catalog.engine_versions)),
                gpu=pool.gpu,
                instance=pool.instance_type,
                ami=pool.ami,
                node_mode=pool.nodes,
                paths=paths,
            )
        )
        for place, name in enumerate(pool.alternatives):
            paths = Paths(instance=f"{path}.alternatives[{place}]")
            named.append(Deployment(engine=named[-1].engine, instance=name, paths=paths))
    for one in named:
        yield from names_are_known(Subject(one, facts.catalog, datetime.date.min))
