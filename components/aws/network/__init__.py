"""The network of an EKS cluster."""

from components.aws.network.network import Network, NetworkArgs, NetworkResources

__all__ = ["Network", "NetworkArgs", "NetworkResources"]
