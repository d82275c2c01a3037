"""How Envoy is started."""

from __future__ import annotations

import math

from components.specs import GatewaySpec


def gateway_command(spec: GatewaySpec, directory: str, envoy: str) -> list[str]:
    """Arguments that start the binary `envoy` on the gateway in `directory`.

    It logs to standard output (requests) and standard error (its own state), and ends at once on
    SIGTERM. Connections on a replaced port or certificate may go on for the drain time.
    """
    return [
        envoy,
        "--config-path",
        f"{directory}/bootstrap.json",
        "--disable-hot-restart",
        "--concurrency",
        "2",
        "--drain-time-s",
        str(math.ceil(spec.drain_seconds)),
        "--drain-strategy",
        "immediate",
        "--file-flush-interval-msec",
        "1000",
        "--log-level",
        "warning",
        # The key filter's protobuf is marked as work in progress: a dozen warnings a start.
        "--component-log-level",
        "misc:error",
    ]
