"""Rules: a tuning is known, is of the engine, and is used where it was measured."""

from __future__ import annotations

from collections.abc import Iterator

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows.tuning import EngineTuningRow
from planning.checks.facts import Facts
from planning.choice import Candidate
from planning.problems import Problem
from planning.settings import Settings
from planning.spelling import nearest

_PATH = "slipway:engine.tuning"


def tuning_is_of_the_engine(facts: Facts) -> Iterator[Problem]:
    engine = facts.stated.engine
    if engine.tuning is None:
        return
    rows = facts.catalog.engine_tunings
    row = rows.get(engine.tuning)
    if row is None:
        meant = nearest(engine.tuning, rows)
        yield Problem(
            path=_PATH,
            code="unknown-tuning",
            got=engine.tuning,
            allowed=f"one of {', '.join(rows)}",
            fixes=(f"write {meant}" if meant else "take the key out",),
        )
    elif facts.engine_kind not in (None, row.value.engine):
        yield Problem(
            path=_PATH,
            code="tuning-of-another-engine",
            got=f"{row.id} for {facts.engine_kind}",
            allowed=f"with the engine {row.value.engine}",
            fixes=("take the key out", f"write engine.kind: {row.value.engine}"),
        )


def tuning_was_measured_so(
    settings: Settings, model: Architecture | None, chosen: Candidate, catalog: Catalog
) -> Iterator[Problem]:
    """No error: elsewhere it may be better or worse than the engine's own defaults."""
    row = catalog.engine_tunings.get(settings.engine.tuning or "")
    if row is None:
        return
    differing = tuple(_differences(row, model, chosen))
    version = row.value.version
    other = version is not None and not chosen.engine_version.endswith(f"-{version}")
    if differing or other:
        yield Problem(
            path=_PATH,
            code="tuning-not-measured",
            got=f"{row.id}: {'; '.join((*differing, *([chosen.engine_version] * other)))}",
            allowed=_measured(row),
            fixes=(
                "compare with the engine's own defaults on your GPU: "
                "python -m benchmarks.load URL, with this key and without it",
            ),
            severity="warning" if differing else "advice",
        )


def a_tuning_was_faster(
    settings: Settings, model: Architecture | None, chosen: Candidate, catalog: Catalog
) -> Iterator[Problem]:
    """Advice, as it may cost exactness: nothing less exact is chosen unasked."""
    if settings.engine.tuning or settings.target == "hf-endpoint":
        return
    for row in catalog.engine_tunings.values():
        facts = row.value
        if chosen.engine != facts.engine or facts.goodput is None:
            continue
        if not any(_differences(row, model, chosen)):
            faster = facts.goodput.tuned / facts.goodput.defaults
            yield Problem(
                path=_PATH,
                code="faster-tuned",
                got=f"the own defaults of {facts.engine}",
                allowed=f"the same, or {row.id}: {_measured(row)}",
                fixes=(f"write engine.tuning: {row.id} ({faster:.2f} times; {facts.what})",),
                severity="advice",
            )


def _differences(
    row: EngineTuningRow, model: Architecture | None, chosen: Candidate
) -> Iterator[str]:
    facts = row.value
    if facts.goodput is None:
        yield "not measured"
        return
    if chosen.gpu != facts.gpu:
        yield f"on {chosen.gpu}"
    least, most = facts.parameters_billion
    if model is not None and not least <= model.parameters / 1e9 <= most:
        yield f"a model of {model.parameters / 1e9:.1f} billion parameters"


def _measured(row: EngineTuningRow) -> str:
    facts = row.value
    if facts.goodput is None:
        return "no measurement: it is reasoned only"
    least, most = facts.parameters_billion
    good = facts.goodput
    return (
        f"measured on {facts.gpu} with {facts.engine} {facts.version} and {facts.model}, of "
        f"{least:g} to {most:g} billion parameters: {good.tuned:g} against {good.defaults:g} "
        f"requests a second with the first token in {good.ttft_seconds:g} s and {good.itl_ms:g} ms "
        f"between tokens ({row.source})"
    )
