"""What a person does on the page, for tests in a real browser: ask, go to a view, choose, and wait for rest."""

from __future__ import annotations

import contextlib

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

QUESTION = "What are the side effects of ketamine infusions?"
ANSWER_TIMEOUT_MS = 60_000
# Under load what is drawn around an answer takes a while to come to rest.
SETTLED_TIMEOUT_MS = 20_000
PHONE = 390
_CLOSED_AGAIN_MS = 500


def rested(tab: Page) -> None:
    """Until the page has drawn everything: a list that is opened before may be drawn anew, and closed."""
    tab.locator('[data-test-script-state="notRunning"]').wait_for(timeout=ANSWER_TIMEOUT_MS)


def ask(tab: Page, question: str) -> None:
    """Ask, and wait for this question's own answer, and until the box to ask in stands there once again."""
    answers = tab.get_by_text("How this answer was found")
    before = answers.count()
    box = tab.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    answers.nth(before).wait_for(timeout=ANSWER_TIMEOUT_MS)
    rested(tab)


def marks(tab: Page) -> Locator:
    return tab.locator('a[href^="#evidence-"]')


def open_sidebar(tab: Page) -> None:
    """Open the sidebar where it is closed; once more where Streamlit has closed it again soon after the page began."""
    opener = tab.get_by_test_id("stExpandSidebarButton")
    for _ in range(4):
        if not opener.is_visible():
            return
        opener.click()
        tab.wait_for_timeout(_CLOSED_AGAIN_MS)
    raise AssertionError("the sidebar does not stay open")


def go(tab: Page, view: str) -> None:
    """To another view; on a phone the views are in the sidebar."""
    open_sidebar(tab)
    tab.get_by_role("link", name=view).first.click()


def find(tab: Page, box: str, option: str) -> None:
    """Choose in a long drop-down list, of which not all is drawn, by typing how the option begins."""
    tab.get_by_role("combobox", name=box).fill(option[:-1])
    tab.get_by_role("option", name=option, exact=True).click(timeout=ANSWER_TIMEOUT_MS)


def choose(tab: Page, box: str, option: str) -> None:
    """Choose in a drop-down list, once more where the page was drawn anew and closed it."""
    for _ in range(4):
        tab.get_by_role("combobox", name=box).press("ArrowDown")
        with contextlib.suppress(PlaywrightTimeoutError):
            tab.get_by_role("option", name=option, exact=True).click(timeout=5_000)
            return
    raise AssertionError(f"{box}: no option {option!r} stayed open")
