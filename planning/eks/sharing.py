"""GPUs that several pods share: labels of nodes, and what the operator behind them is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planning.settings import Settings
from planning.settings.pool import Pool

DEVICE_PLUGIN = "nvidia-device-plugin"
_OPERATOR = "gpu-operator"
_WHOLE = "whole"
"""Nodes without a label of their own share nothing."""


def sharing_labels(pool: Pool) -> Mapping[str, str]:
    """NVIDIA's device plugin and its manager of MIG read them."""
    if pool.mig_profile is not None:
        return {"nvidia.com/mig.config": pool.mig_profile}
    if pool.time_slices is not None:
        return {"nvidia.com/device-plugin.config": _slices(pool.time_slices)}
    return {}


def sharing_operator(settings: Settings) -> str | None:
    """The device plugin alone has no MIG: the GPU operator is there in its place. None: no pool
    shares."""
    if any(pool.mig_profile is not None for pool in settings.pools):
        return _OPERATOR
    slices = any(pool.time_slices is not None for pool in settings.pools)
    return DEVICE_PLUGIN if slices else None


def sharing_values(settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """Values by the chart's name."""
    profiles = {pool.mig_profile for pool in settings.pools if pool.mig_profile is not None}
    counts = sorted({pool.time_slices for pool in settings.pools if pool.time_slices is not None})
    found: dict[str, Mapping[str, Any]] = {}
    if profiles:
        found[_OPERATOR] = {
            # The node image has both.
            "driver": {"enabled": False},
            "toolkit": {"enabled": False},
            # Parts of one size are `nvidia.com/gpu`, as whole ones are; others have their names.
            "mig": {"strategy": "mixed" if profiles & {"all-balanced"} else "single"},
        }
    if counts:
        named = {_slices(count): _config(count) for count in counts}
        found[DEVICE_PLUGIN] = {
            "config": {"default": _WHOLE, "map": {_WHOLE: "version: v1\n", **named}}
        }
    return found


def _slices(count: int) -> str:
    return f"slices-{count}"


def _config(count: int) -> str:
    return (
        "version: v1\nsharing:\n  timeSlicing:\n    resources:\n"
        f"      - name: nvidia.com/gpu\n        replicas: {count}\n"
    )
