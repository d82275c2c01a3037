"""EKS add-ons, each at the stack's version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Resource, ResourceOptions
from pulumi_aws import eks

from components.aws.component import AwsComponent
from components.specs.aws import AddonSpec


@dataclass(frozen=True, kw_only=True)
class AddonsArgs:
    """What Addons are made from."""

    cluster: Input[str]
    specs: tuple[AddonSpec, ...]
    after: tuple[Resource, ...] = ()
    """Nodes, for those whose pods have to run before EKS calls them active."""
    tags: Mapping[str, str]


class Addons(AwsComponent):
    """Their settings are the stack's: what others change on them is set back."""

    resources: Mapping[str, eks.Addon]
    """By the add-on's name."""

    def __init__(self, name: str, args: AddonsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("Addons", name, args.tags, opts)
        self.resources = {spec.name: self._create(spec, args) for spec in args.specs}
        self.register_outputs({})

    def _create(self, spec: AddonSpec, args: AddonsArgs) -> eks.Addon:
        return eks.Addon(
            self.named(spec.name),
            cluster_name=args.cluster,
            addon_name=spec.name,
            addon_version=spec.version,
            configuration_values=json.dumps(spec.values, sort_keys=True) if spec.values else None,
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="OVERWRITE",
            tags=self.tagged(spec.name),
            opts=self.child(*args.after),
        )
