"""What a stand-in is, and the folder of the cache that keeps it built."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap.kept import Kept
from tools.bootstrap.lock import exclusive
from tools.bootstrap.progress import say
from tools.cluster.image import Image, compressed, digest, image_of_layer

_LAYER = "layer.tar.gz"
_CONTENT = "content"
"""The digest of the layer before compression."""


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """One image of one layer."""

    name: str
    """Also its repository: `slipway/<name>`."""
    version: str
    pins: Sequence[Path]
    """Files whose content decides what is built."""
    run: Mapping[str, str | Sequence[str]]
    """OCI's `config`: Entrypoint, Cmd, Env, User, WorkingDir."""
    layer: Callable[[Path], Path]
    """Makes the uncompressed tar; given a scratch folder. Raises ToolError."""

    @property
    def kept(self) -> Kept:
        """`<cache>/stand-ins/<name>/<version>-<hash of the pins>`."""
        return Kept(
            room=f"stand-ins/{self.name}",
            version=self.version,
            pins=self.pins,
            programs=(_LAYER, _CONTENT),
        )

    def image(self) -> Image:
        """The image, built if it is not there. Raises ToolError where that fails."""
        kept = self.kept
        folder = kept.complete()
        if folder is None:
            with exclusive(kept.lock, f"building the stand-in {self.name}"):
                folder = kept.complete() or self._build()
        content = (folder / _CONTENT).read_text()
        return image_of_layer((folder / _LAYER).read_bytes(), content, self.run)

    def _build(self) -> Path:
        say(f"building the stand-in {self.name} {self.version} (once)")
        kept = self.kept
        with kept.assembled() as folder:
            tar = self.layer(folder)
            content = tar.read_bytes()
            tar.unlink()
            (folder / _LAYER).write_bytes(compressed(content))
            (folder / _CONTENT).write_text(digest(content))
        return kept.bin_dir
