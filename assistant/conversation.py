"""The patients of a conversation: told over several turns, corrected, kept apart, and come back to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from assistant.patient import FIELDS, LISTS, Patient
from assistant.reading import Span, informal_parts
from assistant.terms import Terms
from assistant.vignette import described

_UNITS: Final = r"-? ?(?:year|yr)s?[ -]?old|-? ?y/?o\b"
_AGE: Final = re.compile(
    rf"\b(\d{{1,3}})(?:{_UNITS}| ?[MF]\b)|\baged? (\d{{1,3}})\b|"
    r"\b(?:man|woman|lady|girl|boy|gentleman|chap|patient|pt)(?: of |, ?)(\d{1,3})\b(?! ?(?:%|months?|weeks?|"
    r"days?|/))"
)
_YOUNGER: Final = re.compile(r"\b(?:younger|youngest)\b", re.IGNORECASE)
_OLDER: Final = re.compile(r"\b(?:older|oldest|elder\w*)\b", re.IGNORECASE)
_FEMALE: Final = re.compile(
    r"\b(?:she|her|hers|woman|lady|girl|female|wom[ae]n|mother|wife)\b|\b\d{1,3} ?F\b", re.IGNORECASE
)
_MALE: Final = re.compile(
    r"\b(?:he|his|him|man|gentleman|boy|male|father|husband|chap|guy)\b|\b\d{1,3} ?M\b", re.IGNORECASE
)
_ORDINALS: Final = {
    "first": 0,
    "1st": 0,
    "original": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
}
_PEOPLE: Final = r"(?:patients?|pts?|cases?|ladys?|lady|wom[ae]n|m[ae]n|gentleman|gentlemen|girl|boy|guy|chap|one)"
_NEW: Final = re.compile(
    rf"\b(?:another|a new|new|a different|different|the next|next|one more|second|2nd|third|"
    rf"3rd) (?:\w+ )?{_PEOPLE}\b|"
    rf"\bwrong {_PEOPLE}\b|\balso (?:have|got|see(?:ing)?) (?:a|an|another|this)\b|"
    r"\bdifferent (?:case|question about)\b",
    re.IGNORECASE,
)
_EARLIER: Final = re.compile(
    rf"\b(?:the|my|that|our) (first|1st|original|second|2nd|"
    rf"third|3rd|fourth|4th|last|previous|earlier|other) {_PEOPLE}\b|"
    rf"\b(?:patient|pt|case) (?:no\.? ?|number |#)?([1-4])\b",
    re.IGNORECASE,
)
_BACK: Final = re.compile(
    rf"\b(?:back|return|returning|go back|again)\b.{{0,30}}\b(?:to|on|about|with)\b|\b{_PEOPLE} again\b|"
    rf"\b(?:the|my|our|that) (?:[\w-]+ ){{0,3}}{_PEOPLE}\b",
    re.IGNORECASE,
)
CORRECTS: Final = re.compile(
    r"\b(?:actually|sorry|correction|i meant?|i mean|my mistake|apologies|scratch that|rather|in fact|to be precise|"
    r"wait|oops|i misspoke|not the|it's not|it is not|wasn't|isn't)\b",
    re.IGNORECASE,
)
# What only supposes or asks tells nothing about the patient.
_ZOSTER: Final = "acute_zoster"
_PHN: Final = "phn"
_SUPPOSES: Final = re.compile(
    r"\b(?:if|suppose|supposing|assuming|what about|how about|in case|would|could|might|"
    r"say(?= (?:it|that|this|s?he|they|both)\b))\b",
    re.IGNORECASE,
)
# "Did it, no joy" and "did the stellate, a week" tell, "did it help" asks.
_DONE: Final = (
    r" (?:it|that|this|both|them|one|so|two|three|\d|the \w+(?: block)?)(?: (?:last|this) \w+)?"
    r"(?:\W*$|\W*[,.;:-]| (?:and|but|in|on|once|twice|x|yesterday|already|with|for)\b)"
)
_ASKS: Final = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|then|now|well|right|hm+)\b[\s,]*)*"
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|any|"
    rf"(?:does|do|can|could|should|would|will|may)(?!'t| not)|did(?! not|{_DONE})|"
    r"ha(?:s|ve)(?! (?:had|tried|done|been|failed|not)\b)|"
    r"isn't|aren't|doesn't|give|list|name|tell|describe|explain|define|compare|show|summari[sz]e|"
    r"risks?|evidence|ref\w*|source|"
    r"options?|next|back to|same)\b|\?\s*$",
    re.IGNORECASE,
)
_WHOSE: Final = re.compile(
    rf"^\W*(?:(?:ok|now|so|and)\b[\s,]*)*(?:(?:go(?:ing)? )?(?:back|return(?:ing)?) to )?(?:(?:the|my|this|that|"
    rf"our) )?"
    rf"(?:[\w-]+ )?{_PEOPLE}\b(?: again)?\s*(?:[,:;.\u2013-]\s*|\b(?:but|and)\b)+",
    re.IGNORECASE,
)
# Asks what to do for somebody.
_ASKS_NEXT: Final = re.compile(
    r"\b(?:next|now what|what now|options?|what would you|suggest|which block|(?:should|can) (?:i|"
    r"we))\b",
    re.IGNORECASE,
)
# The question after what is told: "blocks failed, now what?"
_THEN_ASKS: Final = re.compile(
    r"[,;:\u2013-]\s*(?=(?:(?:so|and|then|now|ok)\b[\s,]*)*(?:what|(?:which|who)(?! (?:\w+ly |only |"
    r"then )?(?:gave|has|had|have|"
    r"last\w+|helped|worked|did|was|were|made|wore|failed|never|held|took|settled|is)\b)|when|where|why|how|"
    rf"(?:is|are|do|does|can|could|should|would|will)(?!'t| not)|did(?! not|{_DONE})|"
    r"any|next|risks?|options?|now what|then what)\b)",
    re.IGNORECASE,
)
# Telling what a treatment gave, people leave out the word "relief".
_GAVE: Final = re.compile(
    r"\b(?:gave|gives|got|only got|bought|lasted|lasts|held|worked|helped|good)\b"
    r"(?: (?:her|him|them|us|me|for|only|just|about|"
    r"maybe|perhaps|at most|up to|barely|around)){0,3} "
    r"((?:\d+|an?|one|two|three|four|five|six|few|a few|a couple of|couple of)"
    r"(?:[- ]?(?:hours?|hrs?|h|days?|d|weeks?|wks?|months?)))\b(?! of\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the conversation: the words said of them so far, and the patient that these describe."""

    words: str = ""
    patient: Patient | None = None
    age: int | None = None
    is_female: bool | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a conversation in order; `current`: who is spoken of, None before anybody is."""

    all: tuple[Person, ...] = ()
    current: int | None = None

    @property
    def person(self) -> Person | None:
        """Who is spoken of."""
        return None if self.current is None else self.all[self.current]

    @property
    def patient(self) -> Patient | None:
        """The patient who is spoken of, as far as described."""
        return self.person.patient if self.person else None

    def with_current(self, person: Person) -> People:
        """The same people with the one spoken of changed, or begun."""
        if self.current is None:
            return People((*self.all, person), len(self.all))
        return People((*self.all[: self.current], person, *self.all[self.current + 1 :]), self.current)


def hear(people: People, text: str, terms: Terms) -> People:
    """The people after one more turn of the user; the same object where it tells nothing about anybody.

    The rules in order: somebody is named anew; somebody earlier is come back to; a description of somebody who can't
    be the one spoken of begins another; the rest adds to, or corrects, the one spoken of.
    """
    if _NEW.search(text) and not _names_earlier(people, text):
        return _add(People(people.all, None), text, terms)
    back = returned_to(people, text, terms)
    if back is not None and back != people.current:
        people = People(people.all, back)
        told = telling(text)
        return _add(people, told, terms) if told else people
    said = described(text, terms.find(text), terms.corpus)
    if people.person and said and _is_somebody_else(people.person, said, text, terms):
        # A condition that is named in passing, of nobody in particular, is no new patient.
        return _add(People(people.all, None), text, terms) if _is_person(text) else people
    if people.person is None and (said is None or not _is_case(said, text)):
        return people
    return _add(people, text if said else telling(text), terms)


def telling(text: str) -> str:
    """What a text tells, as opposed to what it asks or supposes."""
    return ". ".join(part.text.rstrip(".") for part in told_parts(text))


def told_parts(text: str) -> tuple[Span, ...]:
    """The parts of a text that tell, as opposed to those that ask or suppose; whom it is about is left out."""
    kept = []
    whose = _WHOSE.match(text)
    head = whose.end() if whose else 0
    for part in informal_parts(text[head:]):
        cut = _THEN_ASKS.search(part.text)
        piece = (part.text[: cut.start()] if cut else part.text).rstrip()
        if piece.strip() and not _ASKS.search(piece) and not _SUPPOSES.search(piece):
            start = head + part.start
            kept.append(Span(piece, start, start + len(piece)))
    return tuple(kept)


def supposed(patient: Patient, text: str, terms: Terms) -> Patient | None:
    """The patient as it would be if what the text supposes ("if that fails too") came true; None where nothing is."""
    if not _SUPPOSES.search(text):
        return None
    added = _increment(patient, text.replace("?", "."), terms)
    return added if added != patient else None


def _add(people: People, text: str, terms: Terms) -> People:
    """The person spoken of with what `text` tells; without anything told, the same people."""
    person = people.person or Person()
    told = " ".join(filter(None, (person.words, text)))
    age = _AGE.search(text)
    found = replace(
        person,
        words=told,
        age=int(next(filter(None, age.groups()))) if age else person.age,
        is_female=_sex(text) if _sex(text) is not None else person.is_female,
    )
    if person.patient is None:
        # The condition may come in a later turn than the rest.
        found = replace(found, patient=described(told, terms.find(told), terms.corpus))
    elif text:
        found = replace(found, patient=_increment(person.patient, text, terms))
    changed = (found.patient, found.age, found.is_female) != (person.patient, person.age, person.is_female)
    return people.with_current(found) if changed or people.person is None else people


def _increment(patient: Patient, text: str, terms: Terms) -> Patient:
    """The patient with what one more text tells of the same person."""
    # Read as a description of somebody with the known condition, which most later turns leave out.
    opening = f"My patient has {patient.condition}. "
    whole = opening + _GAVE.sub(r"gave relief for \1", text)
    own = [c for c in terms.concepts(text) if terms.kind(c) == "condition"]
    said = described(whole, terms.find(whole), terms.corpus)
    if said is None:
        return patient
    values: dict[str, Any] = {name: getattr(said, name) for name in FIELDS if getattr(said, name) is not None}
    if values.get("course") == "acute" and results_of(said):
        # Days and weeks told with a treatment are how long that was, or how long it helped.
        del values["course"]
    condition = _condition(patient, own, text, said.course, terms)
    return patient.model_copy(update={**values, **_merged(results_of(patient), results_of(said), terms), **condition})


def _condition(patient: Patient, named: Sequence[str], text: str, course: str | None, terms: Terms) -> dict[str, str]:
    """The condition where the text makes it narrower, or corrects it."""
    for name in named:
        known = terms.concepts(patient.condition)
        is_narrower = any(k in terms.corpus.with_broader([name]) for k in known) and name not in known
        is_other = not set(known) & terms.corpus.with_broader([name])
        # A text that names the condition itself corrects nothing by naming another.
        if is_narrower or (is_other and CORRECTS.search(text) and not set(known) & set(named)):
            return {"condition": terms.corpus.concepts[name].label}
    if _ZOSTER in terms.concepts(patient.condition) and course == "long-standing":
        # Shingles that turn out to be months old.
        return {"condition": terms.corpus.concepts[_PHN].label}
    return {}


def results_of(patient: Patient) -> dict[str, str]:
    """The result of each treatment that the patient has had."""
    return {treatment: name for name in LISTS for treatment in getattr(patient, name)}


def _merged(known: Mapping[str, str], told: Mapping[str, str], terms: Terms) -> dict[str, tuple[str, ...]]:
    """The lists of treatments, later results instead of earlier ones; "blocks" after "stellate block" is the same."""
    merged = dict(known)
    for treatment, result in told.items():
        narrower = [k for k in known if treatment in terms.corpus.with_broader([k]) and k != treatment]
        for name in narrower or [treatment]:
            merged[name] = result
    return {name: tuple(t for t, result in merged.items() if result == name) for name in LISTS}


def _is_somebody_else(person: Person, said: Patient, text: str, terms: Terms) -> bool:
    """Whether a description can't be of the person spoken of."""
    age, sex = _AGE.search(text), _sex(text)
    if age and person.age is not None and int(next(filter(None, age.groups()))) != person.age:
        return True
    if sex is not None and person.is_female is not None and sex != person.is_female:
        return True
    if person.patient is None or CORRECTS.search(text):
        return False
    return differ(person.patient.condition, said.condition, terms)


def differ(one: str, other: str, terms: Terms) -> bool:
    """Whether two wordings of a condition or a site mean different things, neither being a kind of the other."""
    mine, theirs = terms.concepts(one), terms.concepts(other)
    if not mine or not theirs:
        return one.lower() != other.lower()
    wide, wide_other = terms.corpus.with_broader(mine), terms.corpus.with_broader(theirs)
    return not (set(mine) & wide_other or set(theirs) & wide)


def _sex(text: str) -> bool | None:
    """Whether the person is female; None where the text does not say, or says both."""
    female, male = bool(_FEMALE.search(text)), bool(_MALE.search(text))
    return female if female != male else None


def _is_case(patient: Patient, text: str) -> bool:
    """Whether a description is of somebody to be treated, and not of patients in general."""
    treated = any(getattr(patient, name) for name in LISTS) or patient.block_relief_percent is not None
    return treated or _is_person(text) or bool(_ASKS_NEXT.search(text))


def _is_person(text: str) -> bool:
    return bool(
        _AGE.search(text) or _sex(text) is not None or re.search(r"\b(?:patient|pt|amputee)s?\b", text, re.IGNORECASE)
    )


def _names_earlier(people: People, text: str) -> bool:
    """Whether "the second patient" is one that there is already."""
    found = _EARLIER.search(text)
    return found is not None and _place(people, found) is not None


def _place(people: People, found: re.Match[str]) -> int | None:
    word = (found[1] or found[2]).lower()
    if word in ("last", "previous", "earlier", "other"):
        others = [i for i in range(len(people.all)) if i != people.current]
        return others[-1] if others else None
    at = int(word) - 1 if word.isdigit() else _ORDINALS[word]
    return at if at < len(people.all) else None


def returned_to(people: People, text: str, terms: Terms) -> int | None:
    """The place of the person whom the text comes back to, by number, or by what sets them apart; else as before."""
    found = _EARLIER.search(text)
    if found:
        return _place(people, found)
    if not _BACK.search(text) or len(people.all) < 2:
        return None
    named = set(terms.concepts(text))
    scores = [_fits(person, named, text, terms) for person in people.all]
    ages = [person.age for person in people.all if person.age is not None]
    for extreme, pattern in ((min, _YOUNGER), (max, _OLDER)):
        if pattern.search(text) and len(set(ages)) > 1:
            scores = [score + (person.age == extreme(ages)) for score, person in zip(scores, people.all, strict=True)]
    best = max(scores)
    return scores.index(best) if best and scores.count(best) == 1 else None


def _fits(person: Person, named: set[str], text: str, terms: Terms) -> int:
    """How many of the things that a text says of somebody are true of this person."""
    if person.patient is None:
        return 0
    own = terms.corpus.with_broader(terms.concepts(f"{person.patient.condition}. {person.patient.site or ''}"))
    kinds = {name for name in named if terms.kind(name) in ("condition", "site")}
    sex = _sex(text)
    return len(kinds & own) + (sex is not None and sex == person.is_female)
