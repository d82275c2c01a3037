"""How Envoy is started."""

from __future__ import annotations

import math

from components.gateway.site import Site
from components.specs import GatewaySpec


def gateway_command(
    spec: GatewaySpec, site: Site, envoy: str, bootstrap: str | None = None
) -> list[str]:
    """Arguments that start the binary `envoy` at `site`; `bootstrap` is the content of that file
    where it is not in the site's folder.

    It logs to standard output (requests) and standard error (its own state), and ends at once on
    SIGTERM. Connections on a replaced port or certificate may go on for the drain time.
    """
    return [
        envoy,
        *(
            ("--config-path", f"{site.files}/bootstrap.json")
            if bootstrap is None
            else ("--config-yaml", bootstrap)
        ),
        "--disable-hot-restart",
        "--concurrency",
        str(site.workers),
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
