"""The gateway behind a load balancer of AWS, which the cluster's controller makes."""

from __future__ import annotations

from components.kubernetes.edge.site import EdgeSite, edge_name
from components.kubernetes.edge.swap import with_edge

__all__ = ["EdgeSite", "edge_name", "with_edge"]
