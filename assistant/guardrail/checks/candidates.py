"""Indications: a condition named as one that the review does not list, in a list of listed ones or by what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import corrects_error, says_silence
from assistant.guardrail.pairing import Mark, denied_here
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import Subject, is_condition, is_item
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, step_of
from assistant.pathway import load_algorithm
from assistant.reading import Mention

# What says that a treatment is for a condition, or works in it.
_FOR: Final = re.compile(
    r"\b(?:(?<!for )indicat(?:ions?|ed)|candidates?|takers?|treatment for|option (?:for|in)|of choice|"
    r"works?|effective\w*|efficac\w+|helps?|helpful|reliev(?:es|ing)|eases?|benefits?|beneficial|respon(?:ds?|sive)|"
    r"suits?|suit(?:ed|able)|useful|success\w*|shown|treat(?:s|ing)|treated (?:with|by)|"
    r"(?:is|are) (?:\w+ )?(?:used|utili[sz]ed|given|performed|carried out|done|employed|"
    r"offered|recommended|approved|licensed|relieved|"
    r"helped) (?:\w+ )?(?:for|in|to treat|by|with)|used (?:for|in|to treat)|reported (?:for|in|uses?|to)|uses?|"
    r"do(?:es)? well|did well|gains?|profits?|thrives?|the answer|good results?|role (?:for|in)|"
    r"(?:established|accepted|good|valid|recogni[sz]ed|suitable|common|standard|attractive|excellent|fine) (?:option|"
    r"choice|treatment)|"
    r"place (?:for|in)|value (?:for|in)|evidence (?:for|in)|first choice|ideal|"
    r"accepted|tackles?|targets?|serves?|for people with|aimed at)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|hardly|nothing|whether|unlike|except\w*|rather than|weak\w*|"
    r"unclear|unlikely|outside|other than|general(?:ly)?|only lists?|uncertain|little|lack\w*|limited|poor\w*|"
    r"beyond|fail\w*|if|unless|had|has|his|her|my|your|ask\w*)\b|n't\b",
    re.IGNORECASE,
)
_LISTING_DENIED: Final = re.compile(
    r"\b(?:not|no|never|without|nothing|except|excluded?|outside|weak|lack\w*|general|types?(?! (?:1|2|one|two|"
    r"I|II)\b)|kinds?|causes?|"
    r"examples?)\b"
    r"|n't\b",
    re.IGNORECASE,
)
_CUT: Final = re.compile(
    r";|—|(?<=\w): |,? \b(?:but|while|whilst|whereas|although|though|yet|however)\b|, (?:and |so |"
    r"which )",
    re.IGNORECASE,
)
# Between two members of one list: commas, "and", and the words that go with a condition, no verb.
_BETWEEN: Final = re.compile(
    r"^(?:[\s,;/()&\[\]\d•+-]|\b(?:and|or|as well as|also|even|plus|in|of|the|for|with|both|chronic|acute|refractory|"
    r"painful|"
    r"intractable|pain|syndromes?|type|types|arm|leg|limbs?|central|peripheral|early|carpal|certain|selected|"
    r"some)\b){1,60}$",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"^\W*(?:(?:other|common|usual|further|main|more|its|their|the|listed|accepted|typical) ){0,3}"
    r"(?:it|they|this|these|its|their|indications?|candidates?|uses?)\b",
    re.IGNORECASE,
)
# Conditions of which the review speaks with a step though it gives no standing of its own.
_SPOKEN_OF: Final = {"block": frozenset({"nerve_injury"}), "ketamine": frozenset({"failed_back_surgery"})}
# Terms read in one sentence.
_MOST: Final = 60
# More words than these beside a condition make an item of a list a sentence of its own.
_ITEM_WORDS: Final = 9
_LISTS: Final = {"scs": "scs-benefit-indications", "pns": "pns-overview", "block": "block-benefit-who"}


def candidates(document: Document, about: Sequence[Subject]) -> Iterator[Finding]:
    """At most one finding per unit; `about`: what each unit speaks of."""
    for unit, subject in zip(document.units, about, strict=True):
        if unit.is_question or corrects_error(unit) or says_silence(unit):
            continue
        for mention in unit.mentions[:_MOST]:
            if not is_condition(mention.id):
                continue
            step = _step(unit, subject, mention)
            if not step or not _is_unlisted(step, mention.id) or denied_here(unit.text, _mark(mention)):
                continue
            if _is_in_list(document, unit, subject, mention, step, about) or _is_claimed(unit, mention):
                yield finding("IND-3", document, unit, statement=list_of(step))
                break


def list_of(step: str) -> str:
    """The statement that says for whom a step is."""
    return _LISTS.get(step, "ketamine-use-evidence-compared")


def _mark(mention: Mention) -> Mark:
    return Mark("b", mention.id, mention.start, mention.end)


def _step(unit: Unit, subject: Subject, mention: Mention) -> str | None:
    """The one step that the clause of a mention speaks of, else the sentence, else what the unit goes on with."""
    start, end = _clause(unit.text, mention.start)
    inside = {step_of().get(item.id) for item in unit.mentions if start <= item.start < end} & {*_LISTS, "ketamine"}
    steps = inside or subject.own_steps
    if not steps and (subject.head is not None or _PRONOUN.search(unit.text)):
        steps = subject.steps
    return str(next(iter(steps))) if len(steps) == 1 else None


def _clause(text: str, at: int) -> tuple[int, int]:
    cuts = [match.span() for match in _CUT.finditer(text)]
    return max((end for _, end in cuts if end <= at), default=0), min(
        (begin for begin, _ in cuts if begin > at), default=len(text)
    )


@lru_cache(maxsize=1024)
def listed(step: str) -> frozenset[str]:
    """The conditions that the review gives a step a standing in."""
    return frozenset(
        item.condition
        for item in load_algorithm().standings
        if step_of()[item.intervention] == step and item.standing != "not effective"
    )


@lru_cache(maxsize=4096)
def _is_unlisted(step: str, name: str) -> bool:
    if not is_condition(name) or name in _SPOKEN_OF.get(step, ()):
        return False
    corpus = load()
    broader = corpus.with_broader([name]) if name in corpus.concepts else {name}
    return not broader & listed(step)


def _is_in_list(
    document: Document, unit: Unit, subject: Subject, mention: Mention, step: str, about: Sequence[Subject]
) -> bool:
    """Whether the condition stands in one list with conditions that the review does list for the step."""
    if subject.head is not None:
        head = document.units[subject.head]
        fits = len(re.findall(r"[a-z]{3,}", unit.text.lower())) <= _ITEM_WORDS
        others = any(
            other.head == subject.head and other.own_conditions & listed(step) and other is not subject
            for other in about
        )
        return fits and others and not (_LISTING_DENIED.search(head.text) or _NOT.search(unit.text))
    if is_item(document, unit) and not subject.own_steps:
        return False
    marks = [item for item in unit.mentions[: _MOST + 1] if is_condition(item.id)]
    at = marks.index(mention)
    near = [(marks[i], marks[i + 1]) for i in (at - 1, at) if 0 <= i < len(marks) - 1]
    for one, two in near:
        other = one if two is mention else two
        known = load().with_broader([other.id]) if other.id in load().concepts else frozenset()
        between = unit.text[one.end : two.start]
        if known & listed(step) and _BETWEEN.match(between) and not _list_is_denied(unit, mention):
            return True
    return False


def _list_is_denied(unit: Unit, mention: Mention) -> bool:
    start, _ = _clause(unit.text, mention.start)
    return bool(_LISTING_DENIED.search(unit.text[start : mention.start]))


def _is_claimed(unit: Unit, mention: Mention) -> bool:
    """Whether the clause says that the treatment is for the condition, and denies or limits nothing."""
    start, end = _clause(unit.text, mention.start)
    clause = unit.text[start:end]
    return bool(_FOR.search(clause)) and not _NOT.search(clause)
