"""Bringing an endpoint into its declared state: running, paused or scaled to zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from providers.huggingface.client import Client
from providers.huggingface.observed import Raw, state_of
from providers.huggingface.waiting import Wait


def settle(
    client: Client, wait: Wait, name: str, inputs: Mapping[str, Any], raw: Raw, *, looks: int
) -> Raw:
    """The endpoint once it is as declared. Raises EndpointError."""
    minutes = float(inputs["readyTimeoutMinutes"])
    wanted, state = inputs.get("state"), state_of(raw)
    # Only inside somebody's network does a private endpoint answer.
    probe = "privateLink" not in inputs
    if wanted == "paused" and state == "paused":
        return raw
    if wanted == "running" and state == "paused":
        client.resume(name)
        looks = 1
    if wanted == "running":
        return _woken(client, wait, name, minutes, probe=probe, looks=looks)
    if wanted is not None and state == wanted:
        return raw
    if not (wanted == "paused" and state == "running"):
        raw = wait.serving(minutes=minutes, probe=probe, awake=False, looks=looks)
    if wanted == "paused" and state_of(raw) != "paused":
        client.pause(name)
        return wait.state("paused", minutes=minutes)
    if wanted == "scaledToZero" and state_of(raw) != "scaledToZero":
        client.scale_to_zero(name)
        return wait.state("scaledToZero", minutes=minutes)
    return raw


def _woken(
    client: Client, wait: Wait, name: str, minutes: float, *, probe: bool, looks: int
) -> Raw:
    """Serving; a pause that comes in between is somebody's, and is taken back once."""
    raw = wait.serving(minutes=minutes, probe=probe, awake=True, looks=looks)
    if state_of(raw) == "paused":
        client.resume(name)
        raw = wait.serving(minutes=minutes, probe=probe, awake=True)
    return raw
