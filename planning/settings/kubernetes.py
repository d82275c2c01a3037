"""Section `kubernetes`: the cluster."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planning.settings.base import Section, worded

Minor = Annotated[str, worded(r"^1\.[0-9]{1,2}$", 'a minor version in quotes, such as "1.35"')]
OperatorName = Annotated[
    str, worded("^[a-z0-9]([a-z0-9-]{0,62})$", "the name of an operator, such as keda")
]
OperatorVersion = Annotated[
    str, worded(r"^[0-9]{1,5}(\.[0-9]{1,9}){0,3}$", 'a version in quotes, such as "2.21.0"')
]


class Operator(Section):
    """One operator that the cluster has or gets."""

    name: OperatorName
    """Such as `karpenter` or `keda`."""
    version: OperatorVersion
    """Its version, for the check against the cluster's."""


class Kubernetes(Section):
    """The cluster that is there, or that `eks` makes."""

    version: Minor | None = None
    """Kubernetes minor version. Left out: the newest of the catalog on `eks`, else not checked."""
    operators: Annotated[tuple[Operator, ...], Field(max_length=32)] = ()
    """Operators in the cluster."""
