"""Operators that are installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from components.specs.cluster import ChartSpec
from planning.catalog import Catalog
from planning.catalog.rows.pins import ChartFacts
from planning.settings import Settings
from planning.settings.kubernetes import Operator

PROMETHEUS = "kube-prometheus-stack"
_UNKNOWN = "unresolved"


def chart_specs(settings: Settings, catalog: Catalog) -> tuple[ChartSpec, ...]:
    """In the stack file's order; what no row and no key names is left to `chart_problems`."""
    return tuple(_charts(settings, catalog))


def prometheus_url(settings: Settings) -> str | None:
    """As the stack file says, else of the chart that is installed; None: neither."""
    stated = settings.observability.prometheus_url
    installed = any(one.name == PROMETHEUS and one.install for one in settings.kubernetes.operators)
    if stated is None and installed:
        # Release and chart have one name, so that the chart does not join the two.
        return f"http://{PROMETHEUS}-prometheus.monitoring.svc:9090"
    return stated


def _charts(settings: Settings, catalog: Catalog) -> Iterator[ChartSpec]:
    for operator in settings.kubernetes.operators:
        row = catalog.charts.get(operator.name)
        facts = row.value if row else None
        if operator.install and (operator.chart or facts):
            yield _chart(operator, facts)


def _chart(operator: Operator, facts: ChartFacts | None) -> ChartSpec:
    own = operator.chart
    known = facts.version if facts and own is None else None
    return ChartSpec(
        name=operator.name,
        namespace=facts.namespace if facts else operator.name,
        chart=own or (facts.chart if facts else operator.name),
        repository=facts.repository if facts and own is None else None,
        version=operator.chart_version or known or _UNKNOWN,
        groups=facts.groups if facts else (),
        values=merged(facts.values if facts else {}, operator.values),
    )


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """As Helm merges values: section by section, the later one wins."""
    result = dict(base)
    for key, value in over.items():
        inner = result.get(key)
        if isinstance(inner, Mapping) and isinstance(value, Mapping):
            value = merged(cast("Mapping[str, Any]", inner), cast("Mapping[str, Any]", value))
        result[key] = value
    return result
