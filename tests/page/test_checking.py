"""What the page shows of a report on a text; no Streamlit."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus import Corpus
from assistant.guardrail import Finding, Report, Source, check
from assistant.guardrail.types import Category, Severity, Verdict
from assistant.page.checking import as_html, as_markdown, checked, key_of, pieces
from assistant.page.wording import CATEGORIES, EXAMPLE_TEXT, SEVERITIES, VERDICTS

TEXT = "Offer SCS first. Blocks <b>later</b>."


def finding(start: int, end: int, severity: Severity = "caution") -> Finding:
    return Finding("ORD-1", "order", severity, start, end, "Too early.")


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5))
def test_the_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    found = pieces(text, [finding(min(span), max(span)) for span in spans])
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


def test_findings_that_overlap_share_a_piece_and_each_is_named_once_where_it_ends() -> None:
    found = pieces("abcdef", [finding(0, 4), finding(2, 6, "block")])
    assert [(piece.text, piece.findings, piece.ends, piece.is_severe) for piece in found] == [
        ("ab", (1,), (), False),
        ("cd", (1, 2), (1,), True),
        ("ef", (2,), (2,), True),
    ]


def test_html_of_the_text_is_escaped() -> None:
    shown = as_html(pieces(TEXT, [finding(17, len(TEXT))]))
    assert "<b>" not in shown
    assert '<mark class="caution">Blocks &lt;b&gt;later&lt;/b&gt;.</mark><a href="#finding-1"' in shown


def test_a_finding_shows_severity_reason_source_and_what_to_say_instead(corpus: Corpus) -> None:
    text = "Offer spinal cord stimulation before sympathetic blocks."
    shown = checked(text, check(text), corpus)
    assert shown.verdict[0] == "Not to be used as it stands"
    first = shown.findings[0]
    assert (first.severity[0], first.about, first.quoted) == ("not to be used", "Order of treatments", text)
    assert first.reason
    assert first.source
    assert first.source.statement == first.instead
    assert shown.repaired
    assert shown.repaired != text


def test_findings_on_the_same_words_stand_together(corpus: Corpus) -> None:
    text = "Offer SCS first. It has no risk."
    items = (
        Finding("A", "order", "block", 0, 16, "Too early.", None, None),
        Finding("B", "absolute", "block", 24, 31, "Too absolute.", None, None),
        Finding("C", "safety_denial", "block", 17, 32, "A risk denied.", None, None),
        Finding("D", "input", "caution", 0, 0, "The patient.", None, None),
    )
    shown = checked(text, Report("block", items, text), corpus)
    assert [[item.rule for item in together] for together in shown.stretches] == [["A"], ["B", "C"], ["D"]]


def test_a_text_without_findings_has_no_repaired_text(corpus: Corpus) -> None:
    text = "A stellate ganglion block is commonly performed for the upper limb."
    shown = checked(text, check(text), corpus)
    assert (shown.verdict[0], shown.findings, shown.repaired) == ("Nothing found", (), None)


def test_a_patient_that_can_not_be_used_is_a_finding_on_no_stretch(corpus: Corpus) -> None:
    text = "Blocks are widely used."
    shown = checked(text, check(text, {"condition": ""}), corpus)
    assert shown.findings[0].quoted == ""
    assert shown.findings[0].about == "What was given to check"


def test_the_saved_check_has_verdict_source_and_disagreement() -> None:
    source = Source("order-why-scs-late", "Discussion", 2, (22, 45))
    item = Finding("ORD-1", "order", "block", 0, 16, "Too early.", source, "SCS comes later.")
    saved = as_markdown(TEXT, Report("block", (item,), "SCS comes later."), {key_of(item): "Local practice"})
    for part in (
        "Not to be used as it stands",
        r"> Offer SCS first. Blocks \<b>later\</b>.",
        "paragraph 2; references: 22, 45",
    ):
        assert part in saved
    assert "Disagreed with: Local practice (the verdict stands)" in saved


@pytest.mark.parametrize(("words", "kind"), [(VERDICTS, Verdict), (SEVERITIES, Severity), (CATEGORIES, Category)])
def test_every_verdict_severity_and_category_has_words(words: dict[str, object], kind: object) -> None:
    assert set(words) == set(get_args(kind))
    assert len({str(value) for value in words.values()}) == len(words)


def test_the_example_has_wrong_sentences_and_a_right_one() -> None:
    report = check(EXAMPLE_TEXT)
    assert report.verdict == "block"
    right = EXAMPLE_TEXT.index("A stellate")
    assert all(item.end <= right for item in report.findings)
