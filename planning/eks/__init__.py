"""The part of a plan that is made on AWS; pure functions, one idea a file."""

from planning.eks.planned import EksPart, planned_eks

__all__ = ["EksPart", "planned_eks"]
