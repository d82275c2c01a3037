"""Rules: what a pool says of its nodes fits together."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem
from planning.settings.pool import Pool


def one_pool_on_a_cluster_that_is_there(facts: Facts) -> Iterator[Problem]:
    """Its nodes are only chosen among; several kinds of them are several stacks."""
    pools = facts.stated.pools or ()
    if facts.stated.target == "kubernetes" and len(pools) > 1:
        yield Problem(
            path="slipway:pools",
            code="pools-too-many",
            got=f"{len(pools)} pools",
            allowed="one with target kubernetes: the nodes that serve the model",
            fixes=("leave the first one", "or write target: eks, where nodes are made"),
        )


def the_first_pool_serves(facts: Facts) -> Iterator[Problem]:
    pools = facts.stated.pools or ()
    if pools and pools[0].use != "serving":
        yield Problem(
            path="slipway:pools[0].use",
            code="pool-use",
            got=f"{pools[0].use}, of the first pool",
            allowed="serving: what the first pool says is planned for the model",
            fixes=("write the pool that serves first",),
        )
    systems = [index for index, pool in enumerate(pools) if pool.use == "system"]
    for index in systems[1:]:
        yield Problem(
            path=f"slipway:pools[{index}].use",
            code="pool-use",
            got="system, of a second pool",
            allowed="one pool for operators, gateway and DNS",
            fixes=("write use: other", "or remove one"),
        )


def names_of_pools_differ(facts: Facts) -> Iterator[Problem]:
    names = [pool.name for pool in facts.stated.pools or ()]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(
                path=f"slipway:pools[{index}].name",
                code="name-taken",
                got=f'"{name}", as pool {names.index(name)}',
                allowed="a name of its own for each pool",
                fixes=("write another name",),
            )


def gpu_is_named_once(facts: Facts) -> Iterator[Problem]:
    for path, pool in _pools(facts):
        row = facts.catalog.instances.get(pool.instance_type or "")
        if pool.gpu and row and row.value.gpu != pool.gpu:
            has = row.value.gpu or "no GPU"
            yield Problem(
                path=f"{path}.gpu",
                code="gpu-differs",
                got=f'"{pool.gpu}", while {pool.instance_type} has {has}',
                allowed="the GPU of the instance type, or no instance type",
                fixes=("remove gpu", "or remove instanceType"),
            )


def nodes_are_described(facts: Facts) -> Iterator[Problem]:
    for path, pool in _pools(facts):
        if pool.gpus_per_node is not None and pool.gpu is None:
            yield Problem(
                path=f"{path}.gpusPerNode",
                code="gpu-unnamed",
                got=f"{pool.gpus_per_node} GPUs of no name",
                allowed="gpusPerNode beside gpu; an instance type says it by itself",
                fixes=("add gpu", "or remove gpusPerNode"),
            )


def gpus_are_enough(facts: Facts) -> Iterator[Problem]:
    """A replica's GPUs are whole nodes, or a part of one."""
    for path, pool in _pools(facts):
        row = facts.catalog.instances.get(pool.instance_type or "")
        there = row.value.gpus if row else pool.gpus_per_node
        wanted = (pool.tensor_parallel or 1) * (pool.pipeline_parallel or 1)
        nodes = pool.nodes_per_replica or 1
        if there and wanted > there * nodes:
            more = -(-wanted // there)
            yield Problem(
                path=f"{path}.nodesPerReplica",
                code="gpus-too-few",
                got=f"{nodes} node{'s' * (nodes > 1)} with {there * nodes} GPUs for a replica "
                f"over {wanted}",
                allowed="tensorParallel x pipelineParallel up to the GPUs of a replica's nodes",
                fixes=(f"write nodesPerReplica: {more}", "or lower tensorParallel"),
            )


def _pools(facts: Facts) -> Iterator[tuple[str, Pool]]:
    for index, pool in enumerate(facts.stated.pools or ()):
        yield f"slipway:pools[{index}]", pool
