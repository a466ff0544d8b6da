"""Whether a drafted sentence says what a statement says, and nothing besides; what can't be tied to it is refused.

No model judges this: the likeness of two sentences, or of two words in them, does not tell an honest rewording from one
word exchanged ("nurse" for "patient" is nearer than most synonyms). Each word of the sentence must be one of the
statement, or stand for one; each figure must be there with its unit and bound; what a negation reaches there it must
reach here; treatments, arms, sites, figures, the sides of a contrast and the objects of verbs keep their places; and
hedges, quantifiers, grades of evidence and conditions must not be lost. A rewording that this does not know is refused,
too: then the statement itself is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from assistant.drafting.acting import acts_otherwise, of_another_whole
from assistant.drafting.actors import of_another_study
from assistant.drafting.bindings import crossed, miscounted, of_both, opposed, other_arm_counted, share_as_difference
from assistant.drafting.cells import exchanged
from assistant.drafting.figures import foreign_figures
from assistant.drafting.losses import losses, overstated
from assistant.drafting.neighbours import elsewhere, polar
from assistant.drafting.novelty import foreign_things, foreign_words, graver, one_half, strange_words
from assistant.drafting.parts import PARTS
from assistant.drafting.places import misplaced
from assistant.drafting.rephrasing import plainer
from assistant.drafting.rewordings import rewordings
from assistant.drafting.sameness import same
from assistant.drafting.sayings import Said, Saying, saying
from assistant.drafting.silence import both_silent
from assistant.drafting.wholeness import no_condition, no_order, no_sentence
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement

_STRONG: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nowhere|neither|(?<!with or )without|cannot|lack\w*|absence|"
    r"inability|unable|[a-z]+n't)\b",
    re.IGNORECASE,
)

_Check = Callable[[Saying, Saying, Statement, frozenset[str]], str | None]
# A sentence on the review's silence names who is silent; another is no such sentence, whatever it denies.
_OF_REVIEW: Final = re.compile(
    r"\b(?:reviews?|article|paper|author|chin)\b|\b(?:not|no|none|never|nor|neither|without)\b[^.;]{0,60}?"
    r"\b(?:stated?|given|gives?|specif\w+|defined?|named?|mention\w*|address\w*|discuss\w*|covered|described?|said|says?)\b",
    re.IGNORECASE,
)


def disagreement(
    sentence: str,
    statements: Sequence[Statement],
    named: Iterable[str] = (),
    *,
    is_part: bool = False,
    is_cited: bool = True,
) -> str | None:
    """Why the sentence is not what one of the statements says; None where it is.

    named: concept ids that the question or the sentence before has named, so that the sentence need not. A sentence
    of several parts may take each from another of the statements. is_part: it is a part of a sentence, whose verb may
    stand in a part before. is_cited: the sentence names the statements itself; in one that is only looked for, no
    word may be new.
    """
    sentence = plainer(sentence)
    said = saying(sentence)
    if any(sentence == plainer(statement.text) for statement in statements):
        return None
    if not is_cited and any(foreign_words(said, saying(plainer(one.text)), one) for one in statements):
        return "no other statement says that"
    reasons = [_against(said, statement, frozenset(named)) for statement in statements]
    if not reasons:
        return "it cites no statement"
    if None in reasons:
        return None if is_part else no_sentence(said)
    parts = [part for part in PARTS.split(sentence) if part.strip()]
    if len(statements) > 1 and len(parts) > 1 and _is_joined(parts, statements, frozenset(named)):
        return None
    return reasons[0]


def _is_joined(parts: Sequence[str], statements: Sequence[Statement], named: frozenset[str]) -> bool:
    known = named
    for part in parts:
        if all(_against(saying(part), statement, known) for statement in statements):
            return False
        known |= saying(part).ids
    return True


def _against(said: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Why it is not what the statement says, in its own words or in another wording of it.

    Another wording may have words that the statement lacks, and no more: what is exchanged, turned or lost against
    the statement itself is so in any wording.
    """
    source = saying(plainer(statement.text))
    reason = _otherwise(said, source, statement, named, (*_WORDED, *_ROLES))
    if reason is None:
        return None
    others = [saying(plainer(text)) for text in rewordings(statement)]
    if any(said.text == other.text for other in others):
        return None
    if _otherwise(said, source, statement, named, [check for check in _ROLES if check not in _BY_WORD]):
        return reason
    is_other = any(_otherwise(said, other, statement, named, (*_WORDED, *_ROLES)) is None for other in others)
    return None if is_other else reason


def _otherwise(
    said: Saying, source: Saying, statement: Statement, named: frozenset[str], checks: Sequence[_Check]
) -> str | None:
    if [word.stem for word in said.words] == [word.stem for word in source.words] and said.text == source.text:
        return None
    if statement.silent and not _OF_REVIEW.search(said.text):
        return "the statement only tells what the review does not say"
    for check in checks:
        reason = check(said, source, statement, named)
        if reason:
            return reason
    return None


def _misplaced(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    return misplaced(said, source, is_silent=both_silent(said, statement))


def _is_topic(word: Said, said: Saying, source: Saying) -> bool:
    """Whether a name only stands before what is denied in both: "not in patients having ketamine for pain"."""
    idle = load_wordings().free
    is_name = any(thing.start <= word.start < thing.end for thing in said.things)
    denied = [other for other in source.words if other.is_denied and other.stem not in idle]
    return is_name and any(
        one.is_denied and one.start > word.start and one.stem not in idle and any(same(one, other) for other in denied)
        for one in said.words
    )


def _turned(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """What is denied here and not there, or there and not here.

    A negation may stand at another place of the clause, so that a word before it comes behind it; then what is denied
    in both must outweigh what is not.
    """
    wordings = load_wordings()
    if both_silent(said, statement):
        return None
    if len(_STRONG.findall(said.text)) > len(_STRONG.findall(source.text)):
        return "its statement does not deny that"
    for word in said.words:
        like = [other for other in source.words if same(word, other)]
        if (
            word.is_struck
            and like
            and not _is_topic(word, said, source)
            and not any(other.is_denied or other.is_open for other in like)
        ):
            return f"its statement says “{word.text}” the other way round"
    turned, alike = list[Said](), 0
    for word in said.free_words():
        if word.stem in wordings.free | wordings.telling or word.text in ("may", "might", "can", "could"):
            continue
        like = [other for other in source.words if same(word, other)]
        like = [other for other in like if other.text == word.text] or like
        there = {other.is_denied for other in like}
        is_other = bool(there) and word.is_denied not in there
        if is_other and not (word.is_open or any(other.is_open for other in like)):
            turned.append(word)
            if word.is_struck or any(other.is_struck for other in like):
                return f"its statement says “{word.text}” the other way round"
        elif word.is_denied and there:
            alike += 1
    if turned and not (said.is_denying and alike >= len(turned)):
        return f"its statement says “{turned[0].text}” the other way round"
    return None


# What a sentence has that its statement lacks ...
_WORDED: Final[tuple[_Check, ...]] = (foreign_things, foreign_figures, strange_words, graver, one_half, no_order)
# ... and what it does to what both have.
_ROLES: Final[tuple[_Check, ...]] = (
    no_condition,
    polar,
    elsewhere,
    exchanged,
    crossed,
    miscounted,
    other_arm_counted,
    share_as_difference,
    of_both,
    of_another_study,
    opposed,
    acts_otherwise,
    of_another_whole,
    _turned,
    losses,
    overstated,
    _misplaced,
)
# Those that compare words one by one, which another wording has at other places.
_BY_WORD: Final = (polar, miscounted)
