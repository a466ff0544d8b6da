"""Whether it is true that the review, or the statements given, do not tell something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.drafting.sayings import Saying, saying
from assistant.drafting.wordings import load_wordings

_WHO: Final = (
    r"(?:(?:the|these|those|neither the|none of the|its|chin's) )?(?:(?:cited|given|available|numbered|evidence) )?"
    r"(?:statements?|review|article|author|paper|text|chin|it|they|evidence|source)(?: here| given| provided| cited)?"
)
_TELL: Final = (
    r"(?:mention|address|say|state|give|offer|cover|report|describe|specify|name|discuss|rank|compare|tell|provide|"
    r"explain|identify|list|include|define|quantify|contain|show|make|draw|carry|hold|go into|comment on|speak of|"
    r"speak to|touch on|deal with|spell out|set out|break down|single out|distinguish|assess|evaluate|consider)"
)
# ruff: noqa: ISC004
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\W*(?:but |and |so |although |while |though |as )?{_WHO} (?:do|does|did)(?: not|n't) "
        rf"(?:themselves |itself |also |actually )?{_TELL}s? "
        r"(?:(?:anything|something|much) )?(?:(?:about|of|on|whether|how|what|why|if|any) )?(?P<what>.+)$",
        rf"^\W*(?:but |and |so |although |while |though |as )?(?:{_WHO} )?(?:{_TELL}s?|has|have) "
        r"(?:nothing (?:about|on|of|for|regarding)|no|neither|none of|no information (?:on|about)) (?P<what>.+)$",
        rf"^\W*{_WHO} (?:is|are) silent (?:on|about|as to) (?P<what>.+)$",
        r"^(?P<what>.+?),? (?:is|are) (?:not|nowhere) (?:\w+ )?(?:mentioned|addressed|covered|discussed|"
        r"described|reported|"
        r"named|given|specified|stated|listed|considered|compared)(?: (?:in|by|here|anywhere).*)?$",
        rf"^\W*(?:none of the statements|no statements?|nothing in {_WHO}|neither statement) {_TELL}(?:e?s)? "
        r"(?:(?:about|of|on|whether|how|what|any) )?(?P<what>.+)$",
        rf"^\W*(?:nothing (?:is said |is stated |is given )?(?:in {_WHO} )?(?:about|on)|there (?:is|are) no "
        rf"(?:mention|statement|statements|information|data|figures?|word) (?:of|on|about|for)) (?P<what>.+)$",
    )
)
_PLACE: Final = re.compile(rf",? (?:in|by|among|within) {_WHO}\b.*$", re.IGNORECASE)
_ALSO_TOLD: Final = re.compile(r",? (?:only|but|just|merely|except|other than|beyond|apart from)\b.*$", re.IGNORECASE)
_UNRANKED: Final = re.compile(
    rf"^\W*(?:but |and |so |although |while |though )?{_WHO} (?:do|does)(?: not|n't) "
    r"(?:rank|grade|single out|spell out|set out|break down|order) (?P<what>[^,;:]{3,80})$",
    re.IGNORECASE,
)
_SHORTEST: Final = 4


def told_absent(part: str) -> str | None:
    """What a part of a sentence says not to be told; None where it says no such thing."""
    bare = part.strip().rstrip(".")
    for form in _FORMS:
        match = form.match(bare)
        if match:
            return match["what"]
    return None


def is_unranked(part: str) -> bool:
    """Whether a part only says that something is not put in order or set out, which the review does of nothing."""
    match = _UNRANKED.match(part.strip().rstrip("."))
    if not match:
        return False
    told = saying(match["what"])
    return not told.figures and sum(thing.kind == "intervention" for thing in told.things) < 2


def is_absent(what: str, question: Saying) -> bool:
    """Whether no statement of the corpus tells it.

    It must name something that the corpus has nowhere, as the lexicon or the question calls it, or things that no
    statement has together. A word that merely nobody knows does not count: it may be another name for what is there.
    """
    told = saying(_PLACE.sub("", what))
    if told.figures and not told.things:
        return False
    known = _corpus_ids()
    if any(thing.kind == "outside" and thing.id not in known for thing in told.things):
        return True
    if any(thing.id not in known for thing in told.things if thing.kind != "source"):
        return True
    idle = load_wordings().free | load_wordings().telling
    for word in told.free_words():
        is_asked = any(word.stem == other.stem for other in question.words)
        if (
            is_asked
            and len(word.text) >= _SHORTEST
            and word.stem not in idle
            and not _is_in_corpus(word.stem, word.groups)
        ):
            return True
    return _are_apart({thing.id for thing in told.things if thing.kind != "source"})


def _are_apart(ids: Iterable[str]) -> bool:
    """Whether at least two things are named that no statement has together."""
    wanted = set(ids) - {"neuropathic_pain", "pain_relief", "interventional_care", "chronic_pain"}
    if len(wanted) < 2:
        return False
    known = load().concepts
    for have in _statement_ids():
        if all(one in have or (one in known and any(one in load().with_broader([o]) for o in have if o in known))
               for one in wanted):  # fmt: skip
            return False
    return True


@lru_cache(maxsize=1)
def _statement_ids() -> tuple[frozenset[str], ...]:
    return tuple(
        saying(statement.text).ids | frozenset(statement.about)
        for statement in load().statements
        if "gap" not in statement.aspects
    )


@lru_cache(maxsize=1)
def _corpus_ids() -> frozenset[str]:
    """Ids that some statement names as told, with all that is broader."""
    known = load().concepts
    named = frozenset[str]().union(*_statement_ids())
    return named | load().with_broader(name for name in named if name in known)


@lru_cache(maxsize=1)
def _corpus_words() -> tuple[frozenset[str], frozenset[int]]:
    words = [
        word
        for statement in load().statements
        if "gap" not in statement.aspects
        for word in saying(statement.text).words
    ]
    return frozenset(word.stem for word in words), frozenset(group for word in words for group in word.groups)


def _is_in_corpus(stem: str, groups: frozenset[int]) -> bool:
    stems, known = _corpus_words()
    return stem in stems or bool(groups & known)
