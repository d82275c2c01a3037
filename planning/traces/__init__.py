"""Recorded traffic: when requests came and how long they were, in published formats."""

from planning.traces.arrival import Arrival
from planning.traces.read import TraceError, read_trace

__all__ = ["Arrival", "TraceError", "read_trace"]
