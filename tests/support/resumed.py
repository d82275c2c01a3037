"""`pytest --resume FILE`: long runs go on where they were ended; FILE names what has passed."""

from __future__ import annotations

from pathlib import Path

import pytest


class Resumed:
    """Leaves out the tests that FILE names, and adds each that passes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        passed = set(self._path.read_text().splitlines()) if self._path.exists() else set[str]()
        done = [item for item in items if item.nodeid in passed]
        config.hook.pytest_deselected(items=done)
        items[:] = [item for item in items if item.nodeid not in passed]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            with self._path.open("a") as file:
                file.write(f"{report.nodeid}\n")
