"""What pytest's JUnit file says of a run; a run that wrote none says nothing."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

_NAMED = 3


def counts(report: Path) -> tuple[int, int, int]:
    """How many tests passed, failed and were skipped."""
    if not report.exists():
        return 0, 0, 0
    passed = failed = skipped = 0
    for suite in _root(report).iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        out = int(suite.get("skipped", 0))
        failed, skipped = failed + bad, skipped + out
        passed += int(suite.get("tests", 0)) - bad - out
    return passed, failed, skipped


def names_of_failed(report: Path) -> str:
    """Names of failed tests: where only the table is kept, they say where to look."""
    if not report.exists():
        return ""
    cases = _root(report).iter("testcase")
    bad = [case.get("name", "") for case in cases if {"failure", "error"} & {c.tag for c in case}]
    more = f" and {len(bad) - _NAMED} more" if len(bad) > _NAMED else ""
    return ", ".join(bad[:_NAMED]) + more


def _root(report: Path) -> ElementTree.Element:
    return ElementTree.parse(report).getroot()  # noqa: S314 -- pytest wrote it
