"""Bottlerocket: its settings, in TOML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from components.aws.user_data.address import ClusterAddress
from components.specs.aws import NodePoolSpec

Value = str | bool | list[str] | list[list[str]]
_ON_LOCAL_DISKS = ("/var/lib/containerd", "/var/lib/kubelet", "/var/log/pods")
_SOCI = "/var/lib/soci-snapshotter"


def user_data(pool: NodePoolSpec, cluster: ClusterAddress | None) -> str:
    tables = dict(_tables(pool, cluster))
    return "\n".join(_table(name, values) for name, values in tables.items() if values)


def _tables(
    pool: NodePoolSpec, cluster: ClusterAddress | None
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    if cluster is not None:
        yield (
            "kubernetes",
            {
                "cluster-name": cluster.name,
                "api-server": cluster.endpoint,
                "cluster-certificate": cluster.certificate_authority,
                "cluster-dns-ip": cluster.dns,
            },
        )
        yield "kubernetes.node-labels", dict(sorted(pool.labels.items()))
        yield "kubernetes.node-taints", _taints(pool)
        # Karpenter has a word of its own for it, in its node class.
        if pool.local_disks:
            yield "bootstrap-commands.local-disks", _local_disks(pool)
    if pool.fast_pull:
        yield "container-runtime", {"snapshotter": "soci"}
        yield (
            "container-runtime-plugins.soci-snapshotter",
            {"pull-mode": "parallel-pull-unpack"},
        )


def _taints(pool: NodePoolSpec) -> dict[str, Value]:
    taints: dict[str, list[str]] = {}
    for taint in pool.taints:
        taints.setdefault(taint.key, []).append(f"{taint.value or ''}:{taint.effect}")
    return {**taints}


def _local_disks(pool: NodePoolSpec) -> Mapping[str, Value]:
    folders = [*_ON_LOCAL_DISKS, *([_SOCI] if pool.fast_pull else [])]
    return {
        "commands": [
            ["apiclient", "ephemeral-storage", "init"],
            ["apiclient", "ephemeral-storage", "bind", "--dirs", *folders],
        ],
        "mode": "always",
        # A node that would fill its small disk instead does not start.
        "essential": True,
    }


def _table(name: str, values: Mapping[str, Value]) -> str:
    """Strings of JSON are strings of TOML, and so are lists of them."""
    lines = (f"{json.dumps(key)} = {json.dumps(value)}\n" for key, value in values.items())
    return f"[settings.{name}]\n{''.join(lines)}"
