"""Versions of EKS add-ons: what AWS takes by default for each Kubernetes version, as rows."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import planning.catalog
from operations.preflight.asking import Patience
from operations.preflight.aws.account import AwsAccount
from operations.table_check import compared
from planning.catalog import load_catalog
from planning.catalog.rows.aws import AddonRow
from planning.catalog.tables import read_table

FILE = Path(planning.catalog.__file__).parent / "addons.yaml"
SOURCE = "EKS DescribeAddonVersions in {}, the default version"
_HEAD = """\
# EKS add-ons: the version that AWS takes by default for a Kubernetes minor. A minor that is not
# there is unresolved: python -m operations eks-addons --write asks AWS; or aws.cluster.addons.
"""
Versions = Mapping[str, Mapping[str, str]]
"""By add-on and Kubernetes minor."""


def run(
    *,
    region: str,
    write: bool,
    say: Callable[[str], None],
    file: Path = FILE,
    account: AwsAccount | None = None,
    today: datetime.date | None = None,
) -> int:
    """Prints the changes. Exit codes: 0 the rows are right or were written, 1 they are not, 3 AWS
    gave no answer."""
    old = read_table(file, AddonRow)
    day = today or datetime.datetime.now(datetime.UTC).date()
    return compared(
        lambda: _asked(account or AwsAccount(Patience()), region, old),
        lambda new: changes(old, new),
        lambda new: table(old, new, region=region, today=day),
        file=file,
        write=write,
        say=say,
    )


def changes(old: Mapping[str, AddonRow], new: Versions) -> Iterator[str]:
    """One line for each version that differs."""
    for name, row in old.items():
        for minor, version in new[name].items():
            before = row.value.versions.get(minor, "not known")
            if before != version:
                yield f"~ {name} on Kubernetes {minor}: {before} -> {version}"


def table(old: Mapping[str, AddonRow], new: Versions, *, region: str, today: datetime.date) -> str:
    """The whole file; JSON is YAML too."""
    lines = [_HEAD]
    for name, row in old.items():
        facts: dict[str, Any] = {"versions": dict(new[name])}
        if row.value.before_nodes:
            facts["before_nodes"] = True
        if row.value.service_account:
            facts["service_account"] = row.value.service_account
        lines.append(
            f"- id: {name}\n  value: {json.dumps(facts)}\n"
            f"  source: {SOURCE.format(region)}\n  date: {today}\n"
        )
    return "".join(lines)


def _asked(account: AwsAccount, region: str, rows: Mapping[str, AddonRow]) -> Versions:
    client = account.eks(region)
    minors = list(load_catalog().kubernetes_versions)
    found: dict[str, dict[str, str]] = {}
    for name in rows:
        versions = ((minor, _default(account, client, name, minor)) for minor in minors)
        found[name] = {minor: version for minor, version in versions if version}
    return found


def _default(account: AwsAccount, client: Any, name: str, minor: str) -> str | None:
    """None: AWS has no version of it for that Kubernetes."""

    def call() -> list[Any]:
        pages = client.get_paginator("describe_addon_versions").paginate(
            addonName=name, kubernetesVersion=minor
        )
        return [
            version
            for page in pages
            for addon in page["addons"]
            for version in addon["addonVersions"]
        ]

    for version in account.ask(call, "eks:DescribeAddonVersions"):
        for fits in version["compatibilities"]:
            if fits["clusterVersion"] == minor and fits["defaultVersion"]:
                return str(version["addonVersion"])
    return None
