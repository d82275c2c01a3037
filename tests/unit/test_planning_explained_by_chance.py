"""Whatever a valid stack file says, every figure of its plan is explained and reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from planning.catalog import load_catalog
from planning.explain import explain
from planning.plan import make_plan
from planning.report.html import html
from planning.report.report import report_of
from planning.stackfile import load_settings
from tests.support.explained import astray
from tests.support.stack_files import MACHINE, TODAY
from tests.support.stackfiles import valid_sections
from tests.support.stackfiles_clusters import cluster_sections

FILES = 12
_ANY = settings(
    max_examples=FILES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@_ANY
@given(cluster_sections())
def test_plans_for_nodes_and_endpoints_are_explained(sections: dict[str, Any]) -> None:
    _check(sections)


@_ANY
@given(valid_sections())
def test_plans_for_this_machine_are_explained(sections: dict[str, Any]) -> None:
    _check(sections)


def _check(sections: dict[str, Any]) -> None:
    stated = load_settings(sections, origin=str(Path.cwd() / "Pulumi.generated.yaml"))
    plan = make_plan(stated, stack="generated", machine=MACHINE, today=TODAY)
    assert astray(explain(plan, load_catalog())) == []
    assert "</html>" in html(report_of(plan, (), load_catalog(), TODAY))
