"""From a model and what is wanted to ranked, priced candidates; pure."""

from planning.choice.candidate import Candidate, Choice, Margin
from planning.choice.choose import choose
from planning.choice.demand import Carries
from planning.choice.wanted import Demand, Wanted
from planning.choice.ways_out import ways_out

__all__ = ["Candidate", "Carries", "Choice", "Demand", "Margin", "Wanted", "choose", "ways_out"]
