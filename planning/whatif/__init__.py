"""What one change would come to, by planning again."""

from planning.whatif.ask import what_ifs
from planning.whatif.value import WhatIf

__all__ = ["WhatIf", "what_ifs"]
