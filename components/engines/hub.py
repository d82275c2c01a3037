"""Where files of the model hub lie, and everything else that an engine's libraries keep."""

from __future__ import annotations

from collections.abc import Mapping

from components.engines.parts import folder
from components.specs.engine import ContractSpec, EngineSpec

HUB_CACHE = "/var/cache/huggingface"
"""Where a repository's files lie, whoever puts them there."""


def snapshot(spec: EngineSpec) -> str:
    """Folder of the model's files: for a program that cannot be told a revision."""
    if found := folder(spec.model):
        return found
    if spec.revision is None:
        raise ValueError(f"{spec.model} has no revision: its files cannot be found offline")
    return f"{HUB_CACHE}/models--{spec.model.replace('/', '--')}/snapshots/{spec.revision}"


def caches(contract: ContractSpec) -> Mapping[str, str]:
    """Variables that send all that libraries write into the scratch folders."""
    home = contract.scratch[-1]
    cache = f"{home}/.cache"
    return {
        "HOME": home,
        # torch names a cache by the user, who has no entry in the image's list.
        "USER": "slipway",
        "TMPDIR": "/tmp",  # noqa: S108 (a scratch folder of its own)
        "XDG_CACHE_HOME": cache,
        "XDG_CONFIG_HOME": f"{home}/.config",
        "HF_HOME": f"{cache}/huggingface",
        "HF_HUB_CACHE": HUB_CACHE,
        "TRITON_CACHE_DIR": f"{cache}/triton",
    }
