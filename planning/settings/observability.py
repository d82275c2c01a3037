"""Section `observability`: what Prometheus and Grafana get."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planning.settings.base import Flag, Section, worded
from planning.settings.labels import Label, LabelValue

Url = Annotated[
    str,
    worded(
        r"^https?://[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]{0,255})?$",
        "a URL such as http://prometheus.monitoring.svc:9090",
    ),
]
HostPort = Annotated[
    str,
    worded(
        r"^[A-Za-z0-9][A-Za-z0-9.-]{0,252}:[0-9]{1,5}$",
        "host and port, such as otel-collector.monitoring.svc:4317",
    ),
]


class Observability(Section):
    """What Prometheus and Grafana get."""

    monitors: Flag | None = None
    """Monitors for Prometheus' operator. Left out: where it is among `kubernetes.operators`."""
    rules: Flag | None = None
    """Recording and alert rules. Left out: as `monitors`."""
    dashboards: Flag | None = None
    """Dashboards for Grafana. Left out: as `monitors`."""
    labels: dict[Label, LabelValue] = Field(default_factory=dict[str, str])
    """On monitors and rules, where the cluster's Prometheus selects by them."""
    prometheus_url: Url | None = None
    """Where the autoscaler asks, as seen from the cluster. Left out: that of the
    kube-prometheus-stack that `kubernetes.operators` installs."""
    traces: HostPort | None = None
    """OTLP over gRPC. Left out: no traces."""
    runbooks: Url | None = None
    """Where an alert's link leads, before `/<alert>.md`. Left out: their folder in this project,
    `docs/runbooks`."""
