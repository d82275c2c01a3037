"""Figures as PromQL, by the metric names of the pinned engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from components.kubernetes.monitoring.records import READY
from components.specs.engine import Meaning
from components.specs.scrape import series
from planning.catalog import Catalog
from planning.catalog.rows.contract import MetricsFacts
from planning.prediction import FigureName, LoadName, Prediction


class NoQueryError(Exception):
    """A figure cannot be asked for; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Means over the `window` before the time of the query, such as `24h`."""

    prediction: Prediction
    metrics: MetricsFacts
    window: str

    def first_token(self, quantile: float) -> str:
        """Milliseconds; exact at the bounds of the histogram only, between them interpolated."""
        buckets = self._grown("ttft", "_bucket")
        return f"1000 * histogram_quantile({quantile}, sum by (le) ({buckets}))"

    def between_tokens(self) -> str:
        """Milliseconds."""
        return f"1000 * sum({self._grown('itl', '_sum')}) / sum({self._grown('itl', '_count')})"

    def tokens_per_second(self) -> str:
        """Of one ready replica."""
        return f"sum(rate({self._engine('generation_tokens')}[{self.window}])) / {self.replicas()}"

    def replicas(self) -> str:
        """Ready ones, as the gateways see them: a series of the stack's own rules."""
        ready = series(READY, self._namespace, self.prediction.stack)
        return f"sum(avg_over_time({ready}[{self.window}]))"

    def start(self) -> str:
        """Seconds from a pod's creation until it was ready first; the median of pods.

        By kube-state-metrics; a pod of before the window counts too, as long as it is there.
        """
        if self.prediction.pods is None:
            raise NoQueryError("the stack has no pods")
        labels = f'{{namespace="{self._namespace}", pod=~"{self.prediction.pods}.+"}}'
        took = (
            f"kube_pod_status_ready_time{labels} "
            f"- on (namespace, pod, uid) kube_pod_created{labels}"
        )
        return f"quantile(0.5, min_over_time(({took})[{self.window}:1m]))"

    def concurrency(self) -> str:
        """Requests in flight of one ready replica."""
        running = f"sum({self._engine('running')})"
        return f"avg_over_time({running}[{self.window}:1m]) / {self.replicas()}"

    def tokens_per_request(self, meaning: Meaning) -> str:
        return f"sum({self._grown(meaning)}) / sum({self._grown('requests')})"

    @property
    def _namespace(self) -> str:
        if self.prediction.namespace is None:
            raise NoQueryError("the stack brings no monitors of its own")
        return self.prediction.namespace

    def _grown(self, meaning: Meaning, ending: str = "") -> str:
        return f"increase({self._engine(meaning, ending)}[{self.window}])"

    def _engine(self, meaning: Meaning, ending: str = "") -> str:
        name = self.metrics.names.get(meaning)
        if name is None:
            raise NoQueryError(f"{self.prediction.engine_version} does not report it")
        label = self.metrics.model_label
        matchers = {label: self.prediction.model} if label else {}
        return series(name + ending, self._namespace, self.prediction.stack, matchers)


FIGURES: dict[FigureName, Callable[[Asker], str]] = {
    "ttftMs": lambda ask: ask.first_token(0.5),
    "ttftP95Ms": lambda ask: ask.first_token(0.95),
    "itlMs": Asker.between_tokens,
    "outputTokensPerSecond": Asker.tokens_per_second,
    "startSeconds": Asker.start,
    "replicas": Asker.replicas,
}
LOAD: dict[LoadName, Callable[[Asker], str]] = {
    "concurrency": Asker.concurrency,
    "promptTokens": lambda ask: ask.tokens_per_request("prompt_tokens"),
    "outputTokens": lambda ask: ask.tokens_per_request("generation_tokens"),
}


def asker(prediction: Prediction, catalog: Catalog, window: str) -> Asker:
    """Raises NoQueryError where nobody has looked up what the engine reports."""
    if prediction.engine_version is None:
        raise NoQueryError("the stack brings no monitors of its own")
    contract = catalog.engine_contracts.get(prediction.engine_version)
    if contract is None:
        raise NoQueryError(f"no metric names are known of {prediction.engine_version}")
    return Asker(prediction=prediction, metrics=contract.value.metrics, window=window)
