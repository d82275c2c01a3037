"""The half of a preset that is AWS's own, as `stacks.eks` builds it."""

from __future__ import annotations

from dataclasses import replace

import pulumi

from stacks.eks.cluster import eks_cluster
from stacks.eks.keys import api_keys
from stacks.eks.site import eks_site
from stacks.eks.storage import storage
from tests.support.eks_stack import preset_plan

config = pulumi.Config("preset")
plan = preset_plan(config.require("name"), config.get_object("edits"))
assert plan.eks is not None
spec = replace(plan.eks, protect=False)
keys = api_keys(spec.serving.gateway.gateway.keys, origin=plan.settings.origin)
site = eks_site(spec)
eks_cluster(spec, site, storage(spec, site, keys))
