"""A conversation on the chat page, in a real browser through a real gateway."""

from __future__ import annotations

import json
import re

from selenium.webdriver.common.keys import Keys

from tests.support.chat_page import ChatPage
from tests.support.chat_stream import expect_hang_up, tell, word
from tests.support.live_gateway import KEY
from tests.support.recording_backend import RecordingBackend

ANSWER = "article.assistant .text"
STATS = "article.assistant .stats"


def test_an_answer_appears_word_by_word_with_its_speed(
    page: ChatPage, backend: RecordingBackend
) -> None:
    page.open()
    page.log_in(KEY)
    page.ask("Hello?")
    backend.say(word("Grüße, "))
    page.wait_text(ANSWER, "Grüße, ")
    assert re.fullmatch(r"first token [\d.]+ m?s", page.texts(STATS)[0])
    backend.say(word("sea"))
    page.wait_text(ANSWER, "Grüße, sea")
    tell(backend, [" and", " sky"])
    page.wait_text(ANSWER, "Grüße, sea and sky")
    page.wait(lambda: re.search(r"s · [\d.]+ tokens/s · 2 tokens$", page.texts(STATS)[0]))
    assert page.texts("#model option") == ["smollm2-135m"]


def test_the_next_question_carries_the_conversation(
    page: ChatPage, backend: RecordingBackend
) -> None:
    page.open()
    page.log_in(KEY)
    for question, answer in (("One?", "Two."), ("Three?", "Four.")):
        page.ask(question)
        tell(backend, [answer])
        page.wait(lambda: page.visible("send"))
    sent = json.loads(backend.requests[-1].body)
    assert [(m["role"], m["content"]) for m in sent["messages"]] == [
        ("user", "One?"),
        ("assistant", "Two."),
        ("user", "Three?"),
    ]
    assert (sent["model"], sent["stream"]) == ("smollm2-135m", True)
    page.find("new").click()
    assert page.texts("article") == []


def test_the_stop_button_ends_the_answer_at_the_server_too(
    page: ChatPage, backend: RecordingBackend
) -> None:
    page.open()
    page.log_in(KEY)
    page.ask("Count!")
    backend.say(word("one"))
    page.wait_text(ANSWER, "one")
    page.find("stop").click()
    page.wait(lambda: page.texts(STATS)[0].endswith("stopped"))
    expect_hang_up(backend)
    assert page.texts(ANSWER) == ["one"]
    assert page.focused() == "prompt"


def test_everything_is_done_by_keyboard(page: ChatPage, backend: RecordingBackend) -> None:
    page.open()
    assert page.focused() == "key"
    page.press(KEY, Keys.ENTER)
    page.wait(lambda: page.focused() == "prompt")
    page.press("first", Keys.SHIFT + Keys.ENTER + Keys.NULL, "second", Keys.ENTER)
    page.wait_text("article.user", "first\nsecond")
    backend.say(word("an answer"))
    page.wait_text(ANSWER, "an answer")
    page.press(Keys.ESCAPE)
    page.wait(lambda: page.texts(STATS)[0].endswith("stopped"))
    expect_hang_up(backend)
    order: list[str] = []
    for _ in range(5):
        page.press(Keys.TAB)
        order.append(page.focused())
    # After the last button the browser's own bar would come.
    assert order == ["send", "body", "new", "forget", "prompt"]


def test_code_is_set_apart_and_markup_stays_text(page: ChatPage, backend: RecordingBackend) -> None:
    page.open()
    page.log_in(KEY)
    page.ask("<b>bold?</b>")
    tell(backend, ["Look: ```python\nprint('<i>')\n``` ", "<img src=x onerror=alert(1)>"])
    page.wait_text("article.assistant pre", "print('<i>')")
    page.wait(lambda: "<img src=x onerror=alert(1)>" in page.texts(ANSWER)[0])
    assert page.texts("article.user") == ["<b>bold?</b>"]
    assert page.texts("article img, article b, article i") == []


def test_a_long_answer_is_followed_unless_the_reader_scrolls_up(
    page: ChatPage, backend: RecordingBackend
) -> None:
    page.open(height=500)
    page.log_in(KEY)
    page.ask("Count!")
    for number in range(40):
        backend.say(word(f"{number}\n\n"))
    page.wait(lambda: "39" in page.texts(ANSWER)[0])
    from_end = (
        "const p = document.scrollingElement; return p.scrollHeight - p.scrollTop - innerHeight"
    )
    assert page.browser.execute_script(from_end) < 48
    page.browser.execute_script("document.scrollingElement.scrollTop = 0")
    tell(backend, ["the end"])
    page.wait(lambda: page.visible("send"))
    assert page.browser.execute_script("return document.scrollingElement.scrollTop") == 0


def test_an_empty_answer_is_said_to_be_empty(page: ChatPage, backend: RecordingBackend) -> None:
    page.open()
    page.log_in(KEY)
    page.ask("Hello?")
    tell(backend, [])
    page.wait_text(STATS, "empty answer · 0 tokens")
