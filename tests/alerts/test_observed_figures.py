"""What is asked of Prometheus comes to the figures that the series were written for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from operations.observe.measures import Load, Measures, measures
from operations.observe.prometheus import Prometheus, PrometheusError
from planning.catalog import load_catalog
from planning.prediction import FigureName, LoadName
from tests.support.predictions import PREDICTION, SERIES
from tests.support.prometheus_server import prometheus

END = 1_796_000_000
FIGURES: dict[FigureName, float] = {
    "ttftMs": 60,
    "ttftP95Ms": 78,
    "itlMs": 10,
    "outputTokensPerSecond": 250,
    "startSeconds": 300,
    "replicas": 2,
}
LOAD: dict[LoadName, float] = {"concurrency": 10, "promptTokens": 500, "outputTokens": 250}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prometheus(SERIES, end=END, folder=tmp_path_factory.mktemp("prometheus")) as url:
        yield url


def _measured(address: str, at: float = END) -> tuple[Measures, Load]:
    server = Prometheus(address, 30)
    return measures(PREDICTION, load_catalog(), server, window="1h", at=at)


def test_every_figure_and_the_load_are_what_was_written(address: str) -> None:
    figures, load = _measured(address)
    assert {name: one.value for name, one in figures.items()} == pytest.approx(FIGURES)
    assert {name: one.value for name, one in load.items()} == pytest.approx(LOAD)
    assert "vllm:time_to_first_token_seconds_bucket" in figures["ttftMs"].source


def test_a_window_without_series_measures_nothing_and_no_zero(address: str) -> None:
    figures, load = _measured(address, at=END + 86_400)
    assert {one.value for one in (*figures.values(), *load.values())} == {None}
    assert "no such series" in (figures["replicas"].why_not or "")


def test_a_refused_query_is_said_with_its_status(address: str) -> None:
    with pytest.raises(PrometheusError, match="status 400"):
        Prometheus(address, 30).value("sum(", END)


def test_what_cannot_be_reached_is_said_without_its_address() -> None:
    with pytest.raises(PrometheusError, match="cannot be reached") as raised:
        Prometheus("http://127.0.0.1:1/private", 5).value("up", END)
    assert "private" not in str(raised.value)
