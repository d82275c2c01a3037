"""Pools whose nodes come and go with pods: Karpenter's objects, and Auto Mode's."""

from __future__ import annotations

from components.kubernetes.karpenter.manifests import manifests
from components.kubernetes.karpenter.site import NodeSite

__all__ = ["NodeSite", "manifests"]
