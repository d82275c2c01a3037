"""Panels of a Grafana dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.kubernetes.manifest import Manifest

_WIDTH, _HEIGHT, _ACROSS = 8, 8, 3
_SOURCE = {"type": "prometheus", "uid": "${datasource}"}


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Lines over time."""

    title: str
    unit: str
    """In Grafana's words: `s`, `reqps`, `percentunit`, `short`, …"""
    lines: tuple[tuple[str, str], ...]
    """Legend and PromQL."""


def panels(wanted: Sequence[Panel]) -> list[Manifest]:
    """Three in a row."""
    return [_panel(number, panel) for number, panel in enumerate(wanted)]


def _panel(number: int, panel: Panel) -> Manifest:
    row, column = divmod(number, _ACROSS)
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": panel.title,
        "datasource": _SOURCE,
        "gridPos": {"x": column * _WIDTH, "y": row * _HEIGHT, "w": _WIDTH, "h": _HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + index), "legendFormat": legend, "expr": query}
            for index, (legend, query) in enumerate(panel.lines)
        ],
    }
