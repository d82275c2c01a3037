"""Actions that AWS lets nobody restrict to a resource: the only ones allowed on `*`.

`python -m tools.scan.policies` holds them against AWS's own table of actions.
"""

from __future__ import annotations

_DESCRIBES = "reads what is there; EC2 and ELB have no permissions by resource for it"
_FINDS = "finds one among all of the account; the service has no permissions by resource for it"
_TOKEN = "a token for the registry as a whole; what may be pulled is said by repository"  # noqa: S105

UNSCOPED: dict[str, str] = {
    "acm:ListCertificates": _FINDS,
    "ec2:DescribeAccountAttributes": _DESCRIBES,
    "ec2:DescribeAddresses": _DESCRIBES,
    "ec2:DescribeAvailabilityZones": _DESCRIBES,
    "ec2:DescribeCapacityReservations": _DESCRIBES,
    "ec2:DescribeImages": _DESCRIBES,
    "ec2:DescribeInstances": _DESCRIBES,
    "ec2:DescribeInstanceStatus": _DESCRIBES,
    "ec2:DescribeInstanceTypeOfferings": _DESCRIBES,
    "ec2:DescribeInstanceTypes": _DESCRIBES,
    "ec2:DescribeInternetGateways": _DESCRIBES,
    "ec2:DescribeLaunchTemplates": _DESCRIBES,
    "ec2:DescribeNetworkInterfaces": _DESCRIBES,
    "ec2:DescribePlacementGroups": _DESCRIBES,
    "ec2:DescribeRouteTables": _DESCRIBES,
    "ec2:DescribeSecurityGroups": _DESCRIBES,
    "ec2:DescribeSnapshots": _DESCRIBES,
    "ec2:DescribeSpotPriceHistory": _DESCRIBES,
    "ec2:DescribeSubnets": _DESCRIBES,
    "ec2:DescribeTags": _DESCRIBES,
    "ec2:DescribeVolumes": _DESCRIBES,
    "ec2:DescribeVolumesModifications": _DESCRIBES,
    "ec2:DescribeVolumeStatus": _DESCRIBES,
    "ec2:DescribeVpcs": _DESCRIBES,
    "ecr:GetAuthorizationToken": _TOKEN,
    "elasticloadbalancing:DescribeCapacityReservation": _DESCRIBES,
    "elasticloadbalancing:DescribeListenerAttributes": _DESCRIBES,
    "elasticloadbalancing:DescribeListenerCertificates": _DESCRIBES,
    "elasticloadbalancing:DescribeListeners": _DESCRIBES,
    "elasticloadbalancing:DescribeLoadBalancerAttributes": _DESCRIBES,
    "elasticloadbalancing:DescribeLoadBalancers": _DESCRIBES,
    "elasticloadbalancing:DescribeRules": _DESCRIBES,
    "elasticloadbalancing:DescribeSSLPolicies": _DESCRIBES,
    "elasticloadbalancing:DescribeTags": _DESCRIBES,
    "elasticloadbalancing:DescribeTargetGroupAttributes": _DESCRIBES,
    "elasticloadbalancing:DescribeTargetGroups": _DESCRIBES,
    "elasticloadbalancing:DescribeTargetHealth": _DESCRIBES,
    "iam:ListInstanceProfiles": _FINDS,
    "pricing:GetProducts": "public prices; the service has no resources",
}
