"""Reports, estimates and load runs in a real browser: from a file, offline, desk and phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from benchmarks.load.page.page import page_of
from planning.cost.report.page.page import cost_page
from planning.page.html import html_of
from planning.report.html import html
from tests.support.cost_changes import document_of_change
from tests.support.load_documents import FAILED, IN_TIME, LATE, REFUSED, SLOW, a_document
from tests.support.page_looks import CONTRAST, OUTSIDE
from tests.support.reports import report_in
from tests.support.stack_files import FOLDER, ROOT

PICTURES = {
    "eks-chosen-by-traffic": 3,
    "eks-does-not-fit": 2,
    "hf-endpoint-chosen": 2,
    "kubernetes-fp8-on-own-gpus": 3,
    "kubernetes-model-unknown-to-the-catalog": 0,
    "Pulumi.dev": 1,
}
"""Stack files, and pictures in their reports."""
COSTS = {
    "new-stack-on-eks": 2,
    "to-hugging-face": 2,
    "over-budget": 2,
    "to-spot": 2,
    "pool-without-limits": 0,
    "no-change": 2,
}
"""Changes, and pictures in their estimates."""
LOADS = {"load": 4}
"""Runs of the load client, and pictures in their pages."""
_TEXT = "h1, h2, p, dt, dd b, dd span, a, th, td, caption, summary, .legend li"
# Labels of a picture that cover each other, or leave it.
_LABELS = """
const boxes = [...document.querySelectorAll("svg")].filter((s) => s.checkVisibility())
  .flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text.label")].map((t) => {
      const box = t.getBoundingClientRect();
      return [t.textContent, box, box.left < frame.left - 1 || box.right > frame.right + 1];
    });
  });
const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
  && a.top < b.bottom - 3 && b.top < a.bottom - 3;
return boxes.flatMap(([text, box, out], i) =>
  out ? [text] : boxes.slice(i + 1).filter(([, other]) => over(box, other))
    .map(([other]) => `${text} / ${other}`));
"""
Opener = Callable[..., webdriver.Chrome]


@pytest.fixture(params=[*PICTURES, *COSTS, *LOADS])
def case(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def opened(browser: webdriver.Chrome, case: str, tmp_path: Path) -> Opener:
    """The case's page from a file, with the network cut off."""
    page = tmp_path / "page.html"
    page.write_text(_text(case), encoding="utf-8")

    def open_page(*, width: int = 1000, dark: bool = False) -> webdriver.Chrome:
        browser.execute_cdp_cmd("Network.enable", {})
        browser.execute_cdp_cmd(
            "Network.emulateNetworkConditions",
            {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0},
        )
        screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        browser.get_log("browser")
        browser.get(page.as_uri())
        return browser

    return open_page


@pytest.fixture(autouse=True)
def online_again(browser: webdriver.Chrome) -> Any:
    yield
    browser.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def test_it_asks_for_nothing_and_complains_about_nothing(opened: Opener, case: str) -> None:
    browser = opened()
    asked = browser.execute_script(
        "return performance.getEntriesByType('resource').map((e) => e.name)"
    )
    assert [place for place in asked if not place.startswith("data:")] == []
    assert browser.get_log("browser") == []
    shown = [svg for svg in browser.find_elements(By.TAG_NAME, "svg") if svg.is_displayed()]
    assert len(shown) == {**PICTURES, **COSTS, **LOADS}[case]
    for svg in shown:
        assert svg.size["width"] > 600 and svg.size["height"] > 60
        assert svg.accessible_name


@pytest.mark.parametrize("width", [360, 768, 1000])
def test_nothing_sticks_out_and_no_label_covers_another(opened: Opener, width: int) -> None:
    browser = opened(width=width)
    assert browser.execute_script(OUTSIDE) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script(_LABELS) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_can_be_read(opened: Opener, dark: bool) -> None:
    browser = opened(dark=dark)
    found = browser.execute_script(CONTRAST.replace("SELECTOR", json.dumps(_TEXT)))
    assert len(found) > 20
    assert [(name, ratio) for name, ratio in found if ratio < 4.5] == []


def test_tables_stay_tables_on_a_phone(opened: Opener) -> None:
    browser = opened(width=360)
    tables = browser.find_elements(By.TAG_NAME, "table")
    assert tables
    assert {table.aria_role for table in tables if table.is_displayed()} == {"table"}


@pytest.mark.parametrize("case", [*PICTURES, *COSTS], indirect=True)
def test_the_arithmetic_opens_by_the_keyboard_without_a_script(opened: Opener) -> None:
    browser = opened()
    details = browser.find_element(By.CSS_SELECTOR, "#arithmetic details")
    table = details.find_element(By.TAG_NAME, "table")
    assert not table.is_displayed()
    details.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    assert table.is_displayed()
    assert table.find_element(By.CSS_SELECTOR, "tbody tr").text


def _text(case: str) -> str:
    if case in COSTS:
        return html_of(cost_page(document_of_change(case)))
    if case in LOADS:
        return html_of(page_of(a_document(IN_TIME, LATE, SLOW, FAILED, REFUSED)))
    folder = ROOT if case == "Pulumi.dev" else FOLDER
    return html(report_in(folder, f"{case}.yaml"))
