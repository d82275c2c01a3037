"""Starting and stopping the cluster of this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.bootstrap.progress import say
from tools.cluster import needs
from tools.cluster.build import ensure_built
from tools.cluster.builder import write_builder
from tools.cluster.cgroups import make_cgroups, remove_cgroups
from tools.cluster.commands import supervisord, write_supervisor
from tools.cluster.configs import write_configs
from tools.cluster.guard import alone
from tools.cluster.identities import write_identities
from tools.cluster.image import image_of, push
from tools.cluster.layout import KUBECONFIG, LIB, LOG, PKI, REGISTRY, STATE
from tools.cluster.namespace import end, first_process, launch
from tools.cluster.ready import await_node, await_registry

_OWNER = STATE / "owner"
"""The checkout that started it; written when it stood for the first time."""


def start() -> Path:
    """Make the cluster run; return its kubeconfig. One that runs is mended and kept.

    Raises ToolError naming what is missing, or who has the cluster of this machine.
    """
    if reason := needs.machine() or needs.packages():
        raise ToolError(f"the cluster {reason}")
    programs = ensure_built()
    with alone():
        if first_process() is not None and _OWNER.exists():
            _require_owner()
        else:
            _remove()
            _create(programs)
        await_node(programs)
        _OWNER.write_text(f"{ROOT}")
    return KUBECONFIG


def stop() -> None:
    """End the cluster and remove all that it made outside the cache."""
    with alone():
        if _OWNER.exists() and Path(_OWNER.read_text()).exists():
            _require_owner()
        _remove()


def running() -> bool:
    return first_process() is not None and _OWNER.exists()


def _create(programs: Path) -> None:
    for folder in (LIB, LOG, PKI):
        folder.mkdir(parents=True)
    STATE.chmod(0o700)
    pause = image_of(programs / "pause")
    write_configs(f"{REGISTRY}/slipway/pause@{pause.digest}")
    write_builder()
    write_identities()
    make_cgroups()
    launch(supervisord(write_supervisor(programs)))
    await_registry()
    push(pause, REGISTRY, "slipway/pause")


def _remove() -> None:
    end()
    remove_cgroups()
    if STATE.exists():
        say(f"removing {STATE}")
        shutil.rmtree(STATE)


def _require_owner() -> None:
    owner = _OWNER.read_text()
    if owner != str(ROOT):
        raise ToolError(
            f"the cluster of this machine belongs to the checkout {owner} "
            f"(process {first_process()}).\nUse it: export KUBECONFIG={KUBECONFIG}\n"
            "Or stop it there: make cluster-down"
        )
