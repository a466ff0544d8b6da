"""The page in a real browser: what neither models nor Streamlit's tester can see."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

QUESTION = "What are the side effects of ketamine infusions?"
ANSWER_TIMEOUT_MS = 60_000
PHONE = 390


def ask(tab: Page, question: str) -> None:
    box = tab.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    tab.get_by_text("How this answer was found").last.wait_for(timeout=ANSWER_TIMEOUT_MS)


def marks(tab: Page) -> Locator:
    return tab.locator('a[href^="#evidence-"]')


def test_a_mark_opens_its_evidence(tab: Page) -> None:
    ask(tab, QUESTION)
    evidence = tab.locator(".st-key-evidence-1-1")
    expect(evidence.get_by_text("Statement.")).not_to_be_visible()
    tab.locator('a[href="#evidence-1-1"]').click()
    expect(evidence.get_by_text("Statement.")).to_be_visible()
    expect(evidence.get_by_text("paragraph")).to_be_visible()
    expect(evidence.get_by_role("link", name="Back to the answer")).to_be_visible()
    expect(evidence.locator('a[href^="https://"]').first).to_be_visible()
    expect(evidence.locator("summary")).to_be_in_viewport()


def test_a_mark_works_by_keyboard_and_leads_back(tab: Page) -> None:
    ask(tab, QUESTION)
    mark = marks(tab).nth(1)
    mark.focus()
    tab.keyboard.press("Enter")
    evidence = tab.locator(f".st-key-{(mark.get_attribute('href') or '').removeprefix('#')}")
    expect(evidence.locator("summary")).to_be_focused()
    evidence.get_by_role("link", name="Back to the answer").press("Enter")
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()


def test_evidence_that_is_open_stays_open_when_its_mark_is_pressed_again(tab: Page) -> None:
    ask(tab, QUESTION)
    mark = tab.locator('a[href="#evidence-1-1"]')
    mark.click()
    mark.click()
    expect(tab.locator(".st-key-evidence-1-1 details")).to_have_attribute("open", "")


def test_a_new_answer_is_shown_from_its_question_on(tab: Page) -> None:
    ask(tab, QUESTION)
    ask(tab, "And its long-term effects?")
    expect(tab.locator(".st-key-turn-2")).to_be_in_viewport(ratio=1)
    expect(tab.get_by_test_id("stChatInputTextArea")).to_be_in_viewport()


@pytest.mark.parametrize("tab", [PHONE, 1280], indirect=True)
def test_nothing_is_wider_than_the_screen(tab: Page) -> None:
    ask(tab, "x" * 300 + " ketamine side effects?")
    ask(tab, QUESTION)
    marks(tab).last.click()
    wider = """() => {
        const main = document.querySelector('[data-testid="stMain"]');
        return Math.max(document.documentElement.scrollWidth, main ? main.scrollWidth : 0) - window.innerWidth;
    }"""
    assert tab.evaluate(wider) <= 0


def test_html_script_links_and_images_in_a_question_stay_text(tab: Page, foreign_requests: list[str]) -> None:
    tab.on("dialog", lambda dialog: pytest.fail(f"a script of the question ran: {dialog.message}"))
    hostile = '<img src="http://a.example/x" onerror="alert()"> <script>alert()</script> ![i](http://a.example/y) CRPS?'
    ask(tab, hostile)
    expect(tab.get_by_text(hostile, exact=True)).to_be_visible()
    assert tab.locator('[src*="a.example"], a[href*="a.example"]').count() == 0
    assert foreign_requests == []


def test_no_request_leaves_this_machine(tab: Page, foreign_requests: list[str]) -> None:
    ask(tab, QUESTION)
    marks(tab).first.click()
    ask(tab, "What dose of ketamine?")
    assert foreign_requests == []


def test_the_page_reports_no_error_in_the_browser(tab: Page) -> None:
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    ask(tab, QUESTION)
    tab.get_by_role("button", name="Clear the conversation").click()
    tab.get_by_text("Ask a first question").wait_for()
    assert errors == []


def test_a_text_is_checked_and_a_finding_opened_from_its_place(tab: Page) -> None:
    ran: list[str] = []
    tab.on("dialog", lambda dialog: ran.append(dialog.message))
    tab.get_by_role("link", name="Check a text").click()
    box = tab.get_by_role("textbox", name="Text to check")
    box.fill('Offer SCS before sympathetic blocks <img src=x onerror="alert()"><script>alert()</script>.')
    tab.get_by_role("button", name="Check", exact=True).click()
    expect(tab.get_by_text("Not to be used as it stands")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    expect(tab.locator(".checked-text")).to_contain_text('<img src=x onerror="alert()">')
    tab.locator('.checked-text a[href="#finding-1"]').click()
    expect(tab.locator(".st-key-finding-1")).to_be_focused()
    expect(tab.locator(".st-key-finding-1")).to_contain_text("What to say instead")
    assert ran == []


def test_the_panel_is_filled_the_node_moves_and_opens_its_evidence(tab: Page, foreign_requests: list[str]) -> None:
    ask(tab, "CRPS of the hand, drugs failed: what next?")
    tab.get_by_role("link", name="You are here").click()
    picture = tab.get_by_test_id("stGraphVizChart")
    expect(picture).to_contain_text("stellate ganglion block", timeout=ANSWER_TIMEOUT_MS)
    node = picture.locator("g.node").filter(has_text="stellate ganglion block")
    expect(node).to_contain_text("CONSIDER NOW")
    tab.get_by_role("combobox", name="Stellate ganglion block").click()
    tab.get_by_role("option", name="failed", exact=True).click()
    expect(node).to_contain_text("TRIED AND FAILED", timeout=ANSWER_TIMEOUT_MS)
    node.click()
    opened = tab.locator(".st-key-step-stellate-block")
    expect(opened.get_by_text("Statement.").first).to_be_visible()
    assert foreign_requests == []
