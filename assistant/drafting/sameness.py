"""Which words of a statement a word of a sentence stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.drafting.sayings import Said, Saying
from assistant.drafting.wordings import load_wordings

# Letters that two words of one root share: "inject" and "injection".
_ROOT: Final = 5
# "Reducing movement" is no comparison whose converse were "more".
_WITH: Final = frozenset({"after", "following", "during"})
_CAREFUL: Final = frozenset({"may", "might"})
_AS_VERB: Final = re.compile(r"(?:ing|ed|tion|es)$|^(?:ease|fall|fell|drop|cut|decline|lessen|reduce|decrease)")
_ENDINGS: Final = frozenset(
    ["", *"e s t y i li al ial ion ation ition ive ative iv ativ ment ly or er ing ed ant ent anc enc ance ence ic "
     "ical "
     "ity iti ness able abl ible ibl at ate iz ize is ise ici iciti ag osi oni".split()]
)  # fmt: skip


def stands_for(word: Said, source: Saying) -> bool:
    """Whether a word of the statement is this one, says the same, or is its converse."""
    if word.text in _CAREFUL:
        return True  # less is claimed than there, or as much
    if word.text in _WITH and any(other.text == "with" for other in source.words):
        # What occurs with a treatment occurs after it; an order of treatments is compared apart.
        return True
    return any(same(word, other) for other in source.words) or _is_converse(word, source)


def same(word: Said, other: Said) -> bool:
    """Whether two words have their stem, a group or their root in common."""
    return word.stem == other.stem or bool(word.groups & other.groups) or _is_of_one_root(word.stem, other.stem)


def _is_of_one_root(one: str, other: str) -> bool:
    """Whether two stems differ by endings only: "inject" and "injection", but not "place" and "placebo"."""
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= _ROOT and one[shared:] in _ENDINGS and other[shared:] in _ENDINGS


def _is_converse(word: Said, source: Saying) -> bool:
    """Whether the word turns a relation of the statement round; then what it relates must change places, too."""
    return is_converse_of(word, source.words)


def is_converse_of(word: Said, others: Sequence[Said]) -> bool:
    """Whether one of the others is the word's converse, as "after" is that of "before"."""
    converse = load_wordings().converse
    wanted = {other for group in word.groups for other in converse.get(group, ())}
    return any(other.groups & wanted and not _AS_VERB.search(other.text) for other in others)
