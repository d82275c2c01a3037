"""How fast a replica answers: a roofline, calibrated and checked by measured points."""

from planning.throughput.estimate import Performance, Range, estimate
from planning.throughput.load import Load

__all__ = ["Load", "Performance", "Range", "estimate"]
