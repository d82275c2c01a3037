"""Changes as pull requests make them, by name, each as the preview of one."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from planning.catalog import load_catalog
from planning.cost import estimate, read_preview
from planning.cost.guard import over
from planning.cost.report.build import cost_document
from planning.cost.report.document import CostDocument
from planning.settings.budget import Budget
from tests.support.cost_previews import (
    CLUSTER,
    ENDPOINT,
    GROUP,
    NODE_POOL,
    endpoint,
    group,
    preview_text,
    recorded,
    step,
)

_TODAY = datetime.date(2026, 12, 1)
_L4 = group(["g6.xlarge"], 1, 2)


def _pool(types: list[str], **limits: int) -> dict[str, Any]:
    key = "node.kubernetes.io/instance-type"
    requirements = [
        {"key": key, "operator": "In", "values": types},
        {"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["us-east-1a"]},
    ]
    template = {"spec": {"requirements": requirements, "nodeClassRef": {"name": "none"}}}
    return {"metadata": {"name": "gpus"}, "spec": {"template": template, "limits": limits}}


CHANGES: dict[str, Callable[[], str]] = {
    "no-change": lambda: preview_text([step("same", GROUP, old=_L4, new=_L4)]),
    "scale-up": lambda: preview_text(
        [step("update", GROUP, old=_L4, new=group(["g6.xlarge"], 2, 8))]
    ),
    "scale-down": lambda: preview_text(
        [step("update", GROUP, old=group(["g6.xlarge"], 2, 8), new=_L4)]
    ),
    "to-spot": lambda: preview_text(
        [step("replace", GROUP, old=_L4, new={**_L4, "capacityType": "SPOT"})]
    ),
    "over-budget": lambda: preview_text(
        [step("update", GROUP, old=_L4, new=group(["g6.xlarge"], 2, 8))]
    ),
    "another-gpu": lambda: preview_text(
        [step("replace", GROUP, old=_L4, new=group(["p5.48xlarge"], 1, 2))]
    ),
    "another-engine": lambda: preview_text(
        [
            step("same", CLUSTER, old={"version": "1.36"}, new={"version": "1.36"}),
            step(
                "update",
                NODE_POOL,
                old=_pool(["c7i.xlarge"], cpu=8),
                new=_pool(["g6.xlarge"], **{"nvidia.com/gpu": 2}),
            ),
        ]
    ),
    "from-hugging-face": lambda: preview_text(
        [
            step("delete", ENDPOINT, old=endpoint(0, 2)),
            step("create", CLUSTER, new={"version": "1.36"}),
            step("create", GROUP, new=_L4),
        ]
    ),
    "to-hugging-face": lambda: preview_text(
        [
            step("delete", CLUSTER, old={"version": "1.36"}),
            step("delete", GROUP, old=_L4),
            step("create", ENDPOINT, new=endpoint(0, 2)),
        ]
    ),
    "new-karpenter-pool": lambda: preview_text(
        [
            step(
                "create",
                NODE_POOL,
                new=_pool(["g6.xlarge", "g6.12xlarge"], **{"nvidia.com/gpu": 8}),
            )
        ]
    ),
    "pool-without-limits": lambda: preview_text(
        [step("create", NODE_POOL, new=_pool(["g6.xlarge"]))]
    ),
    "destroy": lambda: preview_text([step("delete", GROUP, old=_L4)]),
    "import": lambda: preview_text([step("import", GROUP, new=_L4)]),
    "replacement": lambda: recorded("small-replace"),
    "price-unknown": lambda: preview_text(
        [step("update", GROUP, old=_L4, new=group(["p5e.48xlarge"], 1, 1))]
    ),
    "foreign": lambda: preview_text(
        [
            step("create", "aws:rds/instance:Instance", new={"instanceClass": "db.r7g.large"}),
            step("create", "aws:s3/bucket:Bucket", new={}),
            step("create", "aws:lambda/function:Function", new={"memorySize": 1024}),
        ]
    ),
    "new-stack-on-eks": lambda: recorded("eks-cpu"),
    "own-cluster": lambda: recorded("kubernetes-vllm-scale-to-zero"),
}

BUDGETS = {"over-budget": Budget.model_validate({"monthly": "$3000", "maxIncrease": "$500"})}
"""By the change that is held against it."""


def document_of(text: str, budget: Budget | None = None) -> CostDocument:
    found = read_preview(text)
    priced = estimate(found.before, found.after, load_catalog(), str(_TODAY))
    problems = over(budget, priced.total.at, priced.total_before.at) if budget else ()
    return cost_document(priced, found.operations, found.stack, _TODAY, problems, budget)


def document_of_change(name: str) -> CostDocument:
    return document_of(CHANGES[name](), BUDGETS.get(name))
