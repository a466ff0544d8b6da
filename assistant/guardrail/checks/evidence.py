"""Evidence: how strong the text calls it, what it compares, what it calls settled, and which way results went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.checks.open_questions import compared, settled
from assistant.guardrail.checks.results import results
from assistant.guardrail.checks.strength import strength
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.grades import NONE, STRONG, STRONGEST, WEAK, Grade, expected, grades
from assistant.guardrail.pairing import Mark, denied_here, joined
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import STEPS, Subject, subjects
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, step_of
from assistant.reading import Mention

_OTHER: Final = re.compile(
    r"\b(?:elsewhere|other (?:\w+ ){0,2}(?:conditions?|states|pains?|disorders|syndromes)|anything else|"
    r"everything else|the rest|most (?:other )?conditions|"
    r"many (?:\w+ )?conditions|everywhere|all (?:\w+ )?conditions|across the board|"
    r"every (?:other )?condition)\b",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(r"\b(?:outside|except\w*|other than|apart|aside|exclud\w+)\b", re.IGNORECASE)
# What a step is only put before, or set against: "blocks before more invasive options such as SCS".
_BEFORE: Final = re.compile(
    r"\b(?:before|prior to|ahead of|rather than|instead of|unlike|than|(?:with or )?after|following|alongside|"
    r"together with|concurrent\w* with)\b[^,;.:]{0,45}$",
    re.IGNORECASE,
)
_SAME_GRADE: Final = re.compile(
    r"\b(?:(?:the |that |this )+(?:very )?same|(?:an )?(?:equal|identical|equivalent)(?:ly)?|just as|no less)"
    r"(?: \w+){0,2} (?:grade|level|strength|quality|weight|standard|good|strong)\b|\b(?:grade|level|strength|"
    r"quality) of "
    r"(?:evidence|support) (?:is|are) (?:the same|identical|equal|no different)\b",
    re.IGNORECASE,
)
# What is said to have no grade is given none.
_UNGRADED: Final = re.compile(
    r"\bno (?:\w+ )?(?:grade|level|rating)\b[^.;]{0,40}\b(?:given|named|stated|assigned|mentioned|found|there)\b|"
    r"\b(?:gives?|names?|states?|assigns?|has) (?:it )?no (?:\w+ )?(?:grade|level|rating)\b|\bungraded\b",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r"\b(?:evidence|grade|support|level|quality)\b", re.IGNORECASE)
_WIDE: Final = frozenset({"neuropathic_pain", "peripheral_neuropathic_pain"})


def evidence(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on evidence."""
    titled = False
    about = subjects(document, context.question)
    for position, (unit, subject) in enumerate(zip(document.units, about, strict=True)):
        titled = _is_titled(document, unit, subject, titled=titled)
        head = document.units[subject.head] if subject.head is not None else None
        if unit.is_question or corrects_error(unit) or (head and corrects_error(head)):
            continue
        step = next(iter(subject.steps)) if len(subject.steps) == 1 else None
        last = _last_grade(document, position) if _SAME_GRADE.search(unit.text) else None
        graded = list(_graded(document, unit, context, step, titled=titled))
        if last and not graded:
            graded = list(_same_grade(document, unit, context, step, last))
        yield from graded
        if not says_silence(unit):
            yield from compared(document, unit, subject)
            yield from settled(document, unit, subject)
            if not graded:
                yield from strength(document, unit, subject)
        yield from results(document, unit, context)


def _last_grade(document: Document, position: int) -> Grade | None:
    """The last grade of evidence in the unit before, for one that gives "the same grade"."""
    before = document.units[position - 1].text if position else ""
    found = [grade for grade in grades(before) if grade.axis == "evidence" and not grade.denied]
    return found[-1] if found else None


def _same_grade(
    document: Document, unit: Unit, context: Context, carried: str | None, last: Grade
) -> Iterator[Finding]:
    """What "the same grade of evidence" says of the conditions that the unit names."""
    match = _SAME_GRADE.search(unit.text)
    if not match:
        return
    grade = replace(last, start=match.start(), end=match.end())
    for item in _conditions(unit, context):
        for step in _steps_near(unit, grade) or ([carried] if carried else []):
            fault = _evidence_fault(grade, step, item.name, context)
            if fault:
                yield finding(fault[0], document, unit, statement=fault[1])
                return


def _is_titled(document: Document, unit: Unit, subject: Subject, *, titled: bool) -> bool:
    """Whether a heading says that the bare grades of a row or item are of evidence."""
    if subject.head is not None:
        # "How good is the evidence? In summary:"
        heads = document.units[max(0, subject.head - 1) : subject.head + 1]
        return any(_HEADING.search(head.text) for head in heads)
    return _is_row(document, unit) and (titled or bool(_HEADING.search(unit.text)))


def _is_row(document: Document, unit: Unit) -> bool:
    line = document.normalised.text.rfind("\n", 0, unit.start) + 1
    return "|" in document.normalised.text[line : unit.start + 1]


def _graded(
    document: Document, unit: Unit, context: Context, carried: str | None, *, titled: bool
) -> Iterator[Finding]:
    given = list(grades(unit.text, titled=titled))
    if not given or (says_silence(unit) and not any(NONE in grade.levels for grade in given)):
        return
    given = [grade for grade in given if not says_silence(unit) or NONE not in grade.levels]
    for grade, condition in _placed(unit, [grade for grade in given if grade.axis == "evidence"], context):
        steps = _steps_near(unit, grade) or ([carried] if carried else [])
        faults = [_evidence_fault(grade, step, condition, context) for step in steps]
        if faults and all(faults) and faults[0]:
            yield finding(faults[0][0], document, unit, statement=faults[0][1])
            return
    for grade in given:
        step = next(iter(_steps_near(unit, grade)), carried)
        if (
            grade.axis == "recommendation"
            and step
            and (grade.levels != {STRONG}) != (step != "block")
            and not grade.denied
        ):
            yield finding(
                "EVI-3", document, unit, statement="block-benefit-recommendation-strong" if step == "block" else None
            )
            return


def _placed(unit: Unit, given: list[Grade], context: Context) -> Iterator[tuple[Grade, str | None]]:
    """Each grade with each condition that it is given for, None where the sentence names none."""
    marks = [Mark("a", str(i), grade.start, grade.end) for i, grade in enumerate(given)]
    marks += _conditions(unit, context)
    marks += [Mark("b", "other", match.start(), match.end()) for match in _OTHER.finditer(unit.text)]
    placed = set()
    for group in joined(unit.text, marks):
        placed |= {mark.name for mark in group.a}
        for condition in group.b:
            # Of several grades that share a condition, the last before it is its own, else the first.
            near = [mark for mark in group.a if mark.start < condition.start][-1:] or list(group.a[:1])
            yield given[int(near[0].name)], condition.name
    yield from ((grade, None) for i, grade in enumerate(given) if str(i) not in placed)


def _conditions(unit: Unit, context: Context) -> list[Mark]:
    """The conditions that grades may be of: "not in PHN or headache" gives none, "outside CRPS" another."""
    found: list[Mark] = []
    left_out: int | None = None
    for mention in unit.mentions:
        mark = _condition(mention, context)
        if mark is None:
            continue
        if _UNGRADED.search(_clause(unit.text, mark.start)):
            continue
        goes_on = left_out is not None and re.fullmatch(
            r"\s*(?:,|,? ?(?:or|nor|and))\s*(?:in |for |"
            r"the )?",
            unit.text[left_out : mark.start],
        )
        if goes_on or (
            denied_here(unit.text, mark) and not _OUTSIDE.search(unit.text[max(0, mark.start - 24) : mark.end + 20])
        ):
            left_out = mark.end
            continue
        left_out = None
        found.append(Mark("b", "other", mark.start, mark.end) if denied_here(unit.text, mark) else mark)
    return found


def _clause(text: str, at: int) -> str:
    """The clause between semicolons, or contrasting words, that holds the character at `at`."""
    cuts = [0, *(match.end() for match in re.finditer(r"[;:]\s|, (?:but|while|whereas)\b", text)), len(text) + 1]
    return next(text[a:b] for a, b in zip(cuts, cuts[1:], strict=False) if a <= at < b)


def _condition(mention: Mention, context: Context) -> Mark | None:
    concept = context.corpus.concepts.get(mention.id)
    outside = context.corpus.outside.get(mention.id)
    if (concept and concept.kind != "condition") or (outside and outside.kind != "condition") or mention.id in _WIDE:
        return None
    return Mark("b", mention.id if concept else "other", mention.start, mention.end)


def _steps_near(unit: Unit, grade: Grade) -> list[str]:
    """The step that a grade is said of: the last named before it in its clause, else the first after it, else any.

    Several where a clause of its own gives the grade after one that names several.
    """
    named = [
        (mention.start, step_of()[mention.id])
        for mention in unit.mentions
        if step_of().get(mention.id) in STEPS and not _BEFORE.search(unit.text[: mention.start])
    ]
    before = [(at, step) for at, step in named if at < grade.start]
    after = [step for at, step in named if at > grade.start]
    cut = max(unit.text.rfind(mark, 0, grade.start) for mark in (";", ", and ", ", but ", ", while ", ", whereas "))
    if after and (not before or before[-1][0] < cut):
        return [after[0]]
    if before and before[-1][0] < cut:
        return list(dict.fromkeys(step for _, step in reversed(before)))
    return [before[-1][1]] if before else []


def _evidence_fault(grade: Grade, step: str, condition: str | None, context: Context) -> tuple[str, str | None] | None:
    broader = context.corpus.with_broader([condition]) if condition in context.corpus.concepts else frozenset[str]()
    allowed, statement = expected(context.algorithm, step, condition, broader)
    if grade.denied:
        wrong = grade.levels <= allowed and len(grade.levels) == 1 and len(allowed) == 1
        return ("EVI-1", statement) if wrong and WEAK in grade.levels else ("EVI-2", statement) if wrong else None
    if grade.levels <= allowed or (STRONGEST in grade.levels and (condition is None or step != "ketamine")):
        return None
    if step == "block" and len(grade.levels) > 1 and max(grade.levels) < STRONG:
        return None
    return ("EVI-1" if max(grade.levels) > max(allowed - {STRONGEST}) else "EVI-2"), statement
