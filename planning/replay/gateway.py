"""What the gateway lets in: its limits are the deployed ones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(kw_only=True)
class Gateway:
    """A trace does not say whose a request is: all keys' minutes are one."""

    in_flight: int
    per_minute: int | None
    _minute: int = -1
    _left: float = 0.0

    def taken(self, now: float, came: float, in_flight: float) -> float:
        """Of `came` requests; the others are refused (429, 503)."""
        taken = min(came, max(0.0, self.in_flight - in_flight))
        if self.per_minute is None:
            return taken
        if int(now // 60) != self._minute:
            self._minute, self._left = int(now // 60), self.per_minute
        taken = min(taken, self._left)
        self._left -= taken
        return taken
