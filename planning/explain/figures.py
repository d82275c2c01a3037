"""From a figure's path in the plan's JSON to its explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from planning.catalog import Catalog
from planning.explain import (
    choice,
    cluster,
    eks,
    host,
    local,
    memory,
    model,
    money,
    settings,
    speed,
    start,
)
from planning.explain.value import About, Arithmetic, Explainer
from planning.plan import Plan
from planning.report.build import plan_document
from planning.report.document import PlanDocument
from planning.spelling import nearest

REGISTRY: Mapping[str, Explainer] = {
    **local.FIGURES,
    **model.FIGURES,
    **memory.FIGURES,
    **host.FIGURES,
    **cluster.FIGURES,
    **eks.FIGURES,
    **choice.FIGURES,
    **speed.FIGURES,
    **start.FIGURES,
    **money.FIGURES,
    **settings.FIGURES,
}
_ENDS = ("low", "expected", "high")


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One figure."""

    path: str
    """In the plan's JSON, such as `coldStart.stages[2].seconds`."""
    value: object
    """As there: a number, a range, or None."""
    arithmetic: Arithmetic


def figures_of(document: PlanDocument) -> dict[str, object]:
    """Path and value of every figure: numbers and ranges, and those that are null."""
    return dict(_figures(document.model_dump(mode="json", by_alias=True), ""))


def explain(plan: Plan, catalog: Catalog, asked: str | None = None) -> tuple[Explained, ...]:
    """All figures, or those at or below the path `asked`, or whose last name it is.

    Raises LookupError, with the nearest name, where no figure is meant.
    """
    about = About(plan=plan, document=plan_document(plan), catalog=catalog)
    found = figures_of(about.document)
    chosen = [path for path in found if asked is None or _meant(asked, path)]
    if not chosen:
        raise LookupError(_unknown(asked or "", list(found)))
    return tuple(
        Explained(path=path, value=found[path], arithmetic=_arithmetic(path, about))
        for path in chosen
    )


def _arithmetic(path: str, about: About) -> Arithmetic:
    place = re.findall(r"\[(\d+)\]", path)
    return REGISTRY[_general(path)](about, int(place[-1]) if place else 0)


def _figures(value: object, path: str) -> Iterator[tuple[str, object]]:
    if _is_range(value) or _is_figure(value) or (value is None and _general(path) in REGISTRY):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield from _figures(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[Any]", value)):
            yield from _figures(inner, f"{path}[{index}]")


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_range(value: object) -> bool:
    return isinstance(value, dict) and tuple(cast("dict[str, Any]", value)) == _ENDS


def _general(path: str) -> str:
    return re.sub(r"\[\d+\]", "[]", path)


def _meant(asked: str, path: str) -> bool:
    whole = re.sub(rf"\.({'|'.join(_ENDS)})$", "", asked)
    for written in (path, _general(path)):
        if written == whole or written.startswith((f"{whole}.", f"{whole}[")):
            return True
    return _last(path) == asked


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _unknown(asked: str, known: list[str]) -> str:
    names = list(dict.fromkeys([*map(_general, known), *map(_last, known)]))
    meant = nearest(asked, names)
    return f"this plan has no figure {asked}" + (f"; did you mean {meant}?" if meant else "")
