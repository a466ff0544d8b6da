"""What the page shows of an answer; no Streamlit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.cite import citation
from assistant.corpus import Corpus
from assistant.errors import AssistantError, IndexMissing, QuestionError
from assistant.guardrail import Report
from assistant.page.markup import as_lines, as_text, passage_html, with_links
from assistant.page.models import Turn, card, failed, history, question_shown, shown, source
from assistant.page.wording import OUTCOMES, STAGES, SUGGESTIONS, building, error_sentences, stage, stage_told, stages
from assistant.types import Answer, Citation, Understood

HOSTILE = "![x](http://a.example/b.png) [y](http://a.example) <script>alert(1)</script> $x$ :red[z] `c` **d**"


def test_a_mark_links_to_the_evidence_behind_it(answer: Answer, corpus: Corpus) -> None:
    found = shown(answer, corpus, 3)
    assert r"reviewed [\[67\]](#evidence-3-2 " in found.text


def test_marks_that_look_the_same_lead_to_the_statement_of_their_own_sentence(answer: Answer, corpus: Corpus) -> None:
    text = shown(answer, corpus, 3).text
    assert text.index("side effects") < text.index("#evidence-3-3") < text.index("early") < text.index("#evidence-3-1")


def test_the_evidence_stands_in_the_order_of_the_marks(answer: Answer, corpus: Corpus) -> None:
    assert [card.key for card in shown(answer, corpus, 3).cards] == ["evidence-3-2", "evidence-3-3", "evidence-3-1"]


def test_a_card_has_statement_place_reference_and_link(answer: Answer, corpus: Corpus) -> None:
    card = shown(answer, corpus, 1).cards[0]
    assert card.statement == "PNS trials were reviewed."
    assert card.label == r"**\[67\]** “Peripheral nerve stimulation”, paragraph 1"
    assert card.sources[0].text == corpus.references[67].formatted
    assert card.sources[0].link == corpus.references[67].link


def test_a_card_says_that_the_paper_was_not_read_and_how_a_wrong_number_is_printed(
    answer: Answer, corpus: Corpus
) -> None:
    assert shown(answer, corpus, 1).cards[0].notes == (
        "Reported by the review; the paper itself was not read.",
        "Reference 67 is printed as 57 in the article.",
    )


def test_what_the_review_says_without_a_reference_names_the_review(answer: Answer, corpus: Corpus) -> None:
    card = shown(answer, corpus, 1).cards[1]
    assert card.notes == ("The review says this without giving a reference.",)
    assert card.sources[0].link == "https://doi.org/10.17925/USN.2021.17.1.16"
    assert card.passage == "Own *words*."


def test_cards_of_the_same_mark_and_place_have_different_labels(answer: Answer, corpus: Corpus) -> None:
    labels = [card.label for card in shown(answer, corpus, 1).cards]
    assert len(set(labels)) == len(labels)
    assert labels[1].endswith(r": Ketamine has side effects\.")


def test_an_entry_of_the_reference_list_does_not_repeat_itself_as_a_statement(corpus: Corpus) -> None:
    entry = corpus.references[58].formatted
    citation = Citation("[58]", "reference-58", entry, "References", 58, (58,))
    card = shown(Answer("answered", f"{entry.rstrip('.')} [58].", Understood("?"), (citation,)), corpus, 1).cards[0]
    assert (card.statement, card.label) == ("", r"**\[58\]** Reference list, number 58")


def test_every_reference_has_a_link_that_says_where_it_leads(corpus: Corpus) -> None:
    for reference in corpus.references.values():
        found = source(reference)
        assert found.link.startswith(("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/"))
        assert " " not in found.link
        assert ("Search" in found.leads_to) == (reference.link is None)


def test_the_reviews_own_mark_opens_the_review_where_no_statement_fits(corpus: Corpus) -> None:
    citation = Citation("[Chin 2021]", "k", "Ketamine has side effects.", "Abstract", 1, ())
    found = shown(
        Answer("abstained", "The review does not cover prices [Chin 2021].", Understood("?"), (citation,)), corpus, 1
    )
    assert r"prices [\[Chin 2021\]](#evidence-1-review " in found.text
    assert [(card.key, card.label) for card in found.cards] == [
        ("evidence-1-review", r"**\[Chin 2021\]** the review as a whole")
    ]
    assert found.cards[0].statement == ""
    assert found.cards[0].sources[0].link == "https://doi.org/10.17925/USN.2021.17.1.16"


def test_what_the_review_leaves_out_is_said_to_be_looked_for_in_the_whole_of_it(corpus: Corpus) -> None:
    silent = next(item for item in corpus.statements if item.silent and not item.sentences)
    found = card(citation(silent, corpus, {}), corpus, "k")
    assert (found.place, found.notes) == (
        "the review as a whole",
        ("Looked for in the whole review; it is not there.",),
    )


def test_a_sentence_without_a_mark_does_not_hide_the_statement_of_the_next() -> None:
    said = Citation("[Chin 2021]", "k", "Ketamine has side effects.", "Abstract", 1, ())
    text = "Before anything else some other words stand here that are long. Ketamine has side effects [Chin 2021]."
    assert with_links(text, (said,), str)[1] == (0,)


def test_text_in_lines_keeps_them_and_is_no_markdown() -> None:
    assert as_lines("a *b*\n\n    c [d](e) ") == "a \\*b\\*  \n  \n c \\[d\\]\\(e\\) "


def test_a_mark_without_a_citation_stays_text() -> None:
    assert with_links("So it is [12].", (), str) == (r"So it is \[12\].", ())


def test_links_images_html_and_formulas_of_an_answer_become_text_while_bold_stays() -> None:
    text, _ = with_links(HOSTILE, (), str)
    assert r"\!\[x\](http\:" + "\u2060//" in text
    assert r"\<script\>" in text
    assert r"\$x\$ \:red\[z\] \`c\`" in text
    assert text.endswith("**d**")


def test_text_keeps_no_character_that_markdown_would_act_on() -> None:
    assert as_text("**a** [b](c) <d> #e $f$") == r"\*\*a\*\* \[b\]\(c\) \<d\> \#e \$f\$"
    assert as_text("one\n\n- two") == r"one \- two"


def test_an_address_in_a_text_becomes_no_link() -> None:
    assert as_text("http://a.example") == "http\\:\u2060//a\\.example"
    assert as_text("www.a.example or me@a.example") == "www\u2060\\.a\\.example or me\u2060\\@a\\.example"


def test_missing_is_said_unless_the_text_or_the_question_has_said_it(answer: Answer, corpus: Corpus) -> None:
    asked = replace(answer, missing=("doses", "Blocks", "What about PNS?"))
    assert shown(asked, corpus, 1).missing == "The review does not say: doses."
    assert shown(answer, corpus, 1).missing == ""


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("answered", "Answered from the review"), ("abstained", "Not covered by the review"), ("refused", "Declined")],
)
def test_the_outcome_is_in_words(answer: Answer, corpus: Corpus, outcome: str, words: str) -> None:
    found = shown(replace(answer, outcome=outcome), corpus, 1).outcome  # type: ignore[arg-type]
    assert found
    assert found[0] == words


def test_outcomes_differ_in_words_and_icon_and_not_by_colour_alone() -> None:
    assert len({words for words, _, _ in OUTCOMES.values()}) == len({icon for _, icon, _ in OUTCOMES.values()}) == 3


def test_the_steps_say_what_each_found_even_a_step_without_words_yet(answer: Answer, corpus: Corpus) -> None:
    assert shown(answer, corpus, 1).steps == ("**Reading the question:** pns, nerve block", "**Rerank:** 2 statements")


def test_every_step_of_the_chain_has_words() -> None:
    from assistant.answering.chain import STEPS

    assert [name for name, _ in STEPS if name not in STAGES] == []
    assert stage("understand") == "Reading the question"


def test_only_answered_turns_are_history(answer: Answer) -> None:
    turns = [Turn(1, "First?", answer), failed(2, "?!", QuestionError("question: is empty; ask something"))]
    assert history(turns) == [
        {"role": "user", "content": "First?"},
        {"role": "assistant", "content": answer.text},
    ]


def test_an_empty_question_is_named_and_a_huge_one_shortened() -> None:
    assert question_shown(" \n ") == "(empty question)"
    assert question_shown("x" * 5000) == f"{'x' * 600}… (5,000 characters)"
    assert question_shown("  CRPS? ") == "CRPS?"


@pytest.mark.parametrize(
    ("error", "sentences"),
    [
        (
            QuestionError("question: is empty; ask something"),
            (
                "This question could not be read.",
                "It is empty; ask something.",
                "Nothing else is lost: change it and ask again below.",
            ),
        ),
        (
            QuestionError("question: 5,000 characters; at most 4,000 are read"),
            (
                "This question could not be read.",
                "It has 5,000 characters; at most 4,000 are read.",
                "Nothing else is lost: change it and ask again below.",
            ),
        ),
        (
            IndexMissing("no index in /x"),
            ("The index can't be used.", "No index in /x.", "Run `python -m ingest`, then try again."),
        ),
        (AssistantError("odd"), ("That did not work.", "Odd.", "Try again.")),
    ],
)
def test_an_error_is_plain_sentences_with_the_next_step(error: AssistantError, sentences: tuple[str, str, str]) -> None:
    assert error_sentences(error) == sentences


def test_building_says_how_far_it_is_where_it_can_count() -> None:
    assert building("embedding", 1280, 2679) == "Reading the review into the index: 1,280 of 2,679"
    assert building("verifying", 0, 1) == "Verifying the index"


def test_suggestions_are_few_and_short_enough_for_a_phone() -> None:
    assert 3 <= len(SUGGESTIONS) <= 5
    assert all(len(question) <= 60 for question in SUGGESTIONS)


def test_the_articles_words_are_shown_as_they_are_and_what_is_evidence_is_marked() -> None:
    html = passage_html([("Before <b>it</b>.", False), ("The evidence & more.", True)])
    assert "Before &lt;b&gt;it&lt;/b&gt;. <mark>The evidence &amp; more.</mark>" in html
    assert "<b>" not in html


def test_the_stages_begun_are_lines_of_which_the_last_is_under_way() -> None:
    done, now = stages({"understand": "", "draft": "the model *writes*"}).split("  \n")
    assert done == ":material/check: Reading the question"
    assert now == r":material/hourglass_top: **Wording the answer with the language model: the model \*writes\***"


@pytest.mark.parametrize(
    ("name", "elapsed_s", "told"), [("retrieve", 0.05, False), ("retrieve", 0.5, True), ("draft", 0.05, True)]
)
def test_a_stage_is_told_where_the_answer_is_slow_or_is_going_to_be(name: str, elapsed_s: float, told: bool) -> None:
    assert stage_told(name, elapsed_s) is told


def test_courtesy_is_not_said_to_be_answered_from_the_review_or_checked_against_it(corpus: Corpus) -> None:
    thanks = Answer(
        outcome="answered", text="You're welcome.", understood=Understood("thanks"), report=Report("pass", (), "")
    )
    assert (shown(thanks, corpus, 1).outcome, shown(thanks, corpus, 1).verdict) == (None, None)
