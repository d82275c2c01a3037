"""A histogram cheap enough to be fed once a token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from prometheus_client.metrics_core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector


class TokenHistogram(Collector):
    """Fed by one thread, read by any.

    prometheus_client's own takes two locks and walks the bounds for each value, which costs more
    than all else that is done for a token on its way out.
    """

    def __init__(self, name: str, text: str, labels: Mapping[str, str], bounds: Sequence[float]):
        self._name = name
        self._text = text
        self._labels = labels
        self._bounds = tuple(map(float, bounds))
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        self._counts[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def collect(self) -> Iterable[Metric]:
        total = 0
        buckets: list[tuple[str, float]] = []
        for bound, count in zip((*self._bounds, "+Inf"), self._counts, strict=True):
            total += count
            buckets.append((str(bound), total))
        family = HistogramMetricFamily(self._name, self._text, labels=tuple(self._labels))
        family.add_metric(tuple(self._labels.values()), buckets, self._sum)
        yield family
