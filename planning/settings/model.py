"""Sections `model` and `models`: what is served."""

from __future__ import annotations

from typing import Annotated

from planning.settings.base import Section, Tokens, worded
from planning.settings.source import ModelSource

Sha256 = Annotated[str, worded("^[0-9a-f]{64}$", "64 hexadecimal digits in lower case")]
ServedName = Annotated[
    str,
    worded(
        r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,95}$",
        "1 to 96 letters, digits, . _ / or -, beginning with a letter or digit",
    ),
]
ConfigFile = Annotated[str, worded(r"^[^\x00-\x1f]{1,4096}$", "the path of a config.json")]


class Model(Section):
    """One model to serve."""

    source: ModelSource
    """Where the model comes from, pinned. Read: safetensors, GGUF, ONNX; no code is run."""
    name: ServedName | None = None
    """What clients send as `model`; by default the source's own name."""
    sha256: Sha256 | None = None
    """Hash of the file that `source` names; needed for a package that is not in the catalog."""
    config: ConfigFile | None = None
    """Path of the model's own `config.json`, beside the stack file: memory and context are counted
    from it. Needed for a model that the catalog does not know."""
    max_context: Tokens = 2048
    """Longest prompt and answer together, in tokens. Memory grows with it."""

    @property
    def served_name(self) -> str:
        """What clients of an endpoint send as `model`."""
        return self.name or self.source.stem
