"""Who may do what: roles of pods, by EKS Pod Identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PolicyName = Literal[
    "vpc-cni",
    "ebs-csi",
    "load-balancer-controller",
    "karpenter",
    "external-secrets",
    "model-reader",
    "model-writer",
    "prometheus-writer",
]


@dataclass(frozen=True, kw_only=True)
class PodIdentitySpec:
    """A service account's role; its policy document is rendered by name, for this stack alone."""

    policy: PolicyName
    namespace: str
    service_account: str


@dataclass(frozen=True, kw_only=True)
class IdentitySpec:
    pods: tuple[PodIdentitySpec, ...]
    permissions_boundary: str | None
    """ARN of the policy that bounds every role; None: none."""
    path: str
    """Of roles and policies, such as `/slipway/`."""
