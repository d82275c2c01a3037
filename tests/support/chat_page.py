"""The chat page in a real browser, by what a person sees."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator

from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.support.live_gateway import DEADLINE_SECONDS

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=2",
)


def missing_browser() -> str | None:
    """Why there can be no browser test here; None where there can."""
    if not any(map(shutil.which, _BROWSERS)):
        return "no Chromium or Chrome on PATH (Debian: apt-get install chromium)"
    if not shutil.which("chromedriver"):
        return "no chromedriver on PATH (Debian: apt-get install chromium-driver)"
    return None


@contextlib.contextmanager
def open_browser() -> Iterator[webdriver.Chrome]:
    """Headless, with a profile of its own, and ended at the end."""
    os.environ["SE_OFFLINE"] = "true"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = next(filter(None, map(shutil.which, _BROWSERS)))
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        browser = webdriver.Chrome(options, service)
        try:
            yield browser
        finally:
            browser.quit()


class ChatPage:
    """The page in the browser's current tab."""

    def __init__(self, browser: webdriver.Chrome, url: str) -> None:
        self.browser = browser
        self.url = url

    def open(self, *, width: int = 1000, height: int = 760, dark: bool = False) -> None:
        screen = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 600}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.browser.get(self.url)
        self.wait(lambda: self.visible("key") or self.find("prompt").is_enabled())

    def log_in(self, key: str) -> None:
        self.find("key").send_keys(key, Keys.ENTER)

    def ask(self, text: str) -> None:
        self.wait(lambda: self.find("prompt").is_enabled())
        self.find("prompt").send_keys(text, Keys.ENTER)

    def press(self, *keys: str) -> None:
        """Keys to whatever has the focus."""
        self.browser.switch_to.active_element.send_keys(*keys)

    def find(self, element_id: str) -> WebElement:
        return self.browser.find_element(By.ID, element_id)

    def visible(self, element_id: str) -> bool:
        return self.find(element_id).is_displayed()

    def focused(self) -> str:
        """Id of the element that has the focus, `body` for none."""
        element = self.browser.switch_to.active_element
        return element.get_attribute("id") or element.tag_name

    def texts(self, selector: str) -> list[str]:
        return [found.text for found in self.browser.find_elements(By.CSS_SELECTOR, selector)]

    def wait(self, condition: Callable[[], object]) -> None:
        WebDriverWait(self.browser, DEADLINE_SECONDS, 0.05).until(lambda _: condition())

    def wait_text(self, selector: str, *expected: str) -> None:
        with contextlib.suppress(TimeoutException):
            self.wait(lambda: self.texts(selector) == list(expected))
        found = self.texts(selector)
        assert found == list(expected), f"{selector} shows {found}"
