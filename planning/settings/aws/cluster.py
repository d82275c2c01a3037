"""Section `aws.cluster`: the control plane."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.aws.network import LogDays
from planning.settings.aws.words import Arn, Cidr
from planning.settings.base import Flag, Section, worded

AddonName = Annotated[
    str, worded("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$", "the name of an EKS add-on")
]
AddonVersion = Annotated[
    str,
    worded(
        r"^v[0-9]{1,4}(\.[0-9]{1,6}){2}-eksbuild\.[0-9]{1,4}$",
        "the version of an EKS add-on, such as v1.21.1-eksbuild.5",
    ),
]
AdminName = Annotated[
    str, worded("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", "1 to 32 lower-case letters, digits or -")
]
Word = Annotated[str, worded(r"^[^\x00-\x1f]{1,512}$", "a word of a command")]


class Cluster(Section):
    """The control plane."""

    public_access_cidrs: tuple[Cidr, ...] | None = None
    """Who reaches the API server from outside the VPC; an empty list: nobody. Left out: nobody with
    `environment: prod`; else it has to be said."""
    admins: dict[AdminName, Arn] = Field(default_factory=dict[str, str])
    """Roles or users that may do everything in the cluster, beside whoever makes it."""
    log_days: LogDays | None = None
    """Days that logs of the control plane are kept. Left out: 365 with `environment: prod`, else
    7."""
    auto_mode: Flag = False
    """EKS Auto Mode: AWS runs nodes, load balancers and volumes, at a price for each node."""
    support: Literal["standard", "extended"] = "standard"
    """When standard support of the version ends: `standard` lets AWS upgrade it, `extended` pays
    more."""
    addons: dict[AddonName, AddonVersion] = Field(default_factory=dict[str, str])
    """Versions of EKS add-ons in place of the catalog's."""
    token_command: Annotated[tuple[Word, ...], Field(min_length=1, max_length=32)] | None = None
    """Prints an ExecCredential for the API server; `{cluster}` and `{region}` are replaced. Left
    out: `python -m operations eks-token`, which needs no AWS CLI."""
