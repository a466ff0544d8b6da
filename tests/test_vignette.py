"""Patients read from clinicians' words: every case of the file, what must give no patient, and any text at all."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant import Answer, Assistant
from assistant.corpus import Corpus, load
from assistant.patient import LISTS, Patient
from assistant.terms import Terms
from assistant.vignette import asking, described, put_forward

FILE: Final = Path(__file__).parent / "cases" / "vignettes.yaml"
DATA: Final[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
CASES: Final = [{**case, "text": " ".join(case["text"].split())} for case in DATA["cases"]]
# Counted, and no rule fitted to it: every third case. How many of these are read in every field, or answered in full.
HELD: Final = [case for at, case in enumerate(CASES) if at % 3 == 2]
KNOWN: Final = [case for at, case in enumerate(CASES) if at % 3 != 2]
HELD_READ: Final = 22
HELD_ANSWERED: Final = 20
# Words of an answer before its second part, and of all of it.
FIRST_PART: Final = 150
WHOLE: Final = 250
HOSTILE: Final = {
    "one word": "failed " * 3000,
    "numbers": "3 weeks " * 3000,
    "commas": "pregabalin, " * 2000,
    "negations": "never been had not tried any " * 1000,
    "open brackets": "(" * 20_000,
    "arrows": "SGB -> 2 days " * 1500,
    "spaces": " " * 20_000 + "x",
    "questions": "? is he? " * 2500,
}
# Seconds for the longest text that a question may have; quadratic growth would take minutes.
LIMIT_S: Final = 20.0
TERMS: Final = Terms(load())


def read(text: str) -> Patient | None:
    return described(text, TERMS.find(text), TERMS.corpus)


def fields(patient: Patient | None) -> dict[str, Any] | None:
    """The fields that are given, lists in alphabetical order; None for no patient."""
    if patient is None:
        return None
    given_ = patient.to_dict()
    return {key: sorted(value) if key in LISTS else value for key, value in given_.items()}


def expected(case: dict[str, Any], corpus: Corpus) -> dict[str, Any] | None:
    """The same of a case, whose condition and site are named by their ids."""
    if case["patient"] == "none":
        return None
    labels = {
        key: corpus.concepts[case["patient"][key]].label for key in ("condition", "site") if key in case["patient"]
    }
    lists = {key: sorted(case["patient"][key]) for key in LISTS if key in case["patient"]}
    return {**case["patient"], **labels, **lists}


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case["text"][:50])
def test_a_vignette_is_read_field_by_field(case: dict[str, Any], corpus: Corpus) -> None:
    assert fields(read(case["text"])) == expected(case, corpus)


def test_most_of_what_is_held_out_is_read_in_every_field(corpus: Corpus) -> None:
    assert sum(fields(read(case["text"])) == expected(case, corpus) for case in HELD) >= HELD_READ


def unmarked(text: str) -> str:
    return re.sub(r" ?\[[^\]]*\]", "", text)


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Callable[[str], Answer]:
    """The answer to a question, each asked once."""
    return lru_cache(maxsize=None)(assistant.ask)


def is_answered(case: dict[str, Any], ask: Callable[[str], Answer]) -> bool:
    first = " ".join(unmarked(ask(case["text"]).text).split()[:FIRST_PART])
    return all(re.search(fact, first) for fact in case["facts"])


@pytest.mark.parametrize("case", [case for case in KNOWN if "facts" in case], ids=lambda case: case["text"][:50])
def test_the_first_words_of_the_answer_carry_what_the_case_needs(
    case: dict[str, Any], ask: Callable[[str], Answer]
) -> None:
    assert is_answered(case, ask)


def test_most_of_what_is_held_out_is_answered_in_full(ask: Callable[[str], Answer]) -> None:
    assert sum(is_answered(case, ask) for case in HELD if "facts" in case) >= HELD_ANSWERED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_an_answer_on_a_patient_keeps_its_length_and_passes_the_guardrail(
    case: dict[str, Any], ask: Callable[[str], Answer]
) -> None:
    answer = ask(case["text"])
    said = unmarked(answer.text)
    assert answer.report is not None
    assert answer.report.verdict == "pass"
    assert len(said.split("\n\n**")[0].split()) <= FIRST_PART
    assert len(said.split()) <= WHOLE


@pytest.mark.parametrize(
    "text",
    [
        "CRPS hand, pregabalin failed. If blocks fail, then what?",
        "CRPS hand, pregabalin failed. She wants SCS.",
        "CRPS hand, pregabalin failed. I am considering ketamine.",
        "CRPS hand, pregabalin failed. My boss suggests PNS.",
        "CRPS hand, pregabalin failed. She has read about stimulators.",
        "CRPS hand, pregabalin failed. A stellate is booked for Monday.",
        "CRPS hand, pregabalin failed. Ketamine once blocks have failed, or both at once?",
        "CRPS hand, pregabalin failed. I would hold ketamine till blocks have failed. OK?",
    ],
)
def test_what_is_supposed_planned_or_wished_for_is_no_history(text: str) -> None:
    assert fields(read(text)) == {
        "condition": "complex regional pain syndrome",
        "site": "upper limb",
        "failed": ["named_drug"],
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He has tried neither blocks nor ketamine.", {"not_tried": ["ketamine", "sympathetic_block"]}),
        ("Neither a stellate nor ketamine helped.", {"failed": ["ketamine", "stellate_block"]}),
        ("Neither the stellate nor ketamine gave more than a day.", {"brief": ["ketamine", "stellate_block"]}),
    ],
)
def test_neither_denies_both(text: str, told: dict[str, list[str]]) -> None:
    known = {"condition": "complex regional pain syndrome", "site": "upper limb"}
    assert fields(read(f"CRPS hand. {text} What next?")) == known | told


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Postherpetic neuralgia for years; no block when the shingles was fresh. What next?",
            "postherpetic neuralgia",
        ),
        ("Acute shingles of the chest, day 4. Would a block prevent postherpetic neuralgia?", "acute herpes zoster"),
        (
            "Shingles of the chest, day 3, drugs failed. Will a block lower her odds of postherpetic neuralgia?",
            "acute herpes zoster",
        ),
    ],
)
def test_shingles_and_the_neuralgia_after_it_are_told_apart(text: str, condition: str) -> None:
    patient = read(text)
    assert patient is not None
    assert patient.condition == condition


def test_what_is_put_forward_is_told_apart_from_what_was_tried() -> None:
    text = "CRPS hand, stellates failed, PGB failed. Boss suggests SCS before ketamine. Agree?"
    assert put_forward(text, TERMS.find(text), TERMS.corpus) == ("scs", "ketamine")


def test_the_clauses_that_ask_are_found_and_else_the_last_sentence_counts() -> None:
    assert [clause.text for clause in asking("Blocks failed. What next, and why?")] == ["What next", "and why?"]
    assert [clause.text for clause in asking("Blocks failed. Wants SCS.")] == ["Wants SCS."]


@pytest.mark.parametrize(
    ("said", "percent"), [("70% relief", 70.0), (">50% relief", 51.0), ("<50% relief", 49.0), ("50% relief", 50.0)]
)
def test_only_the_side_of_a_bound_on_relief_is_told(said: str, percent: float) -> None:
    patient = read(f"CRPS hand, drugs failed, SGB gave {said}. Next?")
    assert patient is not None
    assert patient.block_relief_percent == percent


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        pytest.param("took pain from 8/10 to 4/10", 50.0, id="scores out of ten"),
        pytest.param("NRS 8 to 2", 75.0, id="a scale named"),
        pytest.param("pain 6 to 3 days later", None, id="no score but days"),
        pytest.param("from 4 to 9", None, id="a rise"),
        pytest.param("from 90 to 40 mg of morphine", None, id="no score out of ten"),
    ],
)
def test_scores_before_and_after_a_block_are_relief(said: str, percent: float | None) -> None:
    patient = read(f"CRPS hand, drugs failed, SGB x1: {said}. Next?")
    assert patient is not None
    assert patient.block_relief_percent == percent


@pytest.mark.parametrize(
    ("asked", "agrees"),
    [
        pytest.param("Ketamine next, agree?", True, id="a step put forward"),
        pytest.param("Ketamine next - would you side with the registrar?", False, id="a view to be judged"),
        pytest.param("Can he wear his leg with the leads in?", False, id="no step put forward"),
        pytest.param("He can be listed for SCS, agreed?", False, id="another step is named first"),
    ],
)
def test_yes_is_said_where_a_step_put_forward_can_be_agreed_to(
    ask: Callable[[str], Answer], asked: str, agrees: bool
) -> None:
    told = "CRPS of the hand. Gabapentin, amitriptyline and physio failed, and so did three stellate blocks. "
    if "SCS" in asked:
        told += "Ketamine infusion: no relief. "
    assert ask(told + asked).text.startswith("Yes") == agrees


@pytest.mark.parametrize(
    ("question", "first"),
    [
        pytest.param(
            "Failed back surgery, neuropathic leg pain, going for SCS, that is settled. What do I warn her of",
            "complications|nerve",
            id="risks of what is decided",
        ),
        pytest.param(
            "CRPS foot, drugs and three lumbar blocks failed, reg wants a 4th. 4th block or move on, and to what?",
            "ketamine",
            id="a question that another completes",
        ),
        pytest.param(
            "Burning in the perineum after surgery. Nortriptyline and gabapentin failed. I was about to list him for a "
            "superior hypogastric block. Right one, or is there a better fit?",
            "ganglion impar",
            id="which of two blocks goes by the site",
        ),
        pytest.param(
            "Phantom pain, leg. Drugs, lumbar block and ketamine failed. On the table: SCS trial, or a peripheral lead."
            " Which does the review lean to?",
            "peripheral nerve stimulation",
            id="which of two stimulators",
        ),
    ],
)
def test_the_first_sentence_answers_what_is_asked_of_a_patient(
    ask: Callable[[str], Answer], question: str, first: str
) -> None:
    sentence = ask(question).text.split("]")[0]
    assert re.search(first, sentence, re.IGNORECASE), sentence


WORDS: Final = st.sampled_from(
    ["CRPS", "hand", "SGB x2", "pregabalin", "failed", "no", "never had", "K inf", ",", ".", "?", "->", "3/12", "if",
     "wants SCS", "(", ";", "for a week", "70%", "shingles", "3 yrs ago", "45F", "next", "neither", "each"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=30).map(" ".join)))
def test_any_text_gives_a_patient_or_none(text: str) -> None:
    patient = read(text)
    assert patient is None or isinstance(patient, Patient)
    assert all(clause.text == text[clause.start : clause.end] for clause in asking(text))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(text: str) -> None:
    found = TERMS.find(text)
    start = time.perf_counter()
    described(text, found, TERMS.corpus)
    assert time.perf_counter() - start < LIMIT_S
