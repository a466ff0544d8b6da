"""Whether what belongs together in a statement does so in the sentence: clauses, quantifiers, arms, opposites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Final

from assistant.drafting.parts import told_parts
from assistant.drafting.sameness import same
from assistant.drafting.sayings import Said, Saying
from assistant.drafting.wholeness import CONDITION
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement

# Where a stretch with its own predicate ends.
_STRETCH: Final = re.compile(
    r"[;:.]\s|,\s(?!\d)|\s(?:but|while|whereas|although|though|yet|by|when|because|since|which|who|that|once|after|"
    r"before|so|with)\s",
    re.IGNORECASE,
)
_SEVERAL: Final = 2
# How many: of the classes only a weaker one may stand for a stronger one.
_QUANTIFIERS: Final = tuple(
    frozenset(names.split())
    for names in (
        "all every always invariably",
        "most majority mostly mainly largely predominantly chiefly primarily principally",
        "many numerous often frequently frequent common commonly regularly usual usually typically",
        "several various",
        "some certain sometimes occasionally partly subset",
        "few rare rarely seldom minority infrequent uncommon scarce",
    )
)
_FEW: Final = len(_QUANTIFIERS) - 1
_CONTROL: Final = re.compile(r"\b(?:controls?|placebo|sham|saline)\b(?![- ](?:controlled|trial|study))", re.IGNORECASE)
_NAMED: Final = re.compile(r"\b(?:week|month|year|day|type|box|group)s? $", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[;:.()]\s?|,\s|\s(?:but|while|whereas|against|and|than)\s", re.IGNORECASE)
_LESS: Final = re.compile(
    r"\s(?:less|fewer|lower|weaker|smaller|more|higher|greater|stronger|longer|shorter|better|worse)\b", re.IGNORECASE
)
_OF: Final = re.compile(r"\s(?:of|as)\b", re.IGNORECASE)
# Added behind what it is of: "burst or high frequency, both without tingling".
_BOTH: Final = re.compile(
    r"[,(–—-]\s?(?P<all>both|each|all|either|neither)(?: of (?:them|these|those|which))?\s(?:without|with|having|being|"
    r"needing|requiring|given|used|in|by|for|at|under)\b|"
    r"[,(–—-]\s?(?:all|both|each) of (?:which|them)\b",
    re.IGNORECASE,
)
_OF_ALL: Final = re.compile(r"\b(?:both|each|all|every|either|neither|alike|two|three|likewise)\b", re.IGNORECASE)
_OPPOSITES: Final = tuple(
    frozenset(pair.split())
    for pair in (
        "small large", "smaller larger", "easy difficult", "with without", "complete incomplete", "narrow wide",
        "narrowed expanded", "shortened prolonged", "short long", "permanent temporary", "single repeated",
        "acute chronic", "oral intravenous", "awake sedated",
        "private public", "adequate inadequate", "sustained unsustained",
        "tolerable intolerable", "strong weak", "moderate weak", "moderate strong",
        "old new", "open percutaneous",
    )
)  # fmt: skip
# Opposites that a statement has of two neighbours.
_MODIFIERS: Final = (frozenset({"injured", "uninjured"}), frozenset({"inhibitory", "excitatory"}))


def crossed(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Two stretches of the sentence that each have something of the same two stretches of the statement."""
    here, there = _stretches(said), _stretches(source)
    found: dict[tuple[int, int], list[tuple[int, Said]]] = {}
    for at, stretch in enumerate(here):
        own = [(word, where) for word in stretch if (where := _only_in(word, there)) is not None]
        # Members of a list change places freely.
        for (_, one), (word, other) in combinations(own if len(own) > _SEVERAL else [], 2):
            if one != other:
                pair = (min(one, other), max(one, other))
                found.setdefault(pair, []).append((at, word))
    for mixed in found.values():
        if len({at for at, _ in mixed}) >= _SEVERAL:
            return f"it puts “{mixed[0][1].text}” where its statement has something else"
    return None


def _stretches(text: Saying) -> list[list[Said]]:
    idle = load_wordings().free | load_wordings().telling
    cuts = [0, *(match.end() for match in _STRETCH.finditer(text.text)), len(text.text)]
    words = [word for word in text.words if word.stem not in idle]
    return [[word for word in words if start <= word.start < end] for start, end in pairwise(cuts)]


def _only_in(word: Said, stretches: Sequence[Sequence[Said]]) -> int | None:
    """The only stretch that has the word; None where several have it, or none."""
    found = [at for at, stretch in enumerate(stretches) if any(same(word, other) for other in stretch)]
    return found[0] if len(found) == 1 else None


def miscounted(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A quantifier that the statement does not have, or one lost: "many" for "some", "often" left out."""
    here, there = _quantified(said.words), _quantified(source.words)
    told = _quantified(word for part in told_parts(said, source.text) for word in part.words)
    for kind, word in here.items():
        weaker = kind != _FEW and any(other <= kind for other in there if other != _FEW)
        if kind not in there and not weaker:
            return f"its statement does not say “{word.text}”"
    for kind, word in told.items():
        if kind in (0, _FEW) or any(other >= kind for other in here):
            continue
        next_word = _next(source.free_words(), word)
        is_told = any(same(word, other) for other in said.words)
        if not (word.is_denied or said.is_denying or is_told) and any(same(next_word, other) for other in said.words):
            return f"it leaves out “{word.text}”"
    return None


def _next(words: Sequence[Said], word: Said) -> Said:
    """The word with content after a word; itself where there is none."""
    return next((other for other in words if other.start > word.start and other.stem not in load_wordings().free), word)


def _quantified(words: Iterable[Said]) -> dict[int, Said]:
    return {kind: word for word in words for kind, names in enumerate(_QUANTIFIERS) if word.text in names}


def share_as_difference(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A share of something told as a difference: "a third less" where the statement has "a third of"."""
    for figure in said.figures:
        if figure.unit not in ("percent", "fraction") or not _LESS.match(said.text, figure.end):
            continue
        like = [other for other in source.figures if other.value == figure.value and other.unit == figure.unit]
        if like and all(_OF.match(source.text, other.end) for other in like):
            return "its statement has that share of something, and no difference"
    return None


def of_both(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """What the statement says of one of two, said of both: "A, or B without C" as "A or B, both without C"."""
    match = _BOTH.search(said.text)
    if match and not _OF_ALL.search(source.text):
        return f"its statement does not say that of “{match['all'] or 'all'}”"
    return None


def other_arm_counted(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A figure beside the controls that the statement does not have beside them."""
    for figure in said.figures:
        if figure.unit not in ("percent", "fraction", "patients", None):
            continue
        if _NAMED.search(said.text[: figure.start]) or not _is_beside_controls(said.text, figure.start):
            continue
        like = [other for other in source.figures if other.value == figure.value and other.unit == figure.unit]
        if like and not any(_is_beside_controls(source.text, other.start) for other in like):
            return "it puts a figure to the controls which its statement does not"
    return None


def _is_beside_controls(text: str, at: int) -> bool:
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, at)), default=0)
    end = next((match.start() for match in _CLAUSE.finditer(text, at)), len(text))
    return bool(_CONTROL.search(text[start:end]))


def opposed(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """One of two opposites of which the statement has the other, or "or" between conditions that must both be met."""
    here, there = ({word.text for word in text.words} for text in (said, source))
    for pair in (*_OPPOSITES, *_MODIFIERS):
        if pair not in _MODIFIERS and len(pair & here) == 1 and len(pair & there) == 1 and pair & here != pair & there:
            return f"its statement says “{next(iter(pair & there))}”"
        if pair in _MODIFIERS and pair <= here and pair <= there and not _all_beside(said, source, pair):
            return "it exchanges two opposites"
    own, theirs = ([match.group() for match in CONDITION.finditer(text.text)] for text in (said, source))
    if any(" or " in one for one in own) and any(" and " in one for one in theirs) and " or " not in source.text:
        return "its statement asks for both conditions"
    return None


def _all_beside(said: Saying, source: Saying, pair: frozenset[str]) -> bool:
    """Whether each of two opposites stands before the same word as in the statement."""
    for name in pair:
        here, there = ([_next(text.words, word) for word in text.words if word.text == name] for text in (said, source))
        if not any(same(one, other) for one in here for other in there):
            return False
    return True
