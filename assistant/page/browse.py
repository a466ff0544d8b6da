"""The evidence to browse: statements, references and where they are used, trials, risks; no Streamlit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.corpus import Corpus
from assistant.entries import Quantity, Reference, Statement

_RISK: Final = "risk"
_LONGEST_NUMBER: Final = 2
# Units in which two arms can stand side by side; what an arm's size or schedule is, is no result.
_SIZES: Final = ("arm size", "enrolled", "evaluated", "schedule", "follow-up", "threshold", "design")

_ABOUT_ITSELF: Final = "Front matter"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; None or "" leaves it open."""

    section: str | None = None
    intervention: str | None = None
    condition: str | None = None
    aspect: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One arm's result: `share` in per cent, `said` as the review gives it ("5 of 24")."""

    arm: str
    share: float
    said: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A result of a trial with its arms side by side."""

    measure: str
    time: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A study: its numbers as rows of a table, its comparisons, and what the review says of it.

    said_by: for each row the position, in `statements`, of the first that carries its number.
    """

    id: str
    label: str
    references: tuple[int, ...]
    rows: tuple[dict[str, str], ...]
    comparisons: tuple[Comparison, ...]
    statements: tuple[Statement, ...]
    said_by: tuple[int, ...] = ()


def statements(corpus: Corpus, wanted: Wanted) -> tuple[Statement, ...]:
    """The statements that have all that is wanted, in printed order; every word stands in text or question.

    Those on the article itself, such as its author and journal, come last.
    """
    terms = wanted.words.casefold().split()
    found = (item for item in corpus.statements if _fits(item, wanted, corpus) and _holds(item, terms))
    return tuple(sorted(found, key=lambda item: item.section == _ABOUT_ITSELF))


def choices(corpus: Corpus, kind: str) -> dict[str, str]:
    """Labels by id of the interventions or conditions that some statement is about, in the vocabulary's order."""
    about = {name for item in corpus.statements for name in corpus.with_broader(item.about)}
    return {c.id: c.label for c in corpus.concepts.values() if c.kind == kind and c.id in about}


def aspects(corpus: Corpus) -> dict[str, str]:
    """Labels of the aspects by id."""
    return {aspect.id: aspect.label for aspect in corpus.aspects.values()}


def used_in(corpus: Corpus) -> dict[int, tuple[Statement, ...]]:
    """For each reference the statements that carry it, in printed order; none for one cited nowhere."""
    found: dict[int, list[Statement]] = {number: [] for number in corpus.references}
    for item in corpus.statements:
        for number in item.references:
            found[number].append(item)
    return {number: tuple(items) for number, items in sorted(found.items())}


def references(corpus: Corpus, words: str = "", section: str | None = None) -> tuple[Reference, ...]:
    """The references that hold every word (or have that number) and are used in the section, by number."""
    where = used_in(corpus)
    terms = words.casefold().split()
    return tuple(
        reference
        for number, reference in sorted(corpus.references.items())
        if all(_names(term, reference) for term in terms)
        and (section is None or any(item.section == section for item in where[number]))
    )


def trials(corpus: Corpus) -> tuple[Trial, ...]:
    """The studies whose numbers the corpus holds, those with arms to compare first, else in the vocabulary's order."""
    by_trial: dict[str, list[Statement]] = defaultdict(list)
    for item in corpus.statements:
        if item.trial:
            by_trial[item.trial].append(item)
    found = [_trial(name, by_trial[name], corpus) for name in corpus.concepts if name in by_trial]
    return tuple(sorted(found, key=lambda trial: not trial.comparisons))


def risks(corpus: Corpus) -> dict[str, tuple[Statement, ...]]:
    """Labels of the interventions with the statements on their risks, that with most of them first."""
    found = {}
    for name, label in choices(corpus, "intervention").items():
        said = tuple(item for item in corpus.statements if _RISK in item.aspects and name in item.about)
        if said:
            found[label] = said
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def number_in_words(number: Quantity) -> str:
    """A typed number as it is said: "at least 50 percent", "5 of 24 patients", "2 to 4 weeks"."""
    value = f"{number.value:g}"
    value += f" to {number.upper:g}" if number.upper is not None else ""
    value += f" of {number.of:g}" if number.of is not None else ""
    return " ".join(filter(None, (number.bound, value, number.unit)))


def _names(term: str, reference: Reference) -> bool:
    """Whether a word is in a reference; a short number names the reference itself, and no page or volume."""
    if term.isdigit() and len(term) <= _LONGEST_NUMBER:
        return int(term) == reference.number
    return term in reference.formatted.casefold()


def _fits(item: Statement, wanted: Wanted, corpus: Corpus) -> bool:
    about = corpus.with_broader(item.about)
    return (
        wanted.section in (None, item.section)
        and (wanted.intervention is None or wanted.intervention in about)
        and (wanted.condition is None or wanted.condition in about)
        and (wanted.aspect is None or wanted.aspect in item.aspects)
    )


def _holds(item: Statement, terms: Sequence[str]) -> bool:
    text = " ".join((item.text, *item.questions)).casefold()
    return all(term in text for term in terms)


def _trial(name: str, said: Sequence[Statement], corpus: Corpus) -> Trial:
    concept = corpus.concepts[name]
    first = {number: at for at, item in reversed(list(enumerate(said))) for number in item.numbers}
    numbers = list(dict.fromkeys(number for item in said for number in item.numbers))
    numbers_of = tuple(dict.fromkeys(ref for item in said for ref in item.references))
    return Trial(
        id=name,
        label=concept.label,
        references=concept.references or numbers_of,
        rows=tuple(_row(number) for number in numbers),
        comparisons=_comparisons(numbers),
        statements=tuple(said),
        said_by=tuple(first[number] for number in numbers),
    )


def _row(number: Quantity) -> dict[str, str]:
    return {
        "What": number.measure or number.role,
        "Arm": number.arm or "all",
        "Number": number_in_words(number),
        "When": number.time or "not given",
    }


def _comparisons(numbers: Sequence[Quantity]) -> tuple[Comparison, ...]:
    """The results that two arms or more have in the same measure, unit and time, as shares."""
    together: dict[tuple[Any, ...], list[Bar]] = defaultdict(list)
    for number in numbers:
        share = number.value if number.unit == "percent" else number.value / number.of * 100 if number.of else None
        if number.arm and share is not None and number.role not in _SIZES:
            key = (number.measure or number.role, number.time or "", number.unit)
            together[key].append(Bar(number.arm, round(share, 1), number_in_words(number)))
    return tuple(Comparison(key[0], key[1], tuple(bars)) for key, bars in together.items() if len(bars) > 1)
