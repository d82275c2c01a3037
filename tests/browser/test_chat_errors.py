"""When something fails, the page says what happened and what to do."""

from __future__ import annotations

import pytest

from tests.support.chat_page import ChatPage
from tests.support.chat_stream import tell, word
from tests.support.live_gateway import KEY
from tests.support.recording_backend import RecordingBackend

NOTICE = "#notice-text"


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("limit", "Too many requests at once. Try again in 7 s."),
        ("refuse", "The model is busy or just starting. Try again soon."),
        ("hang up", "The model is busy or just starting. Try again in 1 s."),
    ],
)
def test_a_refusal_is_explained_and_can_be_tried_again(
    page: ChatPage, backend: RecordingBackend, mode: str, sentence: str
) -> None:
    page.open()
    page.log_in(KEY)
    backend.mode = mode
    page.ask("Hello?")
    page.wait_text(NOTICE, sentence)
    assert page.texts("article") == ["Hello?"]
    backend.mode = "stream"
    page.find("retry").click()
    tell(backend, ["Here I am."])
    page.wait_text("article.assistant .text", "Here I am.")
    assert not page.visible("notice")


def test_a_broken_answer_is_kept_and_said_to_be_broken(
    page: ChatPage, backend: RecordingBackend
) -> None:
    page.open()
    page.log_in(KEY)
    page.ask("Hello?")
    backend.say(word("Half an"))
    page.wait_text("article.assistant .text", "Half an")
    backend.say(b"")
    page.wait_text(NOTICE, "The answer broke off before its end.")
    assert page.texts("article.assistant .text") == ["Half an"]
    page.find("retry").click()
    tell(backend, ["A whole answer."])
    page.wait_text("article.assistant .text", "A whole answer.")


def test_an_error_inside_the_stream_is_shown(page: ChatPage, backend: RecordingBackend) -> None:
    page.open()
    page.log_in(KEY)
    page.ask("Hello?")
    backend.say(b'{"error": {"message": "the deadline of 30 s passed"}}')
    page.wait_text(NOTICE, "The model could not answer: the deadline of 30 s passed")
    backend.say(None)
