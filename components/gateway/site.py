"""Where one Envoy runs, and whom it reaches from there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Address:
    """A name that resolves to every server behind it, as a headless Service's does."""

    host: str
    port: int


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Replicas of a second revision of the model."""

    address: Address
    ready_path: str
    weight: int
    """Percent of requests (0..100)."""


@dataclass(frozen=True, kw_only=True)
class PodPorts:
    """Ports that only the node and the monitoring reach, never a client."""

    probes: int
    """Readiness, liveness and metrics."""
    drain: int
    """For the hook that runs before the pod is stopped."""
    withdrawal_seconds: int
    """How long new connections may still come after the pod began to end."""


@dataclass(frozen=True, kw_only=True)
class Collector:
    """What takes traces: OTLP over gRPC."""

    address: Address
    service: str
    """Name of this gateway in the traces."""


@dataclass(frozen=True, kw_only=True)
class Remote:
    """A server by name, verified against a bundle of authorities."""

    host: str
    port: int
    path: str
    """Before every path, without a slash at the end; empty: none."""
    authorities: str
    """PEM file."""
    credential: bool
    """Whether requests carry the bearer token of `credential.json`."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """What differs between one gateway and the next, beyond what its spec says."""

    files: str
    """Folder of its configuration, absolute or from where Envoy runs."""
    mounted: bool
    """The folder is a volume of Kubernetes, whose files all change by the move of one link."""
    sockets: str
    """Folder of its own unix sockets."""
    workers: int
    """Threads that serve."""
    engine: Address | None
    """None: the replicas' unix sockets are listed in `endpoints.json`."""
    ready_path: str
    """Where a replica says whether it takes requests."""
    limits: Address | None
    """The rate limit service that all gateways share; None: this one counts by itself."""
    pod: PodPorts | None
    """None: not in a pod."""
    traces: Collector | None = None
    """None: no traces."""
    canary: Canary | None = None
    """None: there is one revision of the model."""
    picker: Address | None = None
    """Endpoint picker of the Gateway API inference extension; None: Envoy chooses a replica."""
    inference: Address | None = None
    """Where replicas take requests of KServe's protocol; None: nowhere."""
    remote: Remote | None = None
    """In place of replicas."""

    @property
    def admin(self) -> str:
        """Unix socket of the admin interface."""
        return f"{self.sockets}/admin.sock"


def local_site(directory: str) -> Site:
    """A process of this machine, with all its files in `directory`, before replicas of ours."""
    return Site(
        files=directory,
        mounted=False,
        sockets=directory,
        workers=2,
        engine=None,
        ready_path="/health/ready",
        limits=None,
        pod=None,
    )
