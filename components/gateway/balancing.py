"""Which of the ready replicas gets a request."""

from __future__ import annotations

from components.gateway.xds import Json, extension

PICKED_HEADER = "x-gateway-destination-endpoint"
"""Of the endpoint picker protocol: the address of a replica."""


def least_requests() -> Json:
    """The one with the fewest requests in flight."""
    # Two random choices could both be the busy one; with a handful of replicas look at all.
    return extension(
        "envoy.load_balancing_policies.least_request",
        "envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest",
        {"selection_method": "FULL_SCAN"},
    )


def picked_first() -> Json:
    """The one that a picker has named, if it is ready; else as without a picker."""
    return extension(
        "envoy.load_balancing_policies.override_host",
        "envoy.extensions.load_balancing_policies.override_host.v3.OverrideHost",
        {
            "override_host_sources": [{"header": PICKED_HEADER}],
            "fallback_policy": {"policies": [{"typed_extension_config": least_requests()}]},
        },
    )
