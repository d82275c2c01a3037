"""The control plane of an EKS cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LogType = Literal["api", "audit", "authenticator", "controllerManager", "scheduler"]


@dataclass(frozen=True, kw_only=True)
class AddonSpec:
    """An EKS add-on at a version."""

    name: str
    """As EKS names it, such as `vpc-cni`."""
    version: str
    """Such as `v1.20.4-eksbuild.1`; `unresolved` never reaches a component."""
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    """Its configuration, as its schema at that version allows."""
    service_account: str | None = None
    """Of kube-system, bound to the role of the same name in the spec's identities; None: none."""
    before_nodes: bool = False
    """Nodes do not become ready without it (network), so it does not wait for them."""


@dataclass(frozen=True, kw_only=True)
class AdminSpec:
    """A principal that may do everything on the cluster, by an access entry."""

    name: str
    """Part of the logical name."""
    principal_arn: str


@dataclass(frozen=True, kw_only=True)
class EksClusterSpec:
    version: str
    """Kubernetes minor version; a later one updates the cluster in place, one minor at a time."""
    public_access_cidrs: tuple[str, ...]
    """Who reaches the API server from outside; empty: only the VPC does."""
    admins: tuple[AdminSpec, ...]
    """Beside whoever creates it."""
    log_types: tuple[LogType, ...]
    log_days: int
    encrypt_secrets: bool
    """Envelope encryption by a key of the stack's own."""
    auto_mode: bool
    """EKS runs nodes, load balancers and block storage by itself."""
    addons: tuple[AddonSpec, ...]
    token_command: tuple[str, ...]
    """Prints an ExecCredential for the cluster's API; `{cluster}` and `{region}` are replaced."""
    support: Literal["STANDARD", "EXTENDED"]
    """What happens when the version's standard support ends: an upgrade, or a higher price."""
