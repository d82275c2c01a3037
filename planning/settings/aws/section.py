"""Section `aws`: what is made on AWS."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.aws.cluster import Cluster
from planning.settings.aws.edge import Edge
from planning.settings.aws.identity import Identity
from planning.settings.aws.network import Network
from planning.settings.aws.storage import CloudSecrets, Registry
from planning.settings.aws.words import Region, TagKey, TagValue, WorkspaceArn, Zone
from planning.settings.base import Flag, Section


class Aws(Section):
    """What is made on AWS."""

    region: Region = "us-east-1"
    """Region of the cluster; prices are this region's or unknown, never another's."""
    zones: Annotated[tuple[Zone, ...], Field(min_length=1, max_length=6)] | None = None
    """Availability zones of the network. Left out: those of the region that offer the instance, as
    far as the catalog knows them."""
    environment: Literal["dev", "prod"] = "dev"
    """What the defaults below are for. `dev`: affordable. `prod`: an API server and a load balancer
    that only the VPC reaches, a NAT gateway in each zone, flow logs, and protection."""
    protect: Flag | None = None
    """Refuse to destroy cluster, network, keys, images and weights. Left out: with `environment:
    prod`."""
    tags: dict[TagKey, TagValue] = Field(default_factory=dict[str, str])
    """On every object, beside the project's own."""
    network: Network = Network.model_construct()
    """The network of the cluster."""
    cluster: Cluster = Cluster.model_construct()
    """The control plane."""
    identity: Identity = Identity.model_construct()
    """Roles that are made."""
    edge: Edge = Edge.model_construct()
    """How requests from outside the cluster come in."""
    registry: Registry = Registry.model_construct()
    """The repository in ECR for the image that `up` builds."""
    secrets: CloudSecrets = CloudSecrets.model_construct()
    """Secrets that are in Secrets Manager already."""
    prometheus_workspace: WorkspaceArn | None = None
    """Of Amazon Managed Service for Prometheus: the cluster's Prometheus writes there too, where
    Amazon Managed Grafana reads. Left out: samples stay in the cluster."""
