"""Reading Envoy's admin interface: which replicas really get requests."""

from __future__ import annotations

from pydantic import BaseModel

from components.gateway.clusters import ENGINE


def serving_sockets(clusters: bytes) -> frozenset[str]:
    """Sockets of the replicas that get requests now, from the answer of `/clusters?format=json`.

    A replica newly written to `endpoints.json` is in it once its first health check passed, so a
    replacement is safe in two steps: add the new one, wait until it is here, take the old one out.
    """
    statuses = _Clusters.model_validate_json(clusters).cluster_statuses
    return frozenset(
        host.address.pipe.path
        for cluster in statuses
        if cluster.name == ENGINE
        for host in cluster.host_statuses
        if not host.health_status.failing()
    )


class _Pipe(BaseModel):
    path: str


class _Address(BaseModel):
    pipe: _Pipe


class _Health(BaseModel):
    failed_active_health_check: bool = False
    failed_outlier_check: bool = False
    pending_dynamic_removal: bool = False
    pending_active_hc: bool = False

    def failing(self) -> bool:
        return (
            self.failed_active_health_check
            or self.failed_outlier_check
            or self.pending_dynamic_removal
            or self.pending_active_hc
        )


class _Host(BaseModel):
    address: _Address
    health_status: _Health = _Health()


class _Cluster(BaseModel):
    name: str
    host_statuses: list[_Host] = []


class _Clusters(BaseModel):
    cluster_statuses: list[_Cluster] = []
