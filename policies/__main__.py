"""Rules that `pulumi preview --policy-pack policies` holds a stack to, before anything changes."""

import sys
from pathlib import Path

from pulumi_policy import PolicyPack

# The engine starts the pack in its own folder, and rules share code with the plan.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from policies import (
    budget,
    gpu_pool,
    image_digest,
    imds,
    protection,
    public_endpoint,
    tags,
    wildcard_iam,
)

PolicyPack(
    "slipway",
    policies=[
        budget.OVER,
        budget.UNCHECKED,
        gpu_pool.POLICY,
        image_digest.POLICY,
        public_endpoint.POLICY,
        public_endpoint.ENTRANCE,
        imds.POLICY,
        wildcard_iam.POLICY,
        tags.POLICY,
        protection.POLICY,
    ],
)
