"""The wait for what controllers have made for a cluster on AWS."""

from providers.local.drain.drain import Drain

__all__ = ["Drain"]
