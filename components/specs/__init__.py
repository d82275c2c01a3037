"""What components accept: frozen, Pulumi-free values.

`planning` makes them, `components` and `providers` translate them; neither decides anything more.
Sizes are bytes, times are seconds, contexts are tokens.
"""

from components.specs.gateway import GatewaySpec, HoldSpec, KeySpec, TlsSpec
from components.specs.huggingface import (
    HfEndpointSpec,
    HfGatewaySpec,
    HfImageSpec,
    HfPrivateLinkSpec,
    HfRegistrySpec,
    HfScalingSpec,
)
from components.specs.local import Device, LocalSpec, ModelSpec, Quantization, ServerSpec

__all__ = [
    "Device",
    "GatewaySpec",
    "HfEndpointSpec",
    "HfGatewaySpec",
    "HfImageSpec",
    "HfPrivateLinkSpec",
    "HfRegistrySpec",
    "HfScalingSpec",
    "HoldSpec",
    "KeySpec",
    "LocalSpec",
    "ModelSpec",
    "Quantization",
    "ServerSpec",
    "TlsSpec",
]
