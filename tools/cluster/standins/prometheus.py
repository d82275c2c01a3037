"""`prometheus`: stands in for `prom/prometheus`.

Debian's server leaves out the discovery of pods, without which no PodMonitor finds anything.
"""

from __future__ import annotations

from tools.cluster.standins.golang import GoPrograms

_NAME = "prometheus"
_VERSION = "3.16.0"
_MODULE = "github.com/prometheus/prometheus"

PROGRAMS = GoPrograms(
    name=_NAME,
    version=_VERSION,
    packages={_NAME: f"{_MODULE}/cmd/prometheus"},
    ldflags=f"-s -w -X github.com/prometheus/common/version.Version={_VERSION}",
    # Of all that it can discover, the pods alone: clouds' libraries take longest to compile. Its
    # pages are not in the Go module.
    tags="remove_all_sd,enable_kubernetes_sd",
    disk_gigabytes=4.0,
)
PROMETHEUS = PROGRAMS.standin(_NAME, _NAME, "/bin/prometheus")
