"""Rules: what a pool says of its nodes fits together."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem

_PATH = "slipway:pools[0]"


def gpu_is_named_once(facts: Facts) -> Iterator[Problem]:
    for pool in facts.stated.pools or ():
        row = facts.catalog.instances.get(pool.instance_type or "")
        if pool.gpu and row and row.value.gpu != pool.gpu:
            has = row.value.gpu or "no GPU"
            yield Problem(
                path=f"{_PATH}.gpu",
                code="gpu-differs",
                got=f'"{pool.gpu}", while {pool.instance_type} has {has}',
                allowed="the GPU of the instance type, or no instance type",
                fixes=("remove gpu", "or remove instanceType"),
            )


def nodes_are_described(facts: Facts) -> Iterator[Problem]:
    for pool in facts.stated.pools or ():
        if pool.gpus_per_node is not None and pool.gpu is None:
            yield Problem(
                path=f"{_PATH}.gpusPerNode",
                code="gpu-unnamed",
                got=f"{pool.gpus_per_node} GPUs of no name",
                allowed="gpusPerNode beside gpu; an instance type says it by itself",
                fixes=("add gpu", "or remove gpusPerNode"),
            )


def gpus_are_enough(facts: Facts) -> Iterator[Problem]:
    """A replica's GPUs are whole nodes, or a part of one."""
    for pool in facts.stated.pools or ():
        row = facts.catalog.instances.get(pool.instance_type or "")
        there = row.value.gpus if row else pool.gpus_per_node
        wanted = (pool.tensor_parallel or 1) * (pool.pipeline_parallel or 1)
        nodes = pool.nodes_per_replica or 1
        if there and wanted > there * nodes:
            more = -(-wanted // there)
            yield Problem(
                path=f"{_PATH}.nodesPerReplica",
                code="gpus-too-few",
                got=f"{nodes} node{'s' * (nodes > 1)} with {there * nodes} GPUs for a replica "
                f"over {wanted}",
                allowed="tensorParallel x pipelineParallel up to the GPUs of a replica's nodes",
                fixes=(f"write nodesPerReplica: {more}", "or lower tensorParallel"),
            )
