"""One model spec on every target, like for like; pure."""

from planning.comparison.compare import Outcome, compare

__all__ = ["Outcome", "compare"]
