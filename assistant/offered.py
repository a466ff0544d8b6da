"""Treatments that the answers spoke of, put into turns that tell of them without naming them: "did it", "both", "no".

The rules in order: an answer to what the last reply asked; "the former"; "both"; "it"; and results of nothing named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.conversation import People, results_of, returned_to, told_parts
from assistant.reading import Mention, clauses, informal_parts
from assistant.reading import Span as Part
from assistant.terms import Terms
from assistant.topics import ASKS_NEXT, Conversation, Topic
from assistant.vignette import DAILY, Found, mentioned, tells_outcome, tells_result

# What a reply says of a treatment that it does not offer: what it comes after, and what it denies.
_SET_BEHIND: Final = re.compile(
    r"\b(?:after|before|than|instead of|alongside|with|if|once|when|unlike|without|no|nor|neither)(?: (?:the|a|"
    r"an|these|repeated))? $",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(r"\b(?:not|never|cannot|no longer)\b|n't\b", re.IGNORECASE)

_YES: Final = re.compile(
    r"^\W*(?:yes|yep|yeah|yup|aye|ye|correct|indeed|affirmative|both|all(?: of (?:them|it|those))?|"
    r"(?:she|he|they|we|i)(?:'s| has| have|'ve)(?= *(?:$|[,.;:-])))(?![\w'-])",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"^\W*(?:(?:no|nope|nah|negative|none|neither|never|not (?:yet|so far|as yet|to date))|"
    r"(?:(?:she|he|they|we|i) )?(?:hasn'?t|has not|haven'?t|have not))"
    r"(?= *(?:$|[,.;:!?()-]|not\b|neither\b|never\b|nothing\b|s?he\b|they\b|we\b|yet\b|as yet\b|so far\b|of\b))"
    r"(?: (?:yet|so far|as yet|of (?:them|those|these)))*",
    re.IGNORECASE,
)
_YES_AND_NO: Final = re.compile(r"^\W*yes,? (?:and|but|then) no(?=\W*$|\W*[,.;])", re.IGNORECASE)
_ONLY: Final = re.compile(r"\b(?:only|just)\b", re.IGNORECASE)
_SAID_YES: Final = re.compile(r"\b(?:yes|yep|yeah|yup)\b", re.IGNORECASE)
_SAID_NO: Final = re.compile(r"\b(?:no|nope|not|never)\b(?=\W*(?:$|[,.;)]|\band\b|\bbut\b))", re.IGNORECASE)
_ANSWER_TO: Final = re.compile(r"\b(?P<said>yes|yep|yeah|no|nope) (?:to|for|on|re) (?:the |a )?", re.IGNORECASE)
_ASKS_RESULT: Final = re.compile(r"\b(?:help\w*|work\w*|relie\w+|respon\w+|effective|benefit\w*|any good)\b", re.I)
_ASKS_TRIED: Final = re.compile(r"\b(?:tried|had|given|done|started|attempted|used|receiv\w+|undergone|on)\b", re.I)

_PAIR: Final = re.compile(
    r"\b(?:both|neither|either|none)(?: of (?:them|these|those|the two))?\b(?! (?:hands?|feet|legs?|arms?|"
    r"sides?|knees?|"
    r"wrists?|ankles?|eyes?|for|in|on|with|was|is)\b)|\bthe two\b|\b(?:those|these) two\b",
    re.IGNORECASE,
)
_ASKS_OF_IT: Final = re.compile(
    r"\b(?:has|have|did|was|were) (?:it|that|this|one|these|they|those|any of (?:these|them))\b.*"
    r"\b(?:tried|done|given|had|used|help\w*|work\w*)\b",
    re.IGNORECASE,
)
_DONE_BOTH: Final = re.compile(
    r"\b(?:did|done|had|have|has|tried|given|got|gave|through|underwent|undergone|received)\b(?: \w+){0,2} "
    r"(?:both|the two|those two|these two)\b",
    re.IGNORECASE,
)
_FORMER: Final = re.compile(r"\bthe (?:former|first(?: one)?)\b(?! (?:time|line|step))(?! \w+'s)", re.IGNORECASE)
_LATTER: Final = re.compile(r"\bthe (?:latter|second(?: one)?)\b(?! (?:time|line|step))", re.IGNORECASE)
_PERSONAL: Final = re.compile(
    r"\bthe (?:first|second) (?:one )?(?:patient|pt|case|lady|man|woman|chap|guy|who|again)\b|\bback to the\b", re.I
)
_RESULT_VERB: Final = (
    r"(?:(?:has|have|had|just|only|also|really|sadly|unfortunately|initially|then|never) )*(?:did(?:n'?t| not)?|"
    r"does(?:n'?t| not)|"
    r"fail\w*|work\w*|help\w*|last\w*|gave|gives|made|wore|wears|held|bought|settled|took|caused|stopped|"
    r"was(?:n'?t| not)?|"
    r"were(?:n'?t| not)?|has(?:n'?t| not)|is(?: now)?(?= (?:out|off|contra|not))|got)"
)
# "It" and "that" as what was done, or as what had the result.
_IT: Final = re.compile(
    r"(?P<before>\b(?:did|done|had|have|has|tried|tries|try|given|gave (?:her|him|them)|got|repeated|undergone|"
    r"received|having|stopped|refus\w+|declin\w+)(?: (?:her|him|all|already))? )"
    r"(?P<done>it|that|this|one|that one|this one|those|them|"
    # "Did 4, zero relief": so many of them.
    r"(?:[2-9]|1\d|two|three|four|five|six|eight|ten)(?: of (?:them|those|these))?(?=\W*(?:$|[.,;:]|with|and|but|no)))"
    r"\b(?! (?:block|of|pain|which|is))|"
    rf"(?P<subject>\b(?:it|that|this|they|that one|the (?:block|infusion|injection|procedure)s?)\b)"
    rf"(?= plus\b| ?\+|'s out\b|'s off\b| {_RESULT_VERB}\b)",
    re.IGNORECASE,
)
_OF_A_PLAN: Final = frozenset({"order", "recommendation", "indication"})
_SUPPOSES: Final = re.compile(r"\b(?:if|suppos\w+|assuming|in case|say)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Offers:
    """Ids of treatments: `one` that "it" stands for, `two` that "both" stands for, `asked` by each question."""

    one: tuple[str, ...]
    two: tuple[str, ...]
    asked: tuple[tuple[str, ...], ...]
    inquiry: str


def with_offered(text: str, known: Conversation, terms: Terms) -> str:
    """The text with the treatments named that it tells of by "it", "both", "yes" or nothing, where that is sure."""
    if not known.topics:
        return text
    back = returned_to(known.people, text, terms)
    offers = _offers(known, known.people.current if back is None else back, terms)
    for rule in (_answering, _ordinal, _pair, _it, _unnamed):
        if done := rule(text, offers, terms):
            return done
    return text


def supposed_steps(text: str, known: Conversation, terms: Terms) -> tuple[str, ...]:
    """What a turn that supposes a result ("if that fails", "if neither works") supposes it of."""
    offers = _offers(known, known.people.current, terms)
    return offers.two if _PAIR.search(text) and len(offers.two) > 1 else offers.one


def answers_inquiry(text: str, known: Conversation, terms: Terms) -> bool:
    """Whether a turn answers what the last reply asked about treatments."""
    return bool(known.topics) and _answering(text, _offers(known, known.people.current, terms), terms) is not None


def _offers(known: Conversation, whom: int | None, terms: Terms) -> _Offers:
    topics = [t for t in known.topics if t.about in (whom, None)]
    if not topics:
        return _Offers((), (), (), "")
    cases = [t for t in topics if _is_case(t, terms)] or topics
    had = _had(known.people, whom)
    firsts: list[str] = []
    for topic in cases:
        named = [_as_known(c, firsts, terms) for c in _offered(topic, terms)]
        fresh = [c for c in named if c not in had] or named
        firsts = [c for c in firsts if c not in fresh[:1]] + fresh[:1]
    last = cases[-1]
    named = [_as_known(c, firsts, terms) for c in _offered(last, terms)]
    fresh = [c for c in named if c not in had]
    supposed = list(last.turn.supposed) if last.turn else []
    two = [*supposed, *(c for c in fresh if c not in supposed)][:2] if supposed or len(fresh) == 2 else firsts[-2:]
    asked = tuple(
        ids for part in informal_parts(topics[-1].inquiry) if (ids := _ids(_mentions(part.text, terms).treatments))
    )
    if not asked and _ASKS_OF_IT.search(topics[-1].inquiry):
        asked = (tuple(firsts[-1:]),)
    return _Offers(tuple(firsts[-1:]), tuple(two), asked, topics[-1].inquiry)


def _is_case(topic: Topic, terms: Terms) -> bool:
    """Whether a reply says what to do for somebody, as opposed to answering a question on the way."""
    if topic.turn is None:
        return False
    turn = topic.turn
    is_told = topic.about is not None and bool(told_parts(turn.text))
    asked = set(terms.aspects(turn.text))
    is_plan = bool(asked) and asked <= _OF_A_PLAN
    return turn.kind == "news" or bool(turn.supposed) or is_told or is_plan or bool(ASKS_NEXT.search(topic.question))


def _offered(topic: Topic, terms: Terms) -> list[str]:
    """The treatments that a reply puts forward, in order."""
    found = _mentions(topic.opening, terms)
    denied = [
        clause for part in informal_parts(topic.opening) for clause in clauses(part) if _DENIES.search(clause.text)
    ]
    kept = [
        m
        for m in found.treatments
        if m.id not in DAILY
        and not _SET_BEHIND.search(topic.opening[: m.start])
        and not any(c.start <= m.start < c.end for c in denied)
    ]
    return list(_ids(kept))


def _as_known(concept: str, known: Sequence[str], terms: Terms) -> str:
    """What "the block" names, where a lumbar block was spoken of."""
    return next((k for k in reversed(known) if concept in terms.corpus.with_broader([k])), concept)


def _had(people: People, whom: int | None) -> set[str]:
    patient = people.all[whom].patient if whom is not None else None
    return set(results_of(patient)) if patient else set()


def _mentions(text: str, terms: Terms) -> Found:
    return mentioned(text, terms.find(text), terms.corpus)


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.id for m in mentions))


def _labels(concepts: Sequence[str], terms: Terms) -> str:
    return " and ".join(terms.label(c) for c in concepts)


def _answering(text: str, offers: _Offers, terms: Terms) -> str | None:
    """What answers the last reply's question: "yes, twice, no effect", "no", "drugs only", "block yes, ketamine no"."""
    if not offers.asked or text.rstrip().endswith("?") and not told_parts(text):
        return None
    everything = tuple(dict.fromkeys(c for question in offers.asked for c in question))
    named = _mentions(text, terms).treatments
    if named:
        return _each(text, named, everything, terms)
    if _YES_AND_NO.search(text):
        return f"{_labels(offers.asked[0], terms)}: tried, did not help"
    if yes := _YES.search(text):
        is_all = re.search(r"\b(?:both|all)\b", yes.group(), re.IGNORECASE)
        whom = everything if is_all else offers.asked[0]
        return f"{_labels(whom, terms)}: tried{_rest(text, yes.end())}"
    if no := _NO.search(text):
        is_result = _ASKS_RESULT.search(offers.inquiry) and not _ASKS_TRIED.search(offers.inquiry)
        said = "did not help" if is_result else "not tried"
        return f"{_labels(everything, terms)}: {said}{_rest(text, no.end(), '. ')}"
    return None


def _rest(text: str, at: int, joined: str = ", ") -> str:
    rest = text[at:].lstrip(" ,.;:!-")
    return f"{joined}{rest}" if rest else ""


def _each(text: str, named: Sequence[Mention], asked: Sequence[str], terms: Terms) -> str | None:
    """An answer treatment by treatment; what "only" leaves out was not tried."""
    if _ONLY.search(text) and len(text.split()) <= len(named) * 4 + 2:
        had = terms.corpus.with_broader(_ids(named))
        others = [c for c in asked if c not in had and not terms.corpus.with_broader([c]) & set(_ids(named))]
        left = f". {_labels(others, terms)} not tried" if others else ""
        return f"{_labels(_ids(named), terms)} tried{left}"
    if (said := _ANSWER_TO.sub(lambda m: f"{'tried' if m['said'][0] in 'yY' else 'not tried'} ", text)) != text:
        return said
    done, at = "", 0
    for mention, following in zip(named, (*named[1:], None), strict=True):
        end = following.start if following else len(text)
        piece = text[mention.end : end]
        said = _SAID_NO.sub("not tried", _SAID_YES.sub("tried", piece, count=1), count=1)
        done += text[at : mention.end] + said
        at = end
    return done if done != text else None


def _ordinal(text: str, offers: _Offers, terms: Terms) -> str | None:
    """Results by order: "the former gave a week, the latter nothing"."""
    if len(offers.two) < 2 or _PERSONAL.search(text):
        return None
    done = _LATTER.sub(terms.label(offers.two[1]), _FORMER.sub(terms.label(offers.two[0]), text))
    return done if done != text else None


def _pair(text: str, offers: _Offers, terms: Terms) -> str | None:
    """One result of two: "done both, no joy", "neither worked"."""
    part = _first_told(text)
    if part is None or len(offers.two) < 2 or _mentions(part.text, terms).treatments or not _PAIR.search(part.text):
        return None
    if not _DONE_BOTH.search(part.text) and not tells_outcome(part.text):
        return None
    return _prefixed(text, part, offers.two, terms)


def _it(text: str, offers: _Offers, terms: Terms) -> str | None:
    """What was done, or had a result: "did it", "that failed", "she's had one"."""
    for part in told_parts(text):
        found = _IT.search(part.text)
        if found and offers.one and not _mentions(part.text[: found.start()], terms).treatments:
            name = "done" if found["done"] else "subject"
            start, end = part.start + found.start(name), part.start + found.end(name)
            # "Did the block" could be read as a question.
            before = re.sub(r"\bdid $", "had ", text[:start], flags=re.IGNORECASE)
            after = re.sub(r"^'s (?=out|off)", " is ", text[end:])
            return before + terms.label(offers.one[0]) + after
    return None


def _unnamed(text: str, offers: _Offers, terms: Terms) -> str | None:
    """A result, and nothing named that it could be of: "tried, lasted a week", "no joy"."""
    part = _first_told(text)
    if part is None or not offers.one or _SUPPOSES.search(part.text):
        return None
    found = _mentions(part.text, terms)
    if found.treatments or found.conditions or not tells_result(part.text):
        return None
    if _NO.fullmatch(part.text.rstrip(" .!")):
        # A bare "no" answers something, and is no result.
        return None
    return _prefixed(text, part, offers.one, terms)


def _first_told(text: str) -> Part | None:
    return next(iter(told_parts(text)), None)


def _prefixed(text: str, part: Part, treatments: Sequence[str], terms: Terms) -> str:
    return f"{text[: part.start]}{_labels(treatments, terms)}: {text[part.start :]}"
