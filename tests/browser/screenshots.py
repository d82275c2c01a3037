"""Pictures of the chat page of a running stack, for the README.

    SLIPWAY_API_KEY=$(pulumi stack output apiKey --show-secrets) \
        python -m tests.browser.screenshots "$(pulumi stack output chatUrl)" docs/images
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.keys import Keys

from tests.support.chat_page import ChatPage, open_browser

PICTURES = {"chat.png": (1000, 640), "chat-phone.png": (360, 640)}
QUESTIONS = (
    "What is the capital of France?",
    "What is the largest planet?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the stack's chatUrl")
    parser.add_argument("directory", type=Path, help="where the pictures go")
    arguments = parser.parse_args()
    key = os.environ.get("SLIPWAY_API_KEY", "")
    for name, (width, height) in PICTURES.items():
        # A browser each, so that every picture starts with an empty tab.
        with open_browser() as browser:
            page = ChatPage(browser, arguments.url)
            page.open(width=width, height=height)
            if key:
                page.log_in(key)
            for question in QUESTIONS:
                _converse(page, question)
            browser.save_screenshot(str(arguments.directory / name))


def _converse(page: ChatPage, question: str) -> None:
    page.ask(question)
    page.wait(lambda: page.visible("stop"))
    try:
        page.wait(lambda: page.visible("send"))
    except TimeoutException:
        # A small model may find no end.
        page.press(Keys.ESCAPE)


if __name__ == "__main__":
    main()
