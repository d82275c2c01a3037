"""Which image stands behind a name: the stack file's own, else the catalog's, by digest."""

from __future__ import annotations

from dataclasses import dataclass

from planning.catalog import Catalog
from planning.image_names import ImageName
from planning.settings.images import Images


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One image that the plan needs."""

    name: ImageName
    """In `slipway:images.overrides`."""
    row: str
    """Of images.yaml."""
    reference: str
    """What the cluster pulls; without a digest where none is known."""

    @property
    def pinned(self) -> bool:
        return "@sha256:" in self.reference


def image_pin(name: ImageName, images: Images, catalog: Catalog, row: str | None = None) -> Pin:
    """`row` is the engine's version, for an image of an engine. Raises KeyError without a row."""
    row = row or name
    if own := images.overrides.named(name):
        return Pin(name=name, row=row, reference=own)
    facts = catalog.images[row].value
    digest = f"@{facts.digest}" if facts.digest else ""
    return Pin(name=name, row=row, reference=_mirrored(facts.reference, images.mirror) + digest)


def _mirrored(reference: str, mirror: str | None) -> str:
    """The same path at the mirror, in place of the registry."""
    return reference if mirror is None else f"{mirror}/{reference.partition('/')[2]}"
