"""What is there and what the state does not know."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from operations.orphans import details
from operations.orphans.beside import Clients, beside
from operations.orphans.found import Found, kind_of
from operations.orphans.tagged import NAME, tagged
from planning.catalog import Catalog


def orphans(
    clients: Clients,
    *,
    project: str,
    stack: str,
    cluster: str,
    path: str,
    region: str,
    known: Collection[str],
    catalog: Catalog,
) -> list[Found]:
    """Dearest first; `known` are ids and ARNs of the state. Only reads."""
    tags = tagged(
        clients("resourcegroupstaggingapi"), project=project, stack=stack, cluster=cluster
    )
    tags |= dict(beside(clients, project=project, stack=stack, cluster=cluster, path=path))
    found = _unknown(clients, tags, region, known, catalog)
    return sorted(found, key=lambda one: (-(one.monthly_usd or 0), one.kind, one.arn))


def _unknown(
    clients: Clients,
    tags: dict[str, dict[str, str]],
    region: str,
    known: Collection[str],
    catalog: Catalog,
) -> Iterator[Found]:
    for arn, own in tags.items():
        kind = kind_of(arn)
        bare = Found(arn=arn, kind=kind, name=own.get(NAME, ""), created=None, monthly_usd=None)
        if arn in known or bare.id in known:
            continue
        described = details.described(clients, bare)
        if described is not None:
            yield Found(
                arn=arn,
                kind=kind,
                name=bare.name,
                created=details.created(kind, described),
                monthly_usd=details.monthly_usd(catalog, region, kind, described),
            )
