"""`check` as a whole: total, pure, blind to formatting, and content with what it has repaired."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from growth import NEARLY_LINEAR, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.cite import marked
from assistant.corpus import load
from assistant.entries import Reference, Statement
from assistant.evaluation.speed import HOSTILE
from assistant.guardrail import Finding, Report, check
from assistant.guardrail.context import Context
from assistant.guardrail.examination import LONGEST, _run
from assistant.guardrail.units import Document, read
from assistant.pathway import load_algorithm
from ingest.article import clean

SET = Path(__file__).parents[2] / "assistant" / "evaluation" / "sets" / "guardrail.jsonl"
TUNE: list[dict[str, Any]] = [
    item for item in map(json.loads, SET.read_text(encoding="utf-8").splitlines()) if item["split"] == "tune"
]
# Texts whose verdict bold letters once changed.
FORMATTED = """ga005 ga010 ga020 ga049 ga061 ga065 ga077 ga096 ga100 ga101
gb004 gb023 gb026 gb033 gb038 gb040 gb051 gb080 gc033 gc107""".split()
FORMATS: dict[str, Callable[[str], str]] = {
    "bold": lambda text: re.sub(r"\b([A-Za-z]{5,})\b", r"**\1**", text),
    "italic": lambda text: re.sub(r"\b([A-Za-z]{5,})\b", r"_\1_", text),
    "list item": lambda text: f"- {text}",
    "&nbsp;": lambda text: text.replace(" ", "&nbsp;"),
    "zero-width": lambda text: re.sub(r"(?<=[a-z])(?=[a-z]{2}\b)", "\u200b", text),
    "hard wraps": lambda text: textwrap.fill(text, 40, break_on_hyphens=False),
    "double spaces": lambda text: text.replace(" ", "  "),
}
# Pieces that set off the checks, between which hypothesis puts anything.
PIECES = st.sampled_from(
    "SCS|before blocks|ketamine|0.5 mg/kg|[58]|[1-9999]|67 %|**|\n| | |no risk of|&nbsp;|&#0;|\u200b|Kumar et al.|"
    "(|½|10³|first?|No.|İ|\ud800".split("|")
)
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=14).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_gets_a_report_whose_spans_lie_in_it(text: str) -> None:
    report = check(text)
    assert all(0 <= item.start <= item.end <= len(text) for item in report.findings)
    assert list(report.findings) == sorted(report.findings, key=lambda item: (item.start, item.end, item.rule))
    assert not any("failed" in item.message for item in report.findings if item.rule == "INP-1"), report.findings
    assert report == check(text)
    assert json.loads(json.dumps(report.to_dict()))["verdict"] == report.verdict


def test_a_span_is_what_the_finding_is_about() -> None:
    text = "Fine&nbsp;so far. Relief was **67&nbsp;%** with the R\u200bELIEF trial [84]."
    marked = [text[item.start : item.end] for item in check(text).findings if item.rule == "CIT-1"]
    assert marked == ["[84]"]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "&nbsp;", "...", "**"])
def test_an_empty_text_is_blocked(text: str) -> None:
    report = check(text)
    assert (report.verdict, [item.category for item in report.findings]) == ("block", ["input"])


@pytest.mark.parametrize("patient", [{"sight": "hand"}, {"condition": ""}, [], 7, {"condition": "CRPS", "course": "x"}])
def test_a_patient_that_cannot_be_used_is_one_caution(patient: Any) -> None:
    findings = check("Blocks come before SCS.", patient).findings
    assert [(item.category, item.severity) for item in findings] == [("input", "caution")]
    assert "the patient can't be used" in findings[0].message


def test_what_lies_past_the_limit_is_said_to_be_unchecked() -> None:
    text = "Nothing to see. " * (LONGEST // 16 + 1)
    assert [(item.severity, item.start) for item in check(text).findings] == [("caution", LONGEST)]


def test_a_check_that_raises_blocks_the_text() -> None:
    def broken(document: Document, context: Context) -> Iterable[Finding]:
        raise ZeroDivisionError

    text = "Blocks come before SCS."
    found = _run("broken", broken, read(text), Context(load(), load_algorithm()))
    assert [(item.category, item.severity, item.start, item.end) for item in found] == [
        ("input", "block", 0, len(text))
    ]
    assert found[0].message == "the check 'broken' failed (ZeroDivisionError); the text was not checked"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("item", [item for item in TUNE if item["id"] in FORMATTED], ids=lambda item: item["id"])
def test_formatting_changes_no_verdict(item: dict[str, Any], name: str) -> None:
    plain, formatted = (check(text, item["patient"]) for text in (item["text"], FORMATS[name](item["text"])))
    assert [finding.rule for finding in formatted.findings] == [finding.rule for finding in plain.findings]


def test_the_texts_for_formatting_are_all_there() -> None:
    assert len([item for item in TUNE if item["id"] in FORMATTED]) == len(FORMATTED) == 20


def test_a_repaired_text_never_blocks_and_is_not_repaired_again() -> None:
    blocked = 0
    for item in TUNE:
        report = check(item["text"], item["patient"])
        if report.verdict == "block":
            blocked += 1
            again = check(report.repaired, item["patient"])
            assert (again.verdict != "block", again.repaired) == (True, report.repaired), item["id"]
    assert blocked > 40


def test_a_text_without_findings_is_left_as_it_is() -> None:
    text = "Blocks  come **before** SCS.\n"
    assert check(text) == Report("pass", (), text)


@pytest.mark.parametrize("statement", load().statements, ids=lambda statement: statement.id)
def test_every_statement_passes(statement: Statement) -> None:
    assert check(statement.text).findings == ()
    assert check(marked(statement.text, statement.references)).findings == ()


@pytest.mark.parametrize("reference", load().references.values(), ids=lambda reference: str(reference.number))
def test_every_reference_passes(reference: Reference) -> None:
    assert check(reference.formatted).findings == ()
    named = f"{reference.first_author} et al. {reference.year}: {reference.formatted} [{reference.number}]"
    assert check(named).findings == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Neuropathic pain affects 25 % of people.", "NUM-5"),
        ("Go straight to SCS in neuropathic pain.", "ORD-3"),
        ("SCS BEFORE BLOCKS: NEUROPATHIC PAIN.", "ORD-1"),
        ("Go straight to SCS once gabapentin has failed, Pain 2007;132:179-188.", "ORD-3"),
    ],
)
def test_a_title_or_a_place_hides_no_claim(text: str, rule: str) -> None:
    assert rule in {item.rule for item in check(text).findings}


@pytest.mark.article
def test_every_sentence_of_the_article_passes(article: str) -> None:
    sentences = [s.text for part in clean(article) for paragraph in part.paragraphs for s in paragraph.sentences]
    assert len(sentences) > 150
    found = {text: [item.rule for item in check(text).findings] for text in sentences}
    assert {text: rules for text, rules in found.items() if rules} == {}


def test_the_import_loads_no_model_and_no_page() -> None:
    heavy = ("torch", "chromadb", "langchain", "langchain_core", "streamlit", "sentence_transformers")
    code = (
        f"import sys, assistant.guardrail as g; g.check('SCS first.'); print([m for m in {heavy} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("piece", [item["text"] for item in TUNE if item["id"] in ("ga077", "gb038", "gb117")])
def test_time_grows_about_as_the_text_does(piece: str) -> None:
    assert growth(check, piece + "\n\n") < NEARLY_LINEAR


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_about_as_a_hostile_text_does(piece: str) -> None:
    assert growth(check, piece) < NEARLY_LINEAR


def test_a_sentence_without_an_end_is_read_in_parts_that_leave_out_nothing() -> None:
    text = "SCS before blocks, and then " * 200
    units = read(text).units
    assert max(len(unit.text) for unit in units) <= 800
    assert " ".join(unit.text for unit in units).split() == text.split()


def test_the_import_loads_no_check() -> None:
    code = "import sys, assistant.guardrail; print([m for m in sys.modules if 'checks' in m or 'corpus' in m])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
