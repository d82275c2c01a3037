"""Pictures of pages, for docs/planning.md and docs/cost.md.

python -m tests.browser.report_screenshot docs/images/plan.png
python -m tests.browser.report_screenshot docs/images/cost.png --cost
"""

from __future__ import annotations

import argparse
import base64
import tempfile
from pathlib import Path

from planning.cost.report.page.page import cost_page
from planning.page.html import html_of
from planning.report.html import html
from tests.support.chat_page import open_browser
from tests.support.cost_changes import document_of_change
from tests.support.reports import report_in
from tests.support.stack_files import FOLDER

STACK = "eks-chosen-by-traffic.yaml"
CHANGE = "new-stack-on-eks"
WIDTH, HEIGHT = 1000, 1500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", type=Path, help="where the picture goes")
    parser.add_argument("--cost", action="store_true", help="of an estimate, not of a plan")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        page = Path(folder) / "plan.html"
        text = _cost() if arguments.cost else html(report_in(FOLDER, STACK))
        page.write_text(text, encoding="utf-8")
        browser.get(page.as_uri())
        screen = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": 1}
        taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip})
        arguments.picture.write_bytes(base64.b64decode(taken["data"]))


def _cost() -> str:
    return html_of(cost_page(document_of_change(CHANGE)))


if __name__ == "__main__":
    main()
