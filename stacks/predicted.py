"""What the plan predicts, as an output of the stack: `python -m operations observe` reads it."""

from __future__ import annotations

from typing import Any

import pulumi

from components.kubernetes import names
from planning.plan import Plan
from planning.prediction import prediction

OUTPUT = "predicted"


def export(plan: Plan) -> None:
    pulumi.export(OUTPUT, predicted(plan))


def predicted(plan: Plan) -> dict[str, Any]:
    """Plain values; what is not predicted is not there."""
    cluster = plan.kubernetes or (plan.eks.serving if plan.eks else None)
    pods = f"{names.serving(cluster)}-" if cluster else None
    found = prediction(plan).model_copy(update={"pods": pods})
    return found.model_dump(mode="json", by_alias=True, exclude_none=True)
