"""The EBS CSI driver: volumes and snapshots of this cluster.

After AWS's own policy for one cluster, AmazonEBSCSIDriverEKSClusterScopedPolicy (read 2026-12-01),
with the cluster's name in place of the session's tag, without locked, copied and fast-restored
snapshots. The driver tags its volumes by `--k8s-tag-cluster-id`, which the EKS add-on sets.
"""

from __future__ import annotations

from components.aws.policies.document import Condition, Document, allow, document
from components.aws.policies.scope import PolicyScope

_TAG = "ebs.csi.aws.com/cluster-name"
# Managed node groups set the first, Karpenter and Auto Mode the second.
_NODE_TAGS = ("eks:cluster-name", "eks:eks-cluster-name")


def ebs_csi(scope: PolicyScope) -> Document:
    volumes, snapshots = scope.arn("ec2", "volume/*"), scope.amazon_arn("ec2", "snapshot/*")
    asked: Condition = {"StringEquals": {f"aws:RequestTag/{_TAG}": scope.cluster_name}}
    own: Condition = {"StringEquals": {f"ec2:ResourceTag/{_TAG}": scope.cluster_name}}
    return document(
        allow(
            "Describe",
            (
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeInstances",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeSnapshots",
                "ec2:DescribeTags",
                "ec2:DescribeVolumes",
                "ec2:DescribeVolumesModifications",
                "ec2:DescribeVolumeStatus",
            ),
            "*",
            condition=scope.in_region,
        ),
        allow("CreateVolumes", ("ec2:CreateVolume",), volumes, condition=asked),
        allow("CreateSnapshots", ("ec2:CreateSnapshot",), snapshots, condition=asked),
        allow("SnapshotOwnVolumes", ("ec2:CreateSnapshot",), volumes, condition=own),
        allow("VolumesFromOwnSnapshots", ("ec2:CreateVolume",), snapshots, condition=own),
        allow("DeleteOwnSnapshots", ("ec2:DeleteSnapshot",), snapshots, condition=own),
        allow(
            "ManageOwnVolumes",
            ("ec2:AttachVolume", "ec2:DeleteVolume", "ec2:DetachVolume", "ec2:ModifyVolume"),
            volumes,
            condition=own,
        ),
        *(
            allow(
                f"AttachToThisClustersNodes{number}",
                ("ec2:AttachVolume", "ec2:DetachVolume"),
                scope.arn("ec2", "instance/*"),
                condition={"StringEquals": {f"ec2:ResourceTag/{tag}": scope.cluster_name}},
            )
            for number, tag in enumerate(_NODE_TAGS, 1)
        ),
        allow(
            "TagAsTheyAreMade",
            ("ec2:CreateTags",),
            volumes,
            snapshots,
            condition={"StringEquals": {"ec2:CreateAction": ["CreateSnapshot", "CreateVolume"]}},
        ),
    )
