"""Section `huggingFace`: the Inference Endpoint."""

from __future__ import annotations

from planning.settings.base import Section
from planning.settings.engine import CatalogName


class HuggingFace(Section):
    """The Inference Endpoint."""

    hardware: CatalogName | None = None
    """A size of the catalog, such as `aws/nvidia-l4/x1`. Left out: the cheapest that fits."""
