"""From a model and what is wanted to ranked, priced candidates; pure."""

from planning.choice.candidate import Candidate, Choice, Margin
from planning.choice.wanted import Demand, Wanted

__all__ = ["Candidate", "Choice", "Demand", "Margin", "Wanted"]
