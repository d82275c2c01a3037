"""What a month of any Pulumi program costs, resource by resource.

`read_preview` or the plan give the resources before and after; `estimate` prices both alike.
"""

from planning.cost.amount import Amount
from planning.cost.estimate import Change, Estimate, estimate
from planning.cost.line import Line
from planning.cost.preview import PreviewError, read_preview
from planning.cost.resource import Resource

__all__ = [
    "Amount",
    "Change",
    "Estimate",
    "Line",
    "PreviewError",
    "Resource",
    "estimate",
    "read_preview",
]
