"""The key stays in its tab: not in the address, not in another tab, not on the disk."""

from __future__ import annotations

from tests.support.chat_page import ChatPage
from tests.support.live_gateway import KEY

STORED = "return [Object.values(sessionStorage), Object.values(localStorage), document.cookie]"


def test_a_wrong_key_is_explained_and_asked_for_again(page: ChatPage) -> None:
    page.open()
    page.log_in("wrong-key-0123456789")
    page.wait_text("#notice-text", "This key was not accepted. Check it and try again.")
    assert page.focused() == "key"
    page.find("key").clear()
    page.log_in(KEY)
    page.wait(lambda: page.find("prompt").is_enabled())
    assert not page.visible("notice")
    assert not page.visible("key-form")


def test_the_key_is_kept_in_the_tab_alone(page: ChatPage) -> None:
    page.open()
    page.log_in(KEY)
    page.wait(lambda: page.find("prompt").is_enabled())
    assert page.browser.execute_script(STORED) == [[KEY], [], ""]
    assert KEY not in page.browser.current_url
    assert KEY not in page.browser.page_source
    page.browser.refresh()
    page.wait(lambda: page.find("prompt").is_enabled())
    _check_another_tab(page)
    page.find("forget").click()
    page.wait(lambda: page.visible("key-form"))
    assert page.browser.execute_script(STORED) == [[], [], ""]


def _check_another_tab(page: ChatPage) -> None:
    ours = page.browser.current_window_handle
    page.browser.switch_to.new_window("tab")
    page.open()
    assert page.visible("key-form")
    page.browser.close()
    page.browser.switch_to.window(ours)
