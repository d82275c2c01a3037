"""The page on a phone, in the dark, and for eyes that need contrast."""

from __future__ import annotations

import json

import pytest

from tests.support.chat_page import ChatPage
from tests.support.chat_stream import tell
from tests.support.live_gateway import KEY
from tests.support.page_looks import CONTRAST, OUTSIDE
from tests.support.recording_backend import RecordingBackend

LONG = "https://example.invalid/" + "x" * 200
TEXT = "h1 span, h2, p, label, button, select, .text, .stats, kbd"


@pytest.mark.parametrize("width", [360, 768, 1400])
def test_nothing_sticks_out_at_any_width(
    page: ChatPage, backend: RecordingBackend, width: int
) -> None:
    page.open(width=width, height=640)
    assert page.browser.execute_script(OUTSIDE) == []
    page.log_in(KEY)
    page.ask(LONG)
    tell(backend, [LONG, " ```\n" + LONG + "\n```"])
    page.wait(lambda: page.texts("article pre") != [] and page.visible("send"))
    assert page.browser.execute_script(OUTSIDE) == []
    assert page.browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_buttons_are_large_enough_for_a_finger(page: ChatPage) -> None:
    page.open(width=360, height=640)
    page.log_in(KEY)
    page.wait(lambda: page.find("prompt").is_enabled())
    sizes = {name: page.find(name).size for name in ("new", "forget", "send", "model")}
    assert [name for name, size in sizes.items() if min(size["height"], size["width"]) < 40] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_can_be_read(page: ChatPage, backend: RecordingBackend, dark: bool) -> None:
    page.open(dark=dark)
    page.log_in("wrong-key-0123456789")
    page.wait(lambda: page.visible("notice"))
    found = page.browser.execute_script(CONTRAST.replace("SELECTOR", json.dumps(TEXT)))
    page.find("key").clear()
    page.log_in(KEY)
    page.ask("Hello?")
    tell(backend, ["Hello", " you."])
    page.wait(lambda: page.texts("article.assistant .stats") != [""])
    found += page.browser.execute_script(CONTRAST.replace("SELECTOR", json.dumps(TEXT)))
    assert len(found) > 20
    assert [(name, ratio) for name, ratio in found if ratio < 4.5] == []
    ground = page.browser.execute_script(
        "return getComputedStyle(document.documentElement).backgroundColor"
    )
    assert ground == ("rgb(18, 22, 21)" if dark else "rgb(247, 248, 247)")


def test_an_empty_page_does_not_scroll(page: ChatPage) -> None:
    page.open()
    page.log_in(KEY)
    page.wait(lambda: page.find("prompt").is_enabled())
    assert (
        page.browser.execute_script("return document.scrollingElement.scrollHeight - innerHeight")
        == 0
    )
