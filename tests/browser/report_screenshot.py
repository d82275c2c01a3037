"""Picture of the HTML report of a stack, for docs/planning.md.

python -m tests.browser.report_screenshot docs/images/plan.png
"""

from __future__ import annotations

import argparse
import base64
import tempfile
from pathlib import Path

from planning.report.html import html
from tests.support.chat_page import open_browser
from tests.support.reports import report_in
from tests.support.stack_files import FOLDER

STACK = "eks-chosen-by-traffic.yaml"
WIDTH, HEIGHT = 1000, 1500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", type=Path, help="where the picture goes")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        page = Path(folder) / "plan.html"
        page.write_text(html(report_in(FOLDER, STACK)), encoding="utf-8")
        browser.get(page.as_uri())
        screen = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": 1}
        taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip})
        arguments.picture.write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    main()
