"""Conversations, their files, their exports and follow-ups; no Streamlit."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import create_engine, text

from assistant import Assistant, Settings
from assistant.corpus import Corpus
from assistant.errors import SavedFileError, SettingsError, StoreError
from assistant.guardrail import check
from assistant.page.chats import NEW, Chat, Chats, Feedback
from assistant.page.export import as_bibtex, as_csl_json, as_markdown, as_pdf, as_ris, cited
from assistant.page.followups import LONGEST, MOST, followups
from assistant.page.models import Turn
from assistant.page.panel import Panel
from assistant.page.saved import from_json, to_json
from assistant.page.store import Store, identity, is_owner, new_owner
from assistant.page.wording import SUGGESTIONS
from assistant.types import Answer, Understood

QUESTION = "What are the side effects of ketamine infusions?"


@pytest.fixture(scope="session")
def real(assistant: Assistant) -> Answer:
    return assistant.ask(QUESTION)


@pytest.fixture
def chat(real: Answer) -> Chat:
    panel = Panel({"condition": "CRPS"}).with_result("ketamine", "failed")
    return Chat(
        title="Ketamine", turns=[Turn(3, QUESTION, real)], panel=panel, feedback={3: Feedback(True, (), "Good")}
    )


def test_a_conversation_is_named_by_its_first_question_until_it_is_renamed(answer: Answer) -> None:
    chat = Chat()
    assert (chat.name, chat.is_empty) == (NEW, True)
    chat.turns.append(Turn(1, "What about\n PNS " + "x" * 100, answer))
    assert chat.name.startswith("What about PNS xxx")
    assert len(chat.name) == 60
    chat.title = "Mine"
    assert chat.name == "Mine"


def test_a_new_conversation_comes_first_and_an_empty_one_is_used_again(answer: Answer) -> None:
    chats = Chats()
    first = chats.current
    assert chats.new() is first
    first.turns.append(Turn(1, "PNS?", answer))
    second = chats.new()
    assert [chats.current, *chats.all] == [second, second, first]
    chats.choose(first.id)
    assert chats.current is first
    chats.choose("gone")
    assert chats.current is first


def test_conversations_of_one_name_are_told_apart(answer: Answer) -> None:
    same = [Chat(turns=[Turn(number, "What is PNS?", answer)]) for number in (1, 2, 3)]
    chats = Chats(same)
    assert list(chats.names(same).values()) == ["What is PNS?", "What is PNS? (2)", "What is PNS? (3)"]


def test_deleting_the_last_conversation_leaves_a_new_one_and_forgets_it(answer: Answer) -> None:
    forgotten: list[str] = []
    chats = Chats([Chat(turns=[Turn(1, "PNS?", answer)])], forget=forgotten.append)
    gone = chats.current.id
    chats.delete(gone)
    assert forgotten == [gone]
    assert chats.current.is_empty
    assert gone not in [chat.id for chat in chats.all]


def test_conversations_are_searched_by_all_words_of_questions_and_answers(answer: Answer) -> None:
    chats = Chats([Chat(turns=[Turn(1, "What of stimulation?", answer)]), Chat(title="Blocks")])
    assert [chat.name for chat in chats.search("KETAMINE stimulation")] == ["What of stimulation?"]
    assert chats.search("ketamine unicorn") == []
    assert len(chats.search("")) == 2


def test_asking_a_question_anew_drops_it_and_what_came_after(answer: Answer) -> None:
    told = replace(answer, understood=replace(answer.understood, patient={"condition": "CRPS"}))
    later = replace(answer, understood=replace(answer.understood, patient={"condition": "PHN"}))
    turns = [Turn(1, "a", told), Turn(4, "b", later), Turn(5, "c", later)]
    chat = Chat(turns=turns, feedback={1: Feedback(True), 5: Feedback(False)}, panel=Panel({"condition": "PHN"}))
    chat.back_to(4)
    assert [turn.number for turn in chat.turns] == [1]
    assert chat.feedback == {1: Feedback(True)}
    assert chat.panel.patient == {"condition": "CRPS"}


def test_a_saved_conversation_opens_as_it_was(chat: Chat, corpus: Corpus, real: Answer) -> None:
    opened, foreign = from_json(to_json(chat, "here"), corpus, asked=7)
    assert foreign == 0
    assert (opened.id, opened.title, opened.begun) == (chat.id, chat.title, chat.begun)
    assert opened.panel.patient == chat.panel.patient
    assert [turn.number for turn in opened.turns] == [8]
    assert opened.feedback == {8: Feedback(True, (), "Good")}
    found = opened.turns[0].answer
    assert found is not None
    assert (found.text, found.outcome) == (real.text, real.outcome)
    assert [item.statement_id for item in found.citations] == [item.statement_id for item in real.citations]


def test_a_forged_file_shows_no_evidence_of_its_own_and_is_checked_anew(chat: Chat, corpus: Corpus) -> None:
    content = json.loads(to_json(chat, "here"))
    forged = content["turns"][0]["answer"]
    forged["text"] = "Offer spinal cord stimulation before sympathetic blocks [22]."
    forged["citations"][0]["text"] = "SCS comes first."
    forged["citations"][1]["statement_id"] = "made-up"
    opened, foreign = from_json(json.dumps(content), corpus, asked=0)
    found = opened.turns[0].answer
    assert foreign == 2
    assert found is not None
    assert all(item.text != "SCS comes first." for item in found.citations)
    assert found.report == check(forged["text"], None, found.understood.question)
    assert found.report is not None
    assert found.report.verdict == "block"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json", "Invalid JSON"),
        ("{}", "format"),
        ('{"format": "stellate conversation 9"}', "format"),
        (b"\xff\xfe", "the file"),
        ("x" * 5_000_001, "at most 5,000,000 are read"),
    ],
)
def test_what_is_no_saved_conversation_is_told_so(text: str | bytes, said: str, corpus: Corpus) -> None:
    with pytest.raises(SavedFileError, match=said):
        from_json(text, corpus, asked=0)


def test_the_articles_own_words_are_not_written_into_a_file(answer: Answer) -> None:
    assert "Own *words*." not in to_json(Chat(turns=[Turn(1, "q", answer)]), "here")


def test_markdown_has_question_answer_verdict_evidence_and_full_references(chat: Chat, corpus: Corpus) -> None:
    shown = as_markdown(chat, corpus)
    found = chat.turns[0].answer
    assert found is not None
    for part in (f"> {QUESTION}", found.text, "**Checked:** Nothing found", "### Evidence", "## References"):
        assert part in shown
    assert all(corpus.references[number].formatted in shown for number in found.references)


def test_the_pdf_has_the_same_words_and_letters_that_its_fonts_lack_in_plain_ones(chat: Chat, corpus: Corpus) -> None:
    chat.turns.append(Turn(9, "Łódź “CRPS” ≥ 50 % — α2 痛?", error=("That did not work.", "Odd.", "Try again.")))
    data = as_pdf(chat, corpus)
    assert data.startswith(b"%PDF-")
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    assert QUESTION in words
    assert "Checked: Nothing found" in words
    assert "“CRPS” >= 50 % — alpha2 ??" in words
    assert corpus.references[cited(chat.turns)[0]].formatted[:40] in words


def test_each_page_of_the_pdf_has_its_number(chat: Chat, corpus: Corpus) -> None:
    pages = PdfReader(io.BytesIO(as_pdf(chat, corpus))).pages
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page.extract_text()


def test_marks_of_the_pdf_lead_to_their_references_and_those_to_their_addresses(chat: Chat, corpus: Corpus) -> None:
    links = [
        annotation.get_object()
        for page in PdfReader(io.BytesIO(as_pdf(chat, corpus))).pages
        for annotation in page.get("/Annots", ())
    ]
    addresses = {link["/A"]["/URI"] for link in links if "/A" in link}
    numbers = cited(chat.turns)
    assert {corpus.references[number].link for number in numbers} - {None} <= addresses
    assert sum("/Dest" in link for link in links) >= len(numbers)


def test_marks_of_the_markdown_are_links_by_definitions_apart_from_the_text(chat: Chat, corpus: Corpus) -> None:
    shown = as_markdown(chat, corpus)
    found = chat.turns[0].answer
    assert found is not None
    for item in found.citations:
        assert re.search(rf"^{re.escape(item.mark)}: (https://|#references)", shown, re.MULTILINE)


def test_nothing_typed_or_opened_is_an_image_a_link_or_html_in_the_markdown(corpus: Corpus) -> None:
    hostile = "![x](http://a.example/y) <script>alert()</script> www.a.example `c`"
    answer = Answer("answered", hostile, Understood(hostile), missing=(hostile,))
    chat = Chat(title=hostile, turns=[Turn(1, hostile, answer)])
    chat.disagree(hostile, ("ORD-1", 0, 10), hostile)
    shown = as_markdown(chat, corpus)
    assert not re.search(r"(?<!\\)(!\[|\]\(|<script|`)", shown)
    assert b"a.example" not in b"".join(
        str(annotation.get_object()).encode()
        for page in PdfReader(io.BytesIO(as_pdf(chat, corpus))).pages
        for annotation in page.get("/Annots", ())
    )


def test_every_reference_is_exported_in_all_three_formats(corpus: Corpus) -> None:
    everything = [corpus.references[number] for number in sorted(corpus.references)]
    ris, bibtex = as_ris(everything), as_bibtex(everything)
    assert ris.count("TY  - ") == ris.count("ER  - ") == bibtex.count("\n}") == 71
    assert all(len(line) > 5 or line.startswith("ER") for line in ris.splitlines() if line)
    keys = [line.partition("{")[2] for line in bibtex.splitlines() if line.startswith("@")]
    assert len(set(keys)) == 71
    assert bibtex.count("{") - bibtex.count(r"\{") == bibtex.count("}") - bibtex.count(r"\}")
    assert [item["citation-number"] for item in json.loads(as_csl_json(everything))] == list(range(1, 72))


def test_ris_and_bibtex_of_one_article(corpus: Corpus) -> None:
    ris = as_ris([corpus.references[1]]).splitlines()
    for line in ("TY  - JOUR", "AU  - Colloca, L", "TI  - Neuropathic pain", "PY  - 2017", "DO  - 10.1038/nrdp.2017.2"):
        assert line in ris
    assert "author = {Colloca, L and Ludman, T and Bouhassira, D and others}" in as_bibtex([corpus.references[1]])


@pytest.mark.parametrize("question", SUGGESTIONS)
def test_followups_are_few_short_new_and_answered(question: str, assistant: Assistant, corpus: Corpus) -> None:
    turns = [Turn(1, question, assistant.ask(question))]
    found = followups(turns, corpus)
    assert 1 <= len(found) <= MOST
    assert question not in found
    for follow in found:
        assert len(follow) <= LONGEST
        assert assistant.ask(follow).outcome == "answered"


def test_a_declined_request_is_followed_by_nothing(answer: Answer, corpus: Corpus) -> None:
    assert followups([], corpus) == ()
    assert followups([Turn(1, "q", replace(answer, outcome="refused"))], corpus) == ()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'kept.db'}"


def test_a_kept_conversation_is_there_for_its_owner_alone(url: str, chat: Chat, corpus: Corpus) -> None:
    owner = new_owner()
    store = Store(url)
    store.save(owner, chat, "here")
    chat.title = "Renamed"
    store.save(owner, chat, "here")
    store.close()
    again = Store(url)
    assert [kept.name for kept in again.load(owner, corpus)] == ["Renamed"]
    assert again.load(owner, corpus)[0].feedback == {1: Feedback(True, (), "Good")}
    assert again.load(new_owner(), corpus) == []
    again.forget(new_owner(), chat.id)
    assert len(again.load(owner, corpus)) == 1
    again.forget(owner, chat.id)
    assert again.load(owner, corpus) == []
    again.close()


def test_feedback_is_kept_with_answer_and_identity(url: str, chat: Chat) -> None:
    store = Store(url)
    store.save(new_owner(), chat, identity(Settings()))
    store.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        row = connection.execute(text("select * from stellate_feedback")).mappings().one()
    engine.dispose()
    assert (row["helpful"], row["comment"], row["question"]) == (1, "Good", QUESTION)
    assert json.loads(row["answer"])["verdict"] == "pass"
    assert row["identity"] == identity(Settings())


def test_disagreements_are_in_the_file_and_in_the_store_and_can_be_taken_back(tmp_path: Path, corpus: Corpus) -> None:
    chat = Chat()
    chat.disagree("SCS first.", ("ORD-1", 0, 10), "  our\n<b>protocol</b> ")
    assert not chat.is_empty
    opened, _ = from_json(to_json(chat, "i"), corpus, 0)
    assert opened.disagreed == {"SCS first.": {("ORD-1", 0, 10): "our <b>protocol</b>"}}
    assert r"- Rule ORD-1: our \<b>protocol\</b>" in as_markdown(chat, corpus)
    address, owner = f"sqlite:///{tmp_path}/store.db", new_owner()
    store = Store(address)
    store.save(owner, chat, "index-settings")
    with create_engine(address).connect() as connection:
        kept = connection.execute(text("select rule, start, reason, text, identity from stellate_disagreements")).all()
    assert [tuple(row) for row in kept] == [("ORD-1", 0, "our <b>protocol</b>", "SCS first.", "index-settings")]
    chat.disagree("SCS first.", ("ORD-1", 0, 10), "")
    assert chat.is_empty
    store.forget(owner, chat.id)
    with create_engine(address).connect() as connection:
        assert not connection.execute(text("select * from stellate_disagreements")).all()
    store.close()


def test_owners_names_can_not_be_guessed_or_made_up() -> None:
    assert new_owner() != new_owner()
    assert is_owner(new_owner())
    assert not is_owner("me")
    assert not is_owner("x" * 22 + "'")


@pytest.mark.parametrize("bad", ["nonsense://x", "sqlite:////nowhere/at/all.db"])
def test_a_database_that_can_not_be_used_is_told_so_without_its_password(bad: str) -> None:
    with pytest.raises(StoreError, match="ASSISTANT_STORE"):
        Store(bad)


def test_what_is_no_database_url_is_a_setting_that_can_not_be_used() -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_STORE must be a database URL"):
        Settings(store="stellate.db")


def test_a_question_waits_once_until_it_is_answered_or_the_conversation_is_cleared() -> None:
    chat = Chat()
    for question in ("What is PNS?", "What is SCS?", "What is PNS?"):
        chat.ask(question)
    assert chat.waiting == ["What is PNS?", "What is SCS?"]
    assert not chat.is_empty
    for _ in range(2):
        chat.answered(Turn(1, "What is PNS?"))
    assert ([turn.question for turn in chat.turns], chat.waiting) == (["What is PNS?"], ["What is SCS?"])
    chat.clear()
    assert chat.is_empty
