"""What a new user tries, each from an open page to the thing in sight, and how many clicks that takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hands import ANSWER_TIMEOUT_MS, PHONE, QUESTION, ask, choose, find, go, marks, open_sidebar, rested
from playwright.sync_api import Page, expect
from tally import COUNTED

from assistant.corpus import Corpus
from assistant.page.browse import Wanted, statements

pytestmark = pytest.mark.browser

CASE = "CRPS of the hand, drugs failed: what next?"


@pytest.fixture
def clicks(tab: Page) -> Callable[[], int]:
    """How often has been clicked, or a box sent off, since the page was opened."""
    return lambda: int(tab.evaluate(COUNTED))


def seen(tab: Page, words: str) -> None:
    expect(tab.get_by_test_id("stMain").get_by_text(words).first).to_be_visible(timeout=ANSWER_TIMEOUT_MS)


def saved(tab: Page, label: str) -> bytes:
    with tab.expect_download(timeout=ANSWER_TIMEOUT_MS) as saving:
        tab.get_by_role("button", name=label, exact=True).click()
    return Path(saving.value.path()).read_bytes()


@pytest.mark.task(1, "press a first question, open the evidence behind its first mark")
def test_a_first_question_is_one_click_and_its_evidence_with_a_doi_one_more(
    tab: Page, clicks: Callable[[], int]
) -> None:
    tab.get_by_role("button", name="What did Kemler's trial of spinal cord stimulation show?").click()
    expect(marks(tab).first).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    rested(tab)
    marks(tab).first.click()
    assert clicks() == 2
    expect(tab.get_by_role("dialog").locator("a[href^='https://']").first).to_be_visible()
    expect(tab.locator("a[href^='https://doi.org/']").first).to_be_attached()


@pytest.mark.task(2, "type a question and see its cited answer")
def test_a_typed_question_is_answered_with_marks_at_once(tab: Page, clicks: Callable[[], int]) -> None:
    tab.get_by_test_id("stChatInputTextArea").fill(CASE)
    tab.keyboard.press("Enter")
    expect(marks(tab).first).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    assert clicks() == 1


@pytest.mark.task(4, "ask for a dose: be told that the review gives none, and what it does say")
def test_what_the_review_does_not_cover_is_said_beside_what_it_does(tab: Page) -> None:
    ask(tab, "What dose of ketamine in mg/kg per hour?")
    seen(tab, "Not covered by the review")
    expect(marks(tab).first).to_be_visible()


@pytest.mark.task(9, "start a new conversation and come back to the first")
def test_a_new_conversation_leaves_the_first_to_come_back_to(tab: Page) -> None:
    ask(tab, QUESTION)
    tab.get_by_role("button", name="New conversation").click()
    seen(tab, "Ask a first question")
    rested(tab)
    tab.get_by_test_id("stSidebar").get_by_text(QUESTION).click()
    expect(marks(tab).first).to_be_visible(timeout=ANSWER_TIMEOUT_MS)


@pytest.mark.task(5, "ask, then press a follow-up that is suggested")
def test_a_suggested_follow_up_is_one_click_and_is_answered(tab: Page) -> None:
    ask(tab, QUESTION)
    tab.locator('[class*="st-key-followup-1-1"] button').click()
    expect(tab.locator(".st-key-turn-2")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    expect(tab.get_by_text("Answered from the review")).to_have_count(2, timeout=ANSWER_TIMEOUT_MS)


@pytest.mark.task(8, "set what the panel has wrong to unknown, ask what comes next")
def test_what_is_set_to_unknown_in_the_panel_counts_in_the_next_answer(tab: Page) -> None:
    ask(tab, "CRPS of the hand, drugs and stellate blocks failed: what next?")
    choose(tab, "Stellate ganglion block", "unknown")
    rested(tab)
    ask(tab, "So what comes next?")
    seen(tab, "stellate ganglion block not known (you wrote failed)")


@pytest.mark.task(11, "check a text for the patient of the conversation")
def test_a_text_is_checked_for_the_patient_in_the_panel(tab: Page) -> None:
    ask(tab, "CRPS of the hand, drugs and stellate blocks failed: what next?")
    go(tab, "Check a text")
    tab.get_by_role("textbox", name="Text to check").fill("Repeat the stellate ganglion block.")
    tab.get_by_role("button", name="Check", exact=True).click()
    expect(tab.locator(".st-key-checked")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    assert tab.get_by_text("Against this patient's history").count() == 0
    tab.get_by_test_id("stCheckbox").click()
    seen(tab, "Against this patient's history")


@pytest.mark.task(12, "disagree with a finding, save, reload, open, find the reason again")
def test_a_disagreement_stands_in_the_saved_conversation_and_comes_back_with_it(tab: Page, tmp_path: Path) -> None:
    go(tab, "Check a text")
    tab.get_by_role("button", name="Try an example").click()
    tab.locator(".st-key-finding-1").wait_for(timeout=ANSWER_TIMEOUT_MS)
    tab.get_by_role("button", name="I disagree").first.click()
    tab.get_by_role("textbox", name="Why is this finding wrong?").fill("Our <b>protocol</b>")
    tab.get_by_role("button", name="Note it").click()
    seen(tab, "Our <b>protocol</b>")
    seen(tab, "Not to be used as it stands")
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Save and export").click()
    file = tmp_path / "stellate.json"
    file.write_bytes(saved(tab, "Conversation, to open again"))
    assert [item["reason"] for item in json.loads(file.read_text())["disagreed"]] == ["Our <b>protocol</b>"]
    tab.reload()
    tab.get_by_role("textbox", name="Text to check").wait_for(timeout=ANSWER_TIMEOUT_MS)
    rested(tab)
    tab.get_by_role("button", name="Open a saved conversation").click()
    tab.locator('input[type="file"]').set_input_files(file)
    kept = tab.get_by_text("Disagreements kept with this conversation: 1")
    expect(kept).to_be_attached(timeout=ANSWER_TIMEOUT_MS)
    rested(tab)
    tab.keyboard.press("Escape")
    kept.click()
    tab.get_by_role("button", name="Check this text again").click()
    expect(tab.locator(".st-key-finding-1")).to_contain_text("You disagree", timeout=ANSWER_TIMEOUT_MS)


@pytest.mark.task(13, "find the risks of ketamine among the statements")
def test_statements_are_found_by_intervention_and_aspect(tab: Page, clicks: Callable[[], int], corpus: Corpus) -> None:
    go(tab, "Evidence")
    seen(tab, "statements")
    rested(tab)
    find(tab, "Intervention", "intravenous ketamine")
    rested(tab)
    find(tab, "Aspect", "risks and side effects")
    found = statements(corpus, Wanted(intervention="ketamine", aspect="risk"))
    seen(tab, f"{len(found)} of {len(corpus.statements)} statements")
    assert clicks() <= 3


@pytest.mark.task(15, "find Kemler's paper and where it is used, a trial's chart, the list of risks")
def test_a_reference_a_trial_and_risks_are_found(tab: Page) -> None:
    go(tab, "Evidence")
    tab.get_by_role("tab", name="References").click()
    tab.get_by_role("textbox", name="Search the references").fill("Kemler")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("of 71 references")).not_to_have_text("71 of 71 references", timeout=ANSWER_TIMEOUT_MS)
    seen(tab, "Used in")
    tab.get_by_role("tab", name="Trials").click()
    expect(tab.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    tab.get_by_role("tab", name="Risks").click()
    seen(tab, "What it leaves out may still be a risk")


@pytest.mark.task(16, "export a conversation as Markdown and PDF, its references in three forms")
def test_the_conversation_and_its_references_are_exported_in_every_form(tab: Page) -> None:
    ask(tab, QUESTION)
    tab.get_by_role("button", name="Save and export").click()
    assert saved(tab, "Markdown").startswith(b"# What are the side effects")
    assert saved(tab, "PDF").startswith(b"%PDF-")
    assert saved(tab, "RIS").startswith(b"TY  - ")
    assert saved(tab, "BibTeX").startswith(b"@")
    assert json.loads(saved(tab, "CSL-JSON"))[0]["title"]


@pytest.mark.task(18, "give feedback on an answer and see that it was kept")
def test_feedback_is_given_and_kept(tab: Page) -> None:
    ask(tab, QUESTION)
    tab.get_by_role("button", name="Feedback", exact=True).click()
    tab.get_by_role("textbox", name="Comment").fill("Which dose?")
    tab.get_by_role("button", name="Keep feedback").click()
    kept = tab.get_by_role("button", name="Feedback kept")
    expect(kept).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    rested(tab)
    kept.click()
    expect(tab.get_by_text("Feedback is kept with this conversation")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    expect(tab.get_by_role("textbox", name="Comment")).to_have_value("Which dose?")


@pytest.mark.task(19, "ask in four conversations; rename, search, choose and delete")
def test_conversations_are_renamed_chosen_searched_and_deleted(tab: Page) -> None:
    for number, question in enumerate((QUESTION, CASE, "Which block is used for pelvic pain?", "What is PNS?")):
        if number:
            tab.get_by_role("button", name="New conversation").click()
            tab.get_by_text("Ask a first question").wait_for(timeout=ANSWER_TIMEOUT_MS)
            rested(tab)
        ask(tab, question)
    sidebar = tab.get_by_test_id("stSidebar")
    tab.get_by_role("button", name="Rename or delete").click()
    tab.get_by_role("textbox", name="Name").fill("Stimulating nerves")
    tab.keyboard.press("Enter")
    expect(sidebar.get_by_text("Stimulating nerves")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    tab.keyboard.press("Escape")
    tab.get_by_role("textbox", name="Search conversations").fill("pelvic")
    tab.keyboard.press("Enter")
    expect(sidebar.get_by_text(QUESTION)).to_have_count(0, timeout=ANSWER_TIMEOUT_MS)
    sidebar.get_by_text("Which block is used for pelvic pain?").click()
    seen(tab, "Which block is used for pelvic pain?")
    rested(tab)
    tab.get_by_role("button", name="Rename or delete").click()
    tab.get_by_role("button", name="Delete this conversation").click()
    expect(sidebar.get_by_text("Which block is used for pelvic pain?")).to_have_count(0, timeout=ANSWER_TIMEOUT_MS)


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
@pytest.mark.task(20, "on a phone: enter a patient and see the place on the pathway")
def test_on_a_phone_a_patient_is_entered_and_seen_on_the_pathway(tab: Page) -> None:
    open_sidebar(tab)
    choose(tab, "Condition", "CRPS type 1")
    expect(tab.get_by_text("What has been tried")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    tab.get_by_role("link", name="You are here").first.click()
    expect(tab.get_by_test_id("stGraphVizChart")).to_contain_text("CONSIDER NOW", timeout=ANSWER_TIMEOUT_MS)
