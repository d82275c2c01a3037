"""Managed node groups of a pool."""

from components.aws.pools.pool import ManagedPool, ManagedPoolArgs, ManagedPoolResources

__all__ = ["ManagedPool", "ManagedPoolArgs", "ManagedPoolResources"]
