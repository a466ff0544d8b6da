"""What the review lists as risks of each treatment; text with both masked: "<i0> may cause <r0>"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from assistant.corpus import load, read_yaml
from assistant.guardrail.rules import FOLDER
from assistant.guardrail.units import Document, Unit, lexicon
from assistant.reading import Lexicon, Mention, words

# Words for harm in general.
HARM: Final = (
    r"(?:(?:adverse|side|unwanted|untoward|ill|bad)[- ](?:effects?|events?|reactions?)|risks?|complications?|"
    r"harms?|dangers?|hazards?|"
    r"downsides?|drawbacks?|aes?\b)"
)
# One risk or several joined.
RISKS: Final = r"<r\d+>(?:(?:\s*(?:,|/|\band\b|\bor\b|\bnor\b))+\s*(?:an? |the |any )?<r\d+>){0,12}"
# Treatments whose lists one statement compares.
_COMPARED: Final = {"stellate_block", "lumbar_block"}
# Concepts that stand for harm in general, not for a risk that a list could leave out.
_UMBRELLA: Final = frozenset({"complication", "serious_adverse_event"})
_CONTRACTED: Final = (
    # "Hearing things that aren't there" tells what a hallucination is, and denies nothing.
    (re.compile(r"\b(?:that|which|what) (?:is|are|was|were)(?:n't| not) (?:really )?(?:there|real)\b"), "unreal"),
    (re.compile(r"\bcan't\b|\bcannot\b|\bcant\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A unit in lower case with <r0>, <r1> for risks and <i0> for treatments; what each stands for, in order."""

    text: str
    risks: tuple[str, ...]
    treatments: tuple[str, ...]


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """`risks` of rules/safety.yaml: further words for risks, minor ones, and which naming one covers."""
    found: dict[str, Any] = read_yaml(FOLDER / "safety.yaml")["risks"]
    return found


@lru_cache(maxsize=256)
def ancestors(concept: str) -> frozenset[str]:
    """The concept with everything broader."""
    known = load().concepts
    return (
        frozenset({concept}).union(*(ancestors(name) for name in known[concept].broader))
        if concept in known
        else frozenset({concept})
    )


@lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, str]]:
    """Per treatment that the review lists risks for: each risk with the statement that says so."""
    found: dict[str, dict[str, str]] = {}
    for statement in load().statements:
        # The bladder symptoms of recreational users are no listed risk of treatment, nor is what one trial counted.
        if (
            "risk" not in statement.aspects
            or {"gap", "result"} & set(statement.aspects)
            or "recreational_use" in statement.about
        ):
            continue
        risks = [name for name in statement.about if is_risk(name)]
        treatments = [name for name in statement.about if _is_treatment(name)]
        # A comparison of two lists tells only in its words whose each risk is.
        if set(treatments) >= _COMPARED:
            continue
        for treatment in treatments:
            for risk in risks:
                found.setdefault(treatment, {}).setdefault(risk, statement.id)
    return found


def is_risk(concept: str) -> bool:
    """Whether the concept is a single risk, such as infection."""
    known = load().concepts.get(concept)
    if not known or known.kind != "finding" or concept in _UMBRELLA:
        return False
    return "complication" in ancestors(concept) or concept == "horner_syndrome"


def _is_treatment(concept: str) -> bool:
    known = load().concepts.get(concept)
    return bool(known and (known.kind == "intervention" or concept == "sedation"))


@lru_cache(maxsize=64)
def risks_of(treatment: str) -> dict[str, str]:
    """Listed risks with their statements: its own and its broader form's; of a group, those of its members."""
    found: dict[str, str] = {}
    for name in sorted(ancestors(treatment)):
        found.update(_listed().get(name, {}))
    if not _listed().get(treatment):
        for name in load().concepts:
            if treatment in ancestors(name) and treatment in ("sympathetic_block", "neuromodulation"):
                found.update(_listed().get(name, {}))
    return found


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    terms = {name: tuple(phrases) for name, phrases in settings()["terms"].items()}
    return Lexicon(
        terms, {word.text.lower() for phrases in terms.values() for phrase in phrases for word in words(phrase)}
    )


# "The block that fits that territory": nobody has a fit.
_SUITS: Final = re.compile(
    r"fits? (?:the|that|this|these|those|with|in|into|an?|her|his|your|our|their|best|better|well|here|what|it|both|"
    r"all|"
    r"neatly|poorly|for)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def masked(text: str) -> Masked:
    """The masked form of a sentence."""
    tokens = words(text)
    own = [mention for mention in _lexicon().find(tokens) if not mention.corrected]
    mentions = sorted((*lexicon().find(tokens), *own), key=lambda mention: (mention.start, -mention.end))
    risks: list[str] = []
    treatments: list[str] = []
    pieces, at = [], 0
    for mention in _outside_conditions(mentions):
        if _SUITS.match(text, mention.start):
            continue
        names, letter = _kind(mention, risks, treatments)
        if mention.start >= at and letter:
            names.append(mention.id)
            pieces += [text[at : mention.start].lower(), f"<{letter}{len(names) - 1}>"]
            at = mention.end
    joined = re.sub(r"[\s\"]+", " ", "".join((*pieces, text[at:].lower()))).strip()
    for pattern, written in _CONTRACTED:
        joined = pattern.sub(written, joined)
    return Masked(joined, tuple(risks), tuple(treatments))


def _outside_conditions(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions in order, without those within a longer one that names a condition: "peripheral nerve injury"."""
    start = end = 0
    for mention in mentions:
        if mention.end > end or (mention.start, mention.end) == (start, end):
            yield mention
        concept = load().concepts.get(mention.id)
        if mention.end > end and concept and concept.kind == "condition" and not is_risk(mention.id):
            start, end = mention.start, mention.end


def _kind(mention: Mention, risks: list[str], treatments: list[str]) -> tuple[list[str], str]:
    if is_risk(mention.id):
        return risks, "r"
    # Recreational use is read in words: a risk said to be confined to it is denied to patients.
    if mention.id == "recreational_use":
        return treatments, ""
    return (treatments, "i") if risks_of(mention.id) else (treatments, "")


def listing(treatments: tuple[str, ...], risks: tuple[str, ...]) -> str | None:
    """The statement that lists one of the risks, or a kind of it, for one of the treatments; None without any."""
    for treatment in treatments:
        for risk in risks:
            for name, statement in risks_of(treatment).items():
                if risk in ancestors(name):
                    return statement
    return None


def named_risks(match: re.Match[str], sentence: Masked) -> tuple[str, ...]:
    """The risks inside a match."""
    return tuple(dict.fromkeys(sentence.risks[int(number)] for number in re.findall(r"<r(\d+)>", match.group())))


def treatments_near(document: Document, position: int, question: str | None) -> tuple[str, ...]:
    """The treatments of a unit; without any, those of the nearest unit before, of the question, of the text."""
    units: tuple[Unit, ...] = document.units
    for place in range(position, max(-1, position - 4), -1):
        if masked(units[place].text).treatments:
            return masked(units[place].text).treatments
    if question and masked(question).treatments:
        return masked(question).treatments
    return tuple(dict.fromkeys(name for unit in units for name in masked(unit.text).treatments))
