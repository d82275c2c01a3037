"""The replicas of an engine on a cluster."""

from components.kubernetes.serving.manifests import manifests

__all__ = ["manifests"]
