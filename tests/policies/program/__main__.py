"""For each rule what it refuses and what it lets pass: `bad-…` and `good-…`."""

from __future__ import annotations

import pulumi

from tests.policies.program import cloud, cluster, endpoints

kinds = pulumi.Config("program").require_object("kinds")
for kind in kinds:
    cloud.declare(kind)
    cluster.declare(kind)
    endpoints.declare(kind)
