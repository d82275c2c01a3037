"""The target `hf-endpoint` as `stacks` builds it, from the test's configuration."""

from __future__ import annotations

import pulumi

from stacks import hf_endpoint, outputs
from tests.support.hf_stack import spec_of

wanted = pulumi.Config("hf").require_object("target")
target = hf_endpoint.HfTarget(
    spec=spec_of("chat", wanted.get("spec", {})),
    model_name="qwen",
    estimated_monthly_usd=584.0,
    smoke_check=wanted.get("smoke", True),
    origin="Pulumi.dev.yaml",
)
outputs.export(hf_endpoint.build(target))
