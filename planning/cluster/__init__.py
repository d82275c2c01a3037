"""The part of a plan that is made on a cluster; pure functions, one idea a file."""

from planning.cluster.planned import ClusterPart, planned_cluster

__all__ = ["ClusterPart", "planned_cluster"]
