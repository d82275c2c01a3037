"""What runs on average, and what a month of it comes to: between the fewest and the most replicas.

HF's own formula (hf-endpoints-documentation, support/pricing.md) is this one with two levels:
rate x (hours x fewest + hours of the peak x replicas that it adds).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import expm1

from planning.catalog import Catalog
from planning.choice import Candidate
from planning.coldstart import ColdStart
from planning.month import HOURS
from planning.settings import Settings
from planning.settings.traffic import Traffic

Level = tuple[float, int]
"""A share of the time, and replicas that are billed in it."""
_RESTS = ("paused", "scaledToZero")
_LONG = 700.0
"""e to more than this is no float: nothing ever rests that long."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The time-weighted mean."""

    levels: tuple[Level, ...] | None
    """Shares that come to 1; None: not known."""
    words: tuple[str, ...]
    """What it assumes; or why it is not known."""

    @property
    def replicas(self) -> float | None:
        if self.levels is None:
            return None
        return sum(share * replicas for share, replicas in self.levels)

    def monthly_usd(self, chosen: Candidate) -> float | None:
        """Nodes are whole at every moment; None: unpriced, or not known."""
        if self.levels is None or chosen.usd_per_hour is None:
            return None
        node = chosen.usd_per_hour / chosen.nodes_per_replica
        nodes = sum(Decimal(share) * chosen.nodes(replicas) for share, replicas in self.levels)
        return float(node * nodes * HOURS)


def expected(
    settings: Settings, chosen: Candidate, start: ColdStart | None, catalog: Catalog
) -> Expected:
    """By `traffic`; a fixed number of replicas needs none."""
    fewest, most = chosen.replicas
    declared = settings.hugging_face.state if settings.target == "hf-endpoint" else None
    if declared in _RESTS:
        return Expected(levels=((1.0, 0),), words=(f"declared {declared}: not billed",))
    if fewest == most:
        return Expected(levels=((1.0, fewest),), words=(f"{fewest} all the time",))
    traffic = settings.traffic or Traffic()
    usual, said = _usual(traffic, chosen)
    if usual is None:
        return Expected(levels=None, words=(said,))
    peak = traffic.peak_share or 0.0
    up, words = 1.0, [said]
    if fewest == 0:
        if traffic.requests_per_second is None:
            reason = "not known: state traffic.requestsPerSecond, which keeps a replica from rest"
            return Expected(levels=None, words=(reason,))
        up, assumed = _awake(traffic.requests_per_second, settings, start, catalog)
        words += assumed
    if peak:
        words.append(f"{peak:.1%} of the time at {most}, as traffic.peakShare says")
    levels = ((peak, most), ((1 - peak) * up, usual), ((1 - peak) * (1 - up), 0))
    return Expected(levels=tuple(level for level in levels if level[0] > 0), words=tuple(words))


def _usual(traffic: Traffic, chosen: Candidate) -> tuple[int | None, str]:
    """Replicas beside the peak, while there is work."""
    fewest, most = max(1, chosen.replicas[0]), chosen.replicas[1]
    if chosen.needed is not None:
        usual = min(max(chosen.needed, fewest), most)
        return usual, f"{usual} at the mean rate of traffic, by the prediction of one replica"
    if traffic.peak_share is not None or most == 1:
        return fewest, f"{fewest} where there is no peak"
    reason = "not known: what one replica carries is not predicted; state traffic.peakShare"
    return None, reason


def _awake(
    rate: float, settings: Settings, start: ColdStart | None, catalog: Catalog
) -> tuple[float, list[str]]:
    """Share of the time that the last replica is billed: it starts, serves, and waits for more.

    Requests come one by one (Poisson). A replica goes after a gap of T, which needs
    (e^(rate x T) - 1) / rate seconds on average; then 1 / rate pass until the next request.
    """
    wait, what = _rest_after(settings, start, catalog)
    begin = (start.seconds or 0.0) if start else 0.0
    words = [
        f"requests come evenly by chance, {rate:g} a second round the clock",
        f"the last replica goes {what}, and starts in {begin:,.0f} s, which is billed",
    ]
    if rate * wait > _LONG:
        return 1.0, words
    served = begin + expm1(rate * wait) / rate
    return served / (served + 1 / rate), words


def _rest_after(settings: Settings, start: ColdStart | None, catalog: Catalog) -> tuple[float, str]:
    """Seconds without a request, in words too."""
    if settings.target != "hf-endpoint":
        seconds = float(start.cooldown_seconds) if start else 0.0
        return seconds, f"{seconds:,.0f} s after a request (coldStart.cooldownSeconds)"
    stated = settings.hugging_face.scaling.scale_to_zero_after
    if stated is not None:
        return stated.seconds, f"{stated} after a request (scaleToZeroAfter)"
    row = catalog.timings["endpoint/scale-to-zero"]
    return row.value.seconds, f"{row.value.seconds:,.0f} s after a request ({row.value.what})"
