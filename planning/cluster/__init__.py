"""The part of a plan that is made on a cluster; pure functions, one idea a file."""

from planning.cluster.spec import kubernetes_spec

__all__ = ["kubernetes_spec"]
