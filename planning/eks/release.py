"""The machine image of a pool's nodes."""

from __future__ import annotations

from typing import Literal, cast

from components.specs.aws import NodeImageSpec
from planning.asked import kubernetes_version, node_image
from planning.catalog import Catalog
from planning.catalog.rows.hardware import InstanceFacts
from planning.settings import Settings
from planning.settings.pool import Pool

UNRESOLVED = "unresolved"


def node_image_spec(
    settings: Settings, pool: Pool, facts: InstanceFacts, catalog: Catalog
) -> NodeImageSpec:
    """Of the pool's own `ami`, else that of the pool that serves."""
    row = pool.ami or node_image(settings, catalog)
    family, _, release = (row or f"al2023/{UNRESOLVED}").partition("/")
    return NodeImageSpec(
        family=cast('Literal["al2023", "bottlerocket"]', family),
        release=release or UNRESOLVED,
        kubernetes=kubernetes_version(settings, catalog) or UNRESOLVED,
        architecture="x86_64",
        gpu=facts.gpu is not None,
    )
