"""Section `checks`: what is asked around `up`."""

from __future__ import annotations

from planning.settings.base import Flag, Section


class Checks(Section):
    """What is asked around `up`."""

    preflight: Flag = True
    """Ask account, hub or cluster whether the plan can be met, before anything is made; `python -m
    operations preflight` asks the same."""
    smoke: Flag = True
    """Ask for one token after each change."""
