"""What the plan rests on, with dates: rows of the catalog and choices."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from planning.catalog import Catalog
from planning.catalog.rows import Row
from planning.choice import Candidate
from planning.page.table import Section, Table, columns
from planning.plan import Plan

Line = tuple[str, str, str, str]


def assumptions_section(plan: Plan, catalog: Catalog, today: datetime.date) -> Section | None:
    chosen = plan.placed.chosen if plan.placed else None
    rows = [*_of_model(plan, today), *_of_local(plan, catalog, today)]
    if chosen is not None:
        rows += _of_chosen(plan, chosen, catalog, today)
    if not rows:
        return None
    return Section(
        slug="assumptions",
        title="What it rests on",
        words=(f"As of {today}. A row of the catalog says what it is, from where and when.",),
        tables=(Table(columns=columns("what", "value", "as of", "source"), rows=tuple(rows)),),
    )


def _of_model(plan: Plan, today: datetime.date) -> Iterator[Line]:
    model = plan.settings.models[0]
    if model.config:
        yield "shape of the model", model.config, "-", "the model's own config.json"
    elif plan.known is not None:
        yield _line("shape of the model", plan.known.id, plan.known, today)
    traffic = plan.settings.traffic
    if traffic is not None and traffic.requests_per_second is not None:
        yield (
            "traffic",
            f"{traffic.requests_per_second:g} requests/s, {traffic.prompt_tokens} tokens in, "
            f"{traffic.output_tokens} out",
            "-",
            "the stack file",
        )


def _of_local(plan: Plan, catalog: Catalog, today: datetime.date) -> Iterator[Line]:
    if plan.local is None:
        return
    row = catalog.quantizations[plan.local.model.quantization]
    yield _line("size of converted weights", row.id, row, today)
    engine = catalog.engines["onnx"]
    yield _line("what a process takes", engine.id, engine, today)


def _of_chosen(
    plan: Plan, chosen: Candidate, catalog: Catalog, today: datetime.date
) -> Iterator[Line]:
    region = plan.settings.aws.region
    price = catalog.on_demand(chosen.instance or "", region)
    if price is not None:
        usd = price.value.usd_per_hour
        yield _line(f"price of {chosen.instance} in {region}", f"${usd}/h on demand", price, today)
    elif chosen.hf_hardware is not None:
        row = catalog.hf_hardware[chosen.hf_hardware]
        usd = row.value.usd_per_hour
        yield _line(f"price of {chosen.hf_hardware}", f"${usd}/h", row, today)
    elif chosen.unpriced:
        yield "price", f"unpriced: {chosen.unpriced}", "-", "-"
    if chosen.instance is not None:
        row = catalog.instances[chosen.instance]
        yield _line("shape of the instance", chosen.instance, row, today)
    version = catalog.engine_versions[chosen.engine_version]
    yield _line("engine that is deployed", chosen.engine_version, version, today)
    if chosen.gpu is not None:
        yield _line("the GPU", chosen.gpu, catalog.gpus[chosen.gpu], today)
        yield _measured_speed(chosen, catalog, today)
        yield (
            "overhead on a GPU",
            "measured with vLLM 0.25.1 on an H100, used for all",
            "2026-11-22",
            "docs/memory.md",
        )
    yield "a month", "730 hours, replicas running all the time", "-", "a choice"


def _measured_speed(chosen: Candidate, catalog: Catalog, today: datetime.date) -> Line:
    row = catalog.calibrations.get(f"{chosen.engine}/{chosen.gpu}")
    if row is None:
        return (
            "measured speed",
            f"none of {chosen.engine} on {chosen.gpu}: no estimate is given",
            "-",
            "docs/throughput.md",
        )
    said = chosen.performance.measured or f"measured on {row.value.engine} {row.value.version}"
    return _line("measured speed", said, row, today)


def _line(what: str, value: str, row: Row[Any], today: datetime.date) -> Line:
    days = (today - row.date).days
    return what, value, f"{row.date} ({days} days)", row.source
