"""The page in a real browser: what neither models nor Streamlit's tester can see."""

from __future__ import annotations

import contextlib
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from hands import ANSWER_TIMEOUT_MS, PHONE, QUESTION, SETTLED_TIMEOUT_MS, ask, choose, go, marks, rested
from playwright.sync_api import Dialog, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from assistant.page.wording import SUGGESTIONS

pytestmark = pytest.mark.browser


def test_a_mark_opens_its_evidence_where_it_stands(tab: Page) -> None:
    ask(tab, QUESTION)
    mark = tab.locator('a[href="#evidence-1-1"]')
    mark.click()
    opened = tab.get_by_role("dialog")
    expect(opened).to_contain_text("Statement.")
    expect(opened).to_contain_text("paragraph")
    expect(opened.locator('a[href^="https://"]').first).to_be_visible()
    expect(opened).to_be_in_viewport(ratio=1)
    expect(mark).to_be_in_viewport()
    # A light touch beside it closes it.
    tab.mouse.click(5, 5)
    expect(opened).to_have_count(0)


@pytest.mark.task(3, "ask, open a mark's evidence and come back, by keyboard alone")
def test_a_mark_works_by_keyboard_and_leads_back(tab: Page) -> None:
    ask(tab, QUESTION)
    mark = marks(tab).nth(1)
    mark.focus()
    tab.keyboard.press("Enter")
    opened = tab.get_by_role("dialog")
    expect(opened).to_be_focused()
    tab.keyboard.press("Tab")
    expect(opened.get_by_role("button", name="Close")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(opened.get_by_role("link").first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()


def test_the_evidence_below_an_answer_leads_back_to_its_mark(tab: Page) -> None:
    ask(tab, QUESTION)
    listed = tab.locator(".st-key-evidence-1-2")
    listed.locator("summary").click()
    listed.get_by_role("link", name="Back to the answer").press("Enter")
    expect(tab.locator('a[href="#evidence-1-2"]').first).to_be_focused()


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_on_a_phone_the_evidence_opens_at_the_foot_and_leaves_its_mark_in_sight(tab: Page) -> None:
    ask(tab, QUESTION)
    mark = marks(tab).last
    mark.click()
    opened = tab.get_by_role("dialog")
    expect(opened).to_be_in_viewport(ratio=1)
    above, below = mark.bounding_box(), opened.bounding_box()
    assert above and below
    assert 0 < above["y"] < below["y"]


def test_every_mark_in_every_view_opens_evidence(tab: Page) -> None:
    ask(tab, "CRPS of the hand, drugs failed: what next?")
    every_mark_opens(tab)
    for view in ("You are here", "Check a text", "Evidence"):
        go(tab, view)
        if view == "Check a text":
            tab.get_by_role("button", name="Try an example").click()
            tab.locator(".st-key-finding-1").wait_for(timeout=ANSWER_TIMEOUT_MS)
        if view == "Evidence":
            tab.get_by_role("tab", name="Trials").click()
            tab.get_by_role("table").first.wait_for(timeout=ANSWER_TIMEOUT_MS)
        rested(tab)
        every_mark_opens(tab)


def every_mark_opens(tab: Page) -> None:
    """No mark of this view is plain text or leads nowhere; the last one is tried."""
    plain = """() => [...document.querySelectorAll('[data-testid="stMain"] :is(p, li, td)')]
        .filter((part) => !part.closest('summary, [data-testid="stExpanderDetails"]'))
        .flatMap((part) => [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
        .filter((node) => /\\[(Chin 2021|\\d{1,3}(, \\d{1,3})*)\\]/.test(node.data)).map((node) => node.data)"""
    comes_to_nothing(tab, plain)
    nowhere = """() => [...document.querySelectorAll('a[href^="#evidence-"]')].map((mark) => mark.hash.slice(1))
        .filter((key) => !document.querySelector(`.st-key-${CSS.escape(key)}`))"""
    comes_to_nothing(tab, nowhere)
    marks(tab).last.click()
    expect(tab.get_by_role("dialog").locator('a[href^="https://"]').first).to_be_attached()
    tab.keyboard.press("Escape")


def comes_to_nothing(tab: Page, listing: str) -> None:
    """What is listed is none, or soon is: a mark can be drawn some moments before its evidence."""
    with contextlib.suppress(PlaywrightTimeoutError):
        tab.wait_for_function(f"() => ({listing})().length === 0", timeout=SETTLED_TIMEOUT_MS)
    state = tab.locator("[data-test-script-state]").get_attribute("data-test-script-state")
    shown = tab.get_by_test_id("stMain").inner_text()
    assert tab.evaluate(listing) == [], f"script {state}; the view ends in: {shown[-600:]}"


def test_a_new_answer_is_shown_from_its_question_on(tab: Page) -> None:
    ask(tab, QUESTION)
    ask(tab, "And its long-term effects?")
    expect(tab.locator(".st-key-turn-2")).to_be_in_viewport(ratio=1, timeout=SETTLED_TIMEOUT_MS)
    expect(tab.get_by_test_id("stChatInputTextArea")).to_be_in_viewport()


def test_of_two_questions_sent_off_quickly_both_are_answered_in_order(tab: Page) -> None:
    box = tab.get_by_test_id("stChatInputTextArea")
    for question in ("What is PNS?", "Which block is used for pelvic pain?"):
        box.fill(question)
        box.press("Enter")
    expect(tab.get_by_text("How this answer was found")).to_have_count(2, timeout=ANSWER_TIMEOUT_MS)
    rested(tab)
    questions = tab.locator('[class*="st-key-turn-"]')
    expect(questions).to_have_count(2)
    expect(questions.first).to_contain_text("PNS")
    expect(questions.last).to_contain_text("pelvic")


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
    tab.get_by_role("button", name="Forget them").click()
    tab.get_by_text("Ask a first question").wait_for()
    assert errors == []


@pytest.mark.task(10, "check a text, go from a marked stretch to what to say instead")
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


@pytest.mark.task(7, "describe a patient, set a block to failed, see the pathway change, open a step")
def test_the_panel_is_filled_the_node_moves_and_opens_its_evidence(tab: Page, foreign_requests: list[str]) -> None:
    ask(tab, "CRPS of the hand, drugs failed: what next?")
    tab.get_by_role("link", name="You are here").click()
    picture = tab.get_by_test_id("stGraphVizChart")
    expect(picture).to_contain_text("stellate ganglion block", timeout=ANSWER_TIMEOUT_MS)
    node = picture.locator("g.node").filter(has_text="stellate ganglion block")
    expect(node).to_contain_text("CONSIDER NOW")
    rested(tab)
    choose(tab, "Stellate ganglion block", "failed")
    expect(node).to_contain_text("TRIED AND FAILED", timeout=ANSWER_TIMEOUT_MS)
    # Its outline changes with its status, and stays one.
    expect(node.locator("polygon")).to_have_count(1)
    node.click()
    opened = tab.locator(".st-key-step-stellate-block")
    expect(opened.get_by_text("Statement.").first).to_be_visible()
    assert foreign_requests == []


@pytest.mark.task(14, "find a statement and a reference by a word, and the trials")
def test_statements_references_and_trials_can_be_browsed(tab: Page, foreign_requests: list[str]) -> None:
    go(tab, "Evidence")
    tab.get_by_role("textbox", name="Search the statements").fill("hepatotoxicity")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text(re.compile(r"^[1-9]\d? of \d+ statements$"))).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    tab.get_by_role("tab", name="References").click()
    tab.get_by_role("textbox", name="Search the references").fill("57")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("1 of 71 references")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    tab.get_by_role("tab", name="Trials").click()
    expect(tab.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    expect(tab.get_by_role("table").first).to_be_visible()
    assert foreign_requests == []


@pytest.mark.task(17, "save a conversation and its PDF, reload, open it again")
def test_a_conversation_is_saved_as_a_file_and_opened_again_after_a_reload(tab: Page, tmp_path: Path) -> None:
    ask(tab, QUESTION)
    tab.get_by_role("button", name="Save and export").click()
    with tab.expect_download() as saving:
        tab.get_by_role("button", name="Conversation, to open again").click()
    with tab.expect_download() as printing:
        tab.get_by_role("button", name="PDF").click()
    assert Path(printing.value.path()).read_bytes().startswith(b"%PDF-")
    saved = tmp_path / saving.value.suggested_filename
    saving.value.save_as(saved)
    tab.reload()
    tab.get_by_text("Ask a first question").wait_for(timeout=ANSWER_TIMEOUT_MS)
    tab.get_by_role("button", name="Open a saved conversation").click()
    tab.locator('input[type="file"]').set_input_files(saved)
    expect(tab.get_by_test_id("stMain").get_by_text(QUESTION, exact=True)).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    expect(marks(tab).first).to_be_visible()


def test_the_browser_asks_before_a_conversation_is_lost(tab: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.on("dialog", accept)
    tab.reload()
    tab.get_by_text("Ask a first question").wait_for(timeout=ANSWER_TIMEOUT_MS)
    assert asked == []
    ask(tab, QUESTION)
    tab.reload()
    assert asked == ["beforeunload"]


def test_script_and_html_of_an_opened_file_do_not_run(tab: Page, tmp_path: Path, foreign_requests: list[str]) -> None:
    tab.on("dialog", lambda dialog: pytest.fail(f"a script of the file ran: {dialog.message}"))
    hostile = '<img src="http://a.example/x" onerror="alert()"><script>alert()</script> [y](javascript:alert())'
    understood: dict[str, Any] = {"question": hostile, "concepts": [], "aspects": [], "patient": None}
    answer = {"outcome": "answered", "text": hostile, "understood": understood, "missing": [hostile]}
    content: dict[str, Any] = {
        "format": "stellate conversation 1",
        "id": "0" * 32,
        "begun": "2026-01-01T00:00:00Z",
        "title": hostile,
    }
    content |= {"turns": [{"question": hostile, "answer": answer}], "by_hand": {"condition": hostile}}
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    tab.get_by_role("button", name="Open a saved conversation").click()
    tab.locator('input[type="file"]').set_input_files(file)
    expect(tab.get_by_text("How this answer was found")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    go(tab, "You are here")
    expect(tab.get_by_test_id("stGraphVizChart")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    assert tab.locator('[src*="a.example"], a[href*="a.example"], a[href^="javascript"]').count() == 0
    assert foreign_requests == []


@pytest.mark.task(6, "change a question and ask it again")
def test_a_question_is_edited_and_asked_again(tab: Page) -> None:
    ask(tab, QUESTION)
    tab.get_by_role("button", name="Edit", exact=True).click()
    tab.get_by_role("textbox", name="Your question").fill("Which block is used for pelvic pain?")
    tab.get_by_role("button", name="Ask again").click()
    expect(tab.locator(".st-key-turn-2")).to_contain_text("pelvic pain", timeout=ANSWER_TIMEOUT_MS)
    expect(tab.locator(".st-key-turn-1")).to_have_count(0)


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_on_a_phone_every_view_is_reached_and_none_is_wider_than_the_screen(tab: Page) -> None:
    ask(tab, "CRPS of the hand, drugs failed: what next?")
    for view, sign in (("You are here", "Every step"), ("Check a text", "Paste an answer"), ("Evidence", "statements")):
        go(tab, view)
        expect(tab.get_by_test_id("stMain").get_by_text(sign).first).to_be_attached(timeout=ANSWER_TIMEOUT_MS)
        wider = "document.querySelector('[data-testid=\"stMain\"]').scrollWidth - window.innerWidth"
        assert tab.evaluate(wider) <= 0


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_on_a_small_phone_the_first_screen_shows_how_to_begin_without_scrolling(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 640})
    for question in SUGGESTIONS:
        expect(tab.get_by_role("button", name=question)).to_be_in_viewport(ratio=1)
    expect(tab.get_by_test_id("stChatInputTextArea")).to_be_in_viewport(ratio=1)
    tab.get_by_role("link", name="Paste a text to check").click()
    expect(tab.get_by_role("textbox", name="Text to check")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_on_a_phone_the_pathway_shows_the_patients_place_first(tab: Page) -> None:
    ask(tab, "CRPS of the hand, drugs and stellate blocks failed: what next?")
    go(tab, "You are here")
    frame = tab.locator(".st-key-picture")
    expect(frame).to_contain_text("CONSIDER NOW", timeout=ANSWER_TIMEOUT_MS)
    # Moved upwards alone, so that it is not this that moves the picture sideways.
    tab.evaluate("document.querySelector('.st-key-picture').scrollIntoView({inline: 'nearest'})")
    expect(frame.locator("g.node.consider").first).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_on_a_phone_the_sidebar_makes_way_for_the_view_that_was_chosen(tab: Page) -> None:
    go(tab, "Check a text")
    tab.get_by_role("button", name="Try an example").click(timeout=ANSWER_TIMEOUT_MS)
    expect(tab.locator(".st-key-finding-1")).to_be_attached(timeout=ANSWER_TIMEOUT_MS)


def serious(tab: Page, where: str) -> list[str]:
    """What axe-core finds that is serious or critical."""
    tab.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    result = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{where}: {fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("tab", [PHONE, 1280], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_view(tab: Page, scheme: Literal["light", "dark"]) -> None:
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tab.wait_for_timeout(500)
    found = serious(tab, "first screen")
    ask(tab, "CRPS of the hand, drugs failed: what next?")
    marks(tab).first.click()
    expect(tab.get_by_role("dialog")).to_contain_text("Statement.")
    found += serious(tab, "a mark's evidence")
    tab.keyboard.press("Escape")
    tab.locator(".st-key-evidence-1-1 summary").click()
    for opener in ("Edit", "Feedback", "Clear the conversation"):
        tab.get_by_role("button", name=opener, exact=True).click()
        tab.locator('[data-testid="stPopoverBody"]').first.wait_for(timeout=ANSWER_TIMEOUT_MS)
        found += serious(tab, opener)
        tab.keyboard.press("Escape")
    for view in ("Ask", "You are here", "Check a text", "Evidence"):
        if view != "Ask":
            go(tab, view)
        if view == "Check a text":
            tab.get_by_role("button", name="Try an example").click()
            tab.locator(".st-key-finding-1").wait_for(timeout=ANSWER_TIMEOUT_MS)
        if view == "You are here":
            tab.locator(".st-key-step-ketamine summary").click(timeout=ANSWER_TIMEOUT_MS)
            tab.locator("g.node").first.wait_for(timeout=ANSWER_TIMEOUT_MS)
        rested(tab)
        found += serious(tab, view)
    for part in ("References", "Trials", "Risks"):
        tab.get_by_role("tab", name=part).click()
        rested(tab)
        found += serious(tab, part)
    assert found == []
