"""Every pin of the catalog, asked for and written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from planning.catalog.rows.pins import ChartRow, ImageRow
from planning.catalog.tables import read_table
from tools.pins.charts import confirmed_version
from tools.pins.registry import digest_of
from tools.pins.rows import with_source, with_value
from tools.pins.web import Sites, UnansweredError


@dataclass(frozen=True, kw_only=True)
class Report:
    asked: int
    changed: tuple[str, ...]
    """A line for each row that was written."""
    failed: tuple[str, ...]
    """A line for each that nobody answered for; it stays as it was."""


def refresh(catalog: Path, sites: Sites, today: datetime.date) -> Report:
    """Rows that are as their publisher says keep source and date, so that the difference is small.

    Of charts that have a version only that it is there is asked: a newer one is a decision.
    """
    changed: list[str] = []
    failed: list[str] = []
    images = read_table(catalog / "images.yaml", ImageRow)
    for name, row in images.items():
        facts = row.value
        try:
            digest = digest_of(facts.reference, sites)
        except UnansweredError as error:
            failed.append(f"images.yaml, {name}: {error}")
            continue
        if digest != facts.digest:
            source = f"the registry's own answer for {facts.reference}"
            _write(catalog / "images.yaml", name, "digest", digest, source, today)
            changed.append(f"images.yaml, {name}: {facts.digest or 'unresolved'} -> {digest}")
    charts = read_table(catalog / "charts.yaml", ChartRow)
    for name, row in charts.items():
        chart = row.value
        try:
            version = confirmed_version(chart.chart, chart.repository, chart.version, sites)
        except UnansweredError as error:
            failed.append(f"charts.yaml, {name}: {error}")
            continue
        if version != chart.version:
            source = f"the newest release in {chart.repository}/index.yaml"
            _write(catalog / "charts.yaml", name, "version", version, source, today)
            changed.append(f"charts.yaml, {name}: {chart.version or 'unresolved'} -> {version}")
    return Report(asked=len(images) + len(charts), changed=tuple(changed), failed=tuple(failed))


def _write(file: Path, row: str, key: str, value: str, source: str, today: datetime.date) -> None:
    text = with_value(file.read_text(encoding="utf-8"), row, key, value)
    file.write_text(with_source(text, row, source, today.isoformat()), encoding="utf-8")
