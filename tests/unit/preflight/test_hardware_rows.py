"""Rows of endpoint hardware against the API: what changed is shown, and written only when asked."""

from __future__ import annotations

import datetime
import difflib
from pathlib import Path

import pytest

from operations.endpoint_hardware.command import FILE, run
from operations.preflight.asking import Patience
from planning.catalog.rows.hardware import HfHardwareFacts, HfHardwareRow
from planning.catalog.tables import read_table
from tests.support.canaries import spellings
from tests.support.fake_hub_api import FakeHubApi, compute
from tests.support.preflight_world import HF_TOKEN

TODAY = datetime.date(2026, 11, 30)
Said = tuple[int, str, list[str]]


@pytest.fixture
def rows(tmp_path: Path, hub: FakeHubApi) -> Path:
    """Two GPU sizes and a CPU, which the API lists as they are."""
    file = tmp_path / "hf_hardware.yaml"
    lines = [
        '{id: aws/intel-spr/x2, value: {vcpus: 2, memory_gb: 4, usd_per_hour: "0.067", status: '
        "listed}, source: &page https://example.com/prices, date: &day 2026-08-20}",
        '{id: aws/nvidia-l4/x1, value: {gpu: L4, gpus: 1, memory_gb: 28.5, usd_per_hour: "0.8", '
        "status: listed}, source: *page, date: *day}",
        '{id: aws/nvidia-l4/x4, value: {gpu: L4, gpus: 4, memory_gb: 28.5, usd_per_hour: "3.8", '
        "status: listed}, source: *page, date: *day}",
    ]
    file.write_text("".join(f"- {line}\n" for line in lines))
    cpu = _compute("intel-spr", "x2", accelerator="cpu", numCpus=2, memoryGb=4, pricePerHour=0.067)
    four = compute(size="x4", accelerators=4, limit=4, used=0) | {"pricePerHour": 3.8}
    hub.computes[:] = [cpu, compute(limit=4, used=0), four]
    return file


def test_rows_that_the_api_confirms_have_no_line(
    rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed, said = _run(rows, capsys)
    assert (code, printed) == (0, "")
    assert said == ["3 rows are listed, 0 changes"]


def test_each_change_is_one_line_with_both_values(
    rows: Path, hub: FakeHubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows.read_text()
    hub.computes[1] |= {"pricePerHour": 0.9, "status": "deprecated"}
    hub.computes[2] = _compute("intel-spr", "x4", accelerator="cpu", numCpus=4, memoryGb=8)
    code, printed, _ = _run(rows, capsys)
    assert code == 1
    assert printed.splitlines() == [
        "~ aws/nvidia-l4/x1: usd_per_hour 0.8 -> 0.9 (+12.5 %), status listed -> deprecated",
        "- aws/nvidia-l4/x4: no longer listed (was gpu: L4, gpus: 4, memory_gb: 28.5, "
        'usd_per_hour: "3.8", status: listed)',
        '+ aws/intel-spr/x4: vcpus: 4, memory_gb: 8, usd_per_hour: "0.8", status: listed',
    ]
    assert rows.read_text() == before, "nothing is written unasked"


def test_the_written_file_differs_in_the_changed_lines_and_the_one_with_source_and_date(
    rows: Path, hub: FakeHubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(rows, capsys, write=True)[0] == 0
    before = rows.read_text().splitlines()
    hub.computes[1]["pricePerHour"] = 0.9
    assert _run(rows, capsys, write=True, today=TODAY + datetime.timedelta(days=1))[0] == 0
    changed = [
        line
        for line in difflib.unified_diff(before, rows.read_text().splitlines(), n=0)
        if line.startswith("+- ")
    ]
    assert [line.partition(",")[0] for line in changed] == [
        "+- {id: aws/intel-spr/x2",
        "+- {id: aws/nvidia-l4/x1",
    ]
    table = read_table(rows, HfHardwareRow)
    assert str(table["aws/nvidia-l4/x1"].value.usd_per_hour) == "0.9"
    assert {row.date for row in table.values()} == {TODAY + datetime.timedelta(days=1)}
    assert all("list_inference_endpoints_hardware" in row.source for row in table.values())


def test_regions_that_differ_give_the_dearest_price(
    rows: Path, hub: FakeHubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.elsewhere.append({**compute(limit=4, used=0), "pricePerHour": 0.88})
    _, printed, _ = _run(rows, capsys)
    assert printed == "~ aws/nvidia-l4/x1: usd_per_hour 0.8 -> 0.88 (+10.0 %)\n"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"instanceType": "nvidia-b300"}, "a GPU that no row names yet"),
        ({"instanceType": "inf2", "accelerator": "neuron"}, "accelerator neuron"),
        ({"instanceSize": "x1", "status": "on-holiday"}, "status on-holiday"),
    ],
)
def test_what_cannot_be_a_row_is_named(
    entry: dict[str, object],
    reason: str,
    rows: Path,
    hub: FakeHubApi,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hub.computes.append({**compute(limit=4, used=0), **entry})
    _, _, said = _run(rows, capsys)
    assert any(line.startswith("no row for") and reason in line for line in said)


@pytest.mark.parametrize("failure", ["throttled", "denied", "not-accepted"])
def test_without_an_answer_nothing_is_concluded_and_no_token_is_shown(
    failure: str, rows: Path, hub: FakeHubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows.read_text()
    hub.failures["hardware"] = failure  # pyright: ignore[reportArgumentType]
    code, printed, said = _run(rows, capsys, write=True)
    assert (code, rows.read_text()) == (3, before)
    shown = printed + "".join(said)
    assert not [text for text in spellings(HF_TOKEN).values() if text in shown]


def test_an_empty_list_takes_no_row_away(
    rows: Path, hub: FakeHubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.computes.clear()
    assert _run(rows, capsys, write=True)[0] == 3


def test_the_catalogs_own_file_is_read_back_as_it_is(
    tmp_path: Path, hub: FakeHubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    """An API that lists what the catalog holds changes sources and dates alone."""
    known = read_table(FILE, HfHardwareRow)
    file = tmp_path / FILE.name
    file.write_text(FILE.read_text())
    aws = {name: row.value for name, row in known.items() if name.startswith("aws/")}
    hub.computes[:] = [_listed(name, facts) for name, facts in aws.items()]
    assert _run(file, capsys, write=True)[0] == 0
    again = read_table(file, HfHardwareRow)
    assert {name: row.value.usd_per_hour for name, row in again.items()} == {
        name: facts.usd_per_hour for name, facts in aws.items()
    }


def _listed(name: str, facts: HfHardwareFacts) -> dict[str, object]:
    _, kind, size = name.split("/")
    return _compute(
        kind,
        size,
        accelerator="gpu" if facts.gpu else "cpu",
        numAccelerators=facts.gpus or 1,
        pricePerHour=float(facts.usd_per_hour),
        status="deprecated" if facts.status == "deprecated" else "available",
    )


def _compute(kind: str, size: str, **fields: object) -> dict[str, object]:
    return {
        **compute(limit=4, used=0),
        "instanceType": kind,
        "instanceSize": size,
        **fields,
    }


def _run(
    file: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    write: bool = False,
    today: datetime.date = TODAY,
) -> Said:
    said: list[str] = []
    code = run(
        namespace=None,
        write=write,
        say=said.append,
        file=file,
        patience=Patience(first_wait=0.01, attempts=2),
        today=today,
    )
    out = capsys.readouterr()
    return code, out.out, [*said, *out.err.splitlines()]
