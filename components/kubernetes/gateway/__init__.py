"""The gateway on a cluster: the Envoy of target `local`, in pods."""

from components.kubernetes.gateway.manifests import manifests
from components.kubernetes.gateway.site import secret_files

__all__ = ["manifests", "secret_files"]
