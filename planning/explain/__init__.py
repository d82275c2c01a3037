"""The arithmetic of every figure of a plan, with sources."""

from planning.explain.figures import Explained, explain, figures_of

__all__ = ["Explained", "explain", "figures_of"]
