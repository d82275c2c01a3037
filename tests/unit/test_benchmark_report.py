"""The benchmark page says what the kept results say, and "not measured" where there are none."""

from __future__ import annotations

import pytest

from benchmarks.catalog import BY_NAME
from benchmarks.report import render
from benchmarks.results import Machine, Measurement, Outcome, Result, Series

MACHINE = Machine(
    cpu="Some CPU", cores=2, flags=("avx2",), memory_mib=1024, system="Linux 6", load=0.1
)


def result(started: str, ours: tuple[float, ...], peer: tuple[float, ...]) -> Result:
    measurement = Measurement(
        setup={"Threads": 2},
        versions={"onnxruntime": "1.0"},
        series=(
            Series(name="ours rate", unit="tok/s", values=ours),
            Series(name="transformers rate", unit="tok/s", values=peer),
        ),
        outcomes=(Outcome(goal="one-stream", ours="ours rate", peer="transformers rate"),),
    )
    return Result(
        benchmark="transformers",
        started=started,
        seconds=10,
        command="python -m benchmarks transformers",
        commit="abc",
        machine=MACHINE,
        measurement=measurement,
    )


def row(page: str, start: str) -> str:
    [found] = [line for line in page.splitlines() if line.startswith(f"| {start}")]
    return found


def test_a_goal_without_a_result_is_not_measured() -> None:
    page = render([])

    goals = [line for line in page.splitlines() if line.startswith("| ") and ":" in line]
    assert len(goals) == sum(len(benchmark.goals) for benchmark in BY_NAME.values())
    assert all(line.endswith("| not measured |  |") for line in goals)


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    page = render([result("2026-01-02T03:04:05Z", (40, 90, 100), (10, 10, 20))])

    cells = [cell.strip() for cell in row(page, "transformers:").split("|")]
    assert cells[3:8] == [
        "90 tok/s (40..100)",
        "10 tok/s (10..20)",
        "5 x (4..9)",
        "yes",
        "2026-01-02",
    ]


def test_a_missed_goal_says_no() -> None:
    page = render([result("2026-01-02T03:04:05Z", (39.9,), (10,))])

    assert "| **no** |" in row(page, "transformers:")


def test_the_newest_result_of_a_benchmark_counts() -> None:
    page = render(
        [result("2026-01-01T00:00:00Z", (80,), (10,)), result("2026-02-01T00:00:00Z", (60,), (10,))]
    )

    assert "6 x" in row(page, "transformers:")
    assert "2026-01-01" not in page


def test_a_skipped_goal_says_why() -> None:
    skipped = Measurement(setup={}, versions={}, skipped={"one-stream": "no torch here"})
    kept = result("2026-01-02T03:04:05Z", (1,), (1,)).model_copy(update={"measurement": skipped})

    assert "not measured: no torch here" in row(render([kept]), "transformers:")


def test_a_skipped_run_takes_back_no_earlier_measurement() -> None:
    earlier = result("2026-01-01T00:00:00Z", (80,), (10,))
    skipped = Measurement(setup={}, versions={}, skipped={"one-stream": "no torch here"})
    later = result("2026-02-01T00:00:00Z", (1,), (1,)).model_copy(update={"measurement": skipped})

    assert "8 x" in row(render([earlier, later]), "transformers:")


def test_series_of_unequal_rounds_make_no_ratio() -> None:
    with pytest.raises(ValueError, match="'one-stream' lacks series of equal rounds"):
        result("2026-01-02T03:04:05Z", (1, 2), (1,))


def test_an_outcome_without_its_series_is_refused() -> None:
    with pytest.raises(ValueError, match="'one-stream' lacks series"):
        Measurement(
            setup={},
            versions={},
            outcomes=(Outcome(goal="one-stream", ours="never measured", peer=None),),
        )
