"""Karpenter's objects, in the order in which nodes come and go."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi import CustomTimeouts, ResourceOptions

from components.cluster.objects import Cluster, KubernetesObject, logical_name
from components.kubernetes.manifest import Manifest

_DRAIN = "60m"
"""Until the nodes of a pool that goes have let their pods end."""


@dataclass(frozen=True, kw_only=True)
class NodePoolsArgs:
    """What NodePools are made from."""

    manifests: tuple[Manifest, ...]
    """A pool's class before the pool."""
    cluster: Cluster
    after: tuple[pulumi.Resource, ...]
    """Who starts and ends their nodes, and the nodes' rights."""


class NodePools(pulumi.ComponentResource):
    """A pool goes before its class, once its nodes are gone: the class is what ends them."""

    resources: tuple[KubernetesObject, ...]

    def __init__(self, name: str, args: NodePoolsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("slipway:kubernetes:NodePools", name, {}, opts)
        self._name, self._args = name, args
        classes = [one for one in args.manifests if one["kind"] != "NodePool"]
        pools = [one for one in args.manifests if one["kind"] == "NodePool"]
        made = tuple(self._create(manifest, args.after) for manifest in classes)
        self.resources = (*made, *(self._create(manifest, made) for manifest in pools))
        self.register_outputs({})

    def _create(self, manifest: Manifest, after: tuple[pulumi.Resource, ...]) -> KubernetesObject:
        opts = ResourceOptions(
            parent=self,
            provider=self._args.cluster,
            depends_on=[*after],
            custom_timeouts=CustomTimeouts(delete=_DRAIN),
        )
        return KubernetesObject(logical_name(self._name, manifest), manifest, opts)
