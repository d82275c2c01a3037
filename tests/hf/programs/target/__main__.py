"""The target `hf-endpoint` as `stacks` builds it, from the test's configuration."""

from __future__ import annotations

import pulumi

from components.specs import HfGatewaySpec
from stacks import hf_endpoint, outputs
from tests.support.hf_stack import spec_of
from tests.support.live_gateway import gateway_spec

wanted = pulumi.Config("hf").require_object("target")
front = wanted.get("gateway")
target = hf_endpoint.HfTarget(
    spec=spec_of("chat", wanted.get("spec", {})),
    model_name="qwen",
    estimated_monthly_usd=584.0,
    smoke_check=wanted.get("smoke", True),
    origin="Pulumi.dev.yaml",
    gateway=front
    and HfGatewaySpec(
        gateway=gateway_spec(port=front["port"], requests_per_minute=front.get("limit")),
        token=front["token"],
    ),
)
outputs.export(hf_endpoint.build(target))
