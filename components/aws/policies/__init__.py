"""IAM policies of a stack, pure: a policy's name and where it holds make its document.

They are our own documents, least privilege for one cluster; AWS's managed ones hold for every
cluster of an account.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from components.aws.policies.bucket import model_reader, model_writer
from components.aws.policies.document import Document
from components.aws.policies.ebs_csi import ebs_csi
from components.aws.policies.external_secrets import external_secrets
from components.aws.policies.karpenter import karpenter
from components.aws.policies.load_balancer_controller import load_balancer_controller
from components.aws.policies.node import node
from components.aws.policies.prometheus_writer import prometheus_writer
from components.aws.policies.scope import PolicyScope
from components.aws.policies.vpc_cni import vpc_cni
from components.specs.aws import PolicyName

__all__ = ["NEEDS", "POD_POLICIES", "Document", "PolicyScope", "node"]

POD_POLICIES: Mapping[PolicyName, Callable[[PolicyScope], Document]] = {
    "vpc-cni": vpc_cni,
    "ebs-csi": ebs_csi,
    "load-balancer-controller": load_balancer_controller,
    "karpenter": karpenter,
    "external-secrets": external_secrets,
    "model-reader": model_reader,
    "model-writer": model_writer,
    "prometheus-writer": prometheus_writer,
}
"""By the name that specs use."""

_PLACE = ("partition", "region", "account_id", "cluster_name")
NEEDS: Mapping[PolicyName, tuple[str, ...]] = {
    "vpc-cni": (*_PLACE, "vpc_arn"),
    "ebs-csi": _PLACE,
    "load-balancer-controller": (*_PLACE, "vpc_arn"),
    "karpenter": (*_PLACE, "vpc_arn", "node_role_arn", "queue_arn"),
    "external-secrets": (*_PLACE, "secret_arns", "secret_key_arn"),
    "model-reader": (*_PLACE, "bucket_arn", "bucket_prefix", "bucket_key_arn"),
    "model-writer": (*_PLACE, "bucket_arn", "bucket_prefix", "bucket_key_arn"),
    "prometheus-writer": (*_PLACE, "workspace_arn"),
}
"""What of its scope each one reads: a role waits for nothing else."""
