"""Keys of pools and of section `aws` that only `eks` has: values that must be taken, and values
that must not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.support.stackfiles import Strategy
from tests.support.stackfiles_faults import NUMBER, SECTION, TEXT

_flags = st.booleans()
_ARN = "arn:aws:iam::111122223333:role/Admin"
_WORKSPACE = "arn:aws:aps:us-east-1:111122223333:workspace/ws-0a1b2c3d-4e5f"
_VPC = {
    "id": "vpc-0a1b2c3d",
    "privateSubnets": {"us-east-1a": "subnet-0a1b2c3d", "us-east-1b": "subnet-1a1b2c3d"},
    "publicSubnets": {"us-east-1a": "subnet-2a1b2c3d", "us-east-1b": "subnet-3a1b2c3d"},
}
_DOMAIN = {"host": "llm.example.com", "zoneId": "Z0A1B2C"}

EKS: list[tuple[str, Strategy]] = [
    ("pools[].alternatives", st.just(["p5.48xlarge"])),
    ("pools[].use", st.just("serving")),
    ("pools[].fallback", st.just("on-demand")),
    ("pools[].reservationIds", st.just(["cr-0a1b2c3d"])),
    ("pools[].minNodes", st.integers(0, 8)),
    ("pools[].maxNodes", st.integers(8, 1000)),
    ("pools[].zones", st.just(["us-east-1a"])),
    ("pools[].disk", st.integers(20, 16_384).map("{}Gi".format)),
    ("pools[].imageSnapshot", st.just("snap-0a1b2c3d")),
    ("pools[].migProfile", st.sampled_from(["all-1g.10gb", "all-balanced"])),
    ("pools[].timeSlices", st.integers(2, 48)),
    ("pools[].efa", _flags),
    ("pools[].placementGroup", _flags),
    ("aws.environment", st.sampled_from(["dev", "prod"])),
    ("aws.protect", _flags),
    ("aws.tags", st.just({"cost-centre": "llm", "team": "inference"})),
    ("aws.network.cidr", st.sampled_from(["10.64.0.0/16", "192.168.0.0/20"])),
    ("aws.network.vpc", st.just(_VPC)),
    ("aws.network.nat", st.sampled_from(["none", "single", "perZone"])),
    ("aws.network.flowLogDays", st.sampled_from([3, 30, 365])),
    ("aws.cluster.publicAccessCidrs", st.sampled_from([[], ["203.0.113.0/24"]])),
    ("aws.cluster.admins", st.just({"operators": _ARN})),
    ("aws.cluster.logDays", st.sampled_from([7, 90])),
    ("aws.cluster.autoMode", _flags),
    ("aws.cluster.support", st.sampled_from(["standard", "extended"])),
    ("aws.cluster.addons", st.just({"vpc-cni": "v1.21.1-eksbuild.5"})),
    ("aws.cluster.tokenCommand", st.just(["aws", "eks", "get-token", "--cluster", "{cluster}"])),
    ("aws.identity.permissionsBoundary", st.just(_ARN)),
    ("aws.identity.path", st.sampled_from(["/", "/slipway/llm/"])),
    ("aws.edge.kind", st.sampled_from(["none", "nlb", "alb"])),
    ("aws.edge.internal", _flags),
    ("aws.edge.sourceRanges", st.just(["203.0.113.0/24"])),
    ("aws.edge.domain", st.sampled_from([_DOMAIN, _DOMAIN | {"certificateArn": _ARN}])),
    ("aws.edge.waf", _flags),
    ("aws.registry.keepImages", st.integers(1, 1000)),
    ("aws.registry.pullThrough", st.just(["registry.k8s.io"])),
    ("aws.secrets.hubToken", st.just(_ARN)),
    ("aws.prometheusWorkspace", st.just(_WORKSPACE)),
]
"""Taken on `eks`; whether they fit together is the plan's matter."""

BESIDE: dict[str, dict[str, Any]] = {"aws.network.vpc": _VPC, "aws.edge.domain": _DOMAIN}
"""What sections cannot do without."""

_FLAG: list[Any] = ["true", 1, [], {}]
_CIDR = ["10.0.0.0", "10.0.0/8", "::/0", 7, True]
_ARNS: list[Any] = [*TEXT, "role/Admin"]
REFUSED: dict[str, list[Any]] = {
    "pools[].alternatives": [*SECTION, ["p5.49xlarge"], [7], None],
    "pools[].use": [*TEXT, "model", None],
    "pools[].fallback": [*TEXT, "spot"],
    "pools[].reservationIds": [*SECTION, ["r-1"], [7], None],
    "pools[].minNodes": [value for value in NUMBER if value != 0 or value is False],
    "pools[].maxNodes": NUMBER,
    "pools[].zones": [*SECTION, [], ["us-east-1"], [7]],
    "pools[].disk": [8, "8GB", "1Gi", "17Ti", True, [], {}],
    "pools[].imageSnapshot": [*TEXT, "snap-1"],
    "pools[].migProfile": [*TEXT, "1g.10gb"],
    "pools[].timeSlices": [*NUMBER, 1, 49],
    "pools[].efa": _FLAG,
    "pools[].placementGroup": _FLAG,
    "aws.environment": [*TEXT, "production", None],
    "aws.protect": _FLAG,
    "aws.tags": [*SECTION, {"aws:x": "a"}, {"a": 7}],
    "aws.network": [*SECTION, None],
    "aws.network.cidr": [*_CIDR, None],
    "aws.network.vpc": [*SECTION, {}],
    "aws.network.vpc.id": [*TEXT, "vpc-1", None],
    "aws.network.vpc.privateSubnets": [*SECTION, {"us-east-1": "subnet-0a1b2c3d"}, None],
    "aws.network.vpc.publicSubnets": [*SECTION, {"us-east-1a": "subnet"}, None],
    "aws.network.nat": [*TEXT, "per-zone"],
    "aws.network.flowLogDays": ["7", 1, 2, True, [], {}],
    "aws.cluster": [*SECTION, None],
    "aws.cluster.publicAccessCidrs": [*SECTION, [7], *([one] for one in _CIDR)],
    "aws.cluster.admins": [*SECTION, {"a": "role/Admin"}, {"A": _ARN}, None],
    "aws.cluster.logDays": ["7", 1, 2, True, [], {}],
    "aws.cluster.autoMode": [*_FLAG, None],
    "aws.cluster.support": [*TEXT, "none", None],
    "aws.cluster.addons": [*SECTION, {"vpc-cni": "latest"}, {"vpc-cni": 1.21}, None],
    "aws.cluster.tokenCommand": [*SECTION[:2], True, [], [7], [""]],
    "aws.identity": [*SECTION, None],
    "aws.identity.permissionsBoundary": _ARNS,
    "aws.identity.path": [*TEXT, "slipway", "/slipway", None],
    "aws.edge": [*SECTION, None],
    "aws.edge.kind": [*TEXT, "clb"],
    "aws.edge.internal": _FLAG,
    "aws.edge.sourceRanges": [*SECTION, [7], *([one] for one in _CIDR), None],
    "aws.edge.domain": [*SECTION, {}],
    "aws.edge.domain.host": [*TEXT, "localhost", None],
    "aws.edge.domain.zoneId": [*TEXT, "z0a1b2c", None],
    "aws.edge.domain.certificateArn": _ARNS,
    "aws.edge.waf": [*_FLAG, None],
    "aws.registry": [*SECTION, None],
    "aws.registry.keepImages": [*NUMBER, 1001, None],
    "aws.registry.pullThrough": [*SECTION, ["localhost"], [7], None],
    "aws.secrets": [*SECTION, None],
    "aws.secrets.hubToken": _ARNS,
    "aws.prometheusWorkspace": [*_ARNS, _ARN],
}
