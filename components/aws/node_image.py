"""Where AWS says which machine image a release is, in each region."""

from __future__ import annotations

from components.specs.aws import NodeImageSpec


def image_parameter(image: NodeImageSpec) -> str:
    """Name of the public SSM parameter that holds the image's id; it never changes.

    The same that Karpenter reads for `al2023@<release>` and `bottlerocket@<release>`, so that a
    pool has equal nodes in either mode. A release of EKS's own (`ami_type`, `release_version`)
    would need Kubernetes' patch version, which no list of releases gives.
    """
    if image.family == "bottlerocket":
        variant = f"aws-k8s-{image.kubernetes}{'-nvidia' if image.gpu else ''}"
        return f"/aws/service/bottlerocket/{variant}/{image.architecture}/{image.release}/image_id"
    variant = "nvidia" if image.gpu else "standard"
    name = f"amazon-eks-node-al2023-{image.architecture}-{variant}-{image.kubernetes}"
    return (
        f"/aws/service/eks/optimized-ami/{image.kubernetes}/amazon-linux-2023/"
        f"{image.architecture}/{variant}/{name}-{image.release}/image_id"
    )
