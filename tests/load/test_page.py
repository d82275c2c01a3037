"""The page says what the document says, and cannot be made to say more."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from benchmarks.load.page.page import page_of
from planning.page.html import html_of
from tests.support.load_documents import FAILED, IN_TIME, LATE, REFUSED, a_document


def test_the_page_shows_figures_pictures_and_failures() -> None:
    text = html_of(page_of(a_document(IN_TIME, LATE, FAILED, REFUSED)))
    assert "2 of 4 requests failed." in text
    assert "status 429: too many" in text and "env:ONE" in text
    # Wide and narrow: the run, first tokens, gaps, whole answers.
    pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(pictures) == 8
    for picture in pictures:
        ElementTree.fromstring(picture)
    [run, *_] = pictures
    assert run.count('class="dot chosen"') == 1  # in time
    assert run.count('class="dot"') == 1  # late
    assert run.count('class="dot unseen"') == 2  # failed


def test_names_from_outside_are_text_and_not_markup() -> None:
    text = html_of(page_of(a_document(IN_TIME)))
    assert "&lt;model&gt;" in text and "<model>" not in text


def test_a_run_in_which_all_was_well_has_no_remarks() -> None:
    page = page_of(a_document(IN_TIME))
    assert (page.verdict, page.sentence) == ("good", "Poisson at 1/s, 3 + 3 tokens")


def test_a_run_without_answers_is_said_to_be_one() -> None:
    page = page_of(a_document(REFUSED))
    assert (page.verdict, page.judgement) == ("refused", "Nothing was answered")
    assert html_of(page)


def test_a_client_that_fell_behind_is_named_first_thing() -> None:
    document = a_document(IN_TIME)
    document["client"]["lagMs"]["p99"] = 40.0
    page = page_of(document)
    assert page.verdict == "warned" and "sent 40 ms late" in page.sentence
