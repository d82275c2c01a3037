"""`ratelimit`: stands in for `envoyproxy/ratelimit`, Envoy's service of limits that are shared."""

from __future__ import annotations

from tools.cluster.standins.golang import GoPrograms

RATELIMIT = GoPrograms(
    name="ratelimit",
    version="1.4.1-0.20260122083618-3fb702589d36",
    packages={"ratelimit": "github.com/envoyproxy/ratelimit/src/service_cmd"},
    disk_gigabytes=2.0,
).standin("ratelimit", "ratelimit", "/bin/ratelimit")
