"""The default answerer: an answer composed from statements, without a language model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.reading import STOPWORDS, fold, words
from assistant.retrieval import Hit
from assistant.terms import TREATMENTS

# Words of a focused answer: what is aimed at, and what may never be passed. On the tune split a longer answer carried
# hardly more of the facts asked for.
AIM_WORDS: Final = 95
MOST_WORDS: Final = 150
MOST_STATEMENTS: Final = 6
# A further statement must score at least this share of the best one ...
CLOSE: Final = 0.6
# ... and past the aimed length it must be nearly as good.
VERY_CLOSE: Final = 0.8
# One that tells what the review does not say must be nearly as near as what it says.
GAP: Final = 0.75
# One that tells nothing else, hardly less than what heads the answer.
SILENCE: Final = 0.95
# Two statements that share more of their content words than this, or whose vectors are this alike, say the same.
SAME_WORDS: Final = 0.65
SAME_MEANING: Final = 0.88
# ... unless it has a number that the other has not, or this many concepts.
MORE_CONCEPTS: Final = 2
# A statement with so much of another's words that says more takes its place ...
WITHIN: Final = 0.75
# ... even at the head of the answer, from this share of its score.
NEARLY: Final = 0.9

# Likeness to the question from which a statement is near what was asked.
NEAR: Final = 0.5

Likeness = Callable[[Statement, Statement], float]


def begin(statements: Sequence[Statement], likeness: Likeness, used: int = 0) -> tuple[Statement, ...]:
    """As many of the statements, in order, as a case answer has room for after `used` words; no two alike."""
    chosen: list[Statement] = []
    length = used
    for statement in statements:
        longer = length + len(statement.text.split())
        if longer <= MOST_WORDS and not any(says_the_same(statement, other, likeness) for other in chosen):
            chosen.append(statement)
            length = longer
    return tuple(chosen)


def choose(
    hits: Sequence[Hit],
    likeness: Likeness,
    concepts: Sequence[str],
    corpus: Corpus,
    parts: Sequence[Statement] = (),
) -> tuple[Statement, ...]:
    """The statements that answer the question, best first; no two that say the same, never more than MOST_WORDS.

    parts: what answers the parts of the question, said right after what is nearest to the whole. concepts: of the
    question; after the first statement none about another treatment than the question's is taken.
    """
    asked = treatments(concepts, corpus)
    hits = _headed(hits, asked, corpus)
    rank = {hit.statement.id: at for at, hit in enumerate(hits)}
    first = [hit.statement for hit in hits[:1]] if parts else []
    # A part's answer may be none of these hits: it was looked for by itself.
    ranked = sorted(parts, key=lambda part: rank.get(part.id, len(rank)))
    chosen = list(begin((*first, *ranked), likeness))
    length = sum(len(statement.text.split()) for statement in chosen)
    for hit in hits:
        if len(chosen) == MOST_STATEMENTS or hit.score < CLOSE * hits[0].score:
            break
        if chosen and hit.score < _gap(hit.statement) * hits[0].score:
            continue
        if chosen and is_of_others(hit.statement, asked, corpus):
            continue
        longer = length + len(hit.statement.text.split())
        if chosen and longer > (MOST_WORDS if hit.score >= VERY_CLOSE * hits[0].score else AIM_WORDS):
            continue
        if any(says_the_same(hit.statement, other, likeness) for other in chosen):
            continue
        # What heads the answer gives way only to something nearly as near to the question.
        fixed = chosen[:1] if hit.score < NEARLY * hits[0].score else []
        held = [other for other in chosen if other not in fixed and _holds(hit.statement, other)]
        at = chosen.index(held[0]) if held else len(chosen)
        chosen[at : at + 1] = [hit.statement]
        chosen = [statement for statement in chosen if statement not in held]
        length = sum(len(statement.text.split()) for statement in chosen)
    return tuple(chosen)


def _headed(hits: Sequence[Hit], asked: AbstractSet[str], corpus: Corpus) -> Sequence[Hit]:
    """The hits, one about another treatment than the question's behind one that is nearly as near and is not."""
    if not hits or not is_of_others(hits[0].statement, asked, corpus):
        return hits
    near = (hit for hit in hits if hit.score >= NEARLY * hits[0].score)
    head = next((hit for hit in near if not is_of_others(hit.statement, asked, corpus)), None)
    return [head, *(hit for hit in hits if hit is not head)] if head else hits


def treatments(concepts: Iterable[str], corpus: Corpus) -> frozenset[str]:
    """Those of the concepts that are treatments of the pathway, or forms of one."""
    return frozenset(name for name in concepts if corpus.with_broader([name]) & TREATMENTS)


def is_of_others(statement: Statement, asked: AbstractSet[str], corpus: Corpus) -> bool:
    """Whether a statement is about other treatments than those asked of: no one of them, none wider, none narrower.

    One that sets the risks of several side by side is, if any of them is another: it would tell of risks not asked of.
    """
    treated = treatments(statement.about, corpus)
    if not asked or not treated:
        return False
    wider = corpus.with_broader(asked)
    others = [one for one in treated if one not in wider and not corpus.with_broader([one]) & asked]
    return bool(others) if set(statement.aspects) == {"risk"} else len(others) == len(treated)


def _gap(statement: Statement) -> float:
    """Share of the best score that a statement must reach, for telling what the review does not say; else 0."""
    if statement.silent:
        return SILENCE
    return GAP if "gap" in statement.aspects else 0.0


def says_the_same(one: Statement, other: Statement, likeness: Likeness) -> bool:
    """Whether one of two statements adds next to nothing to the other."""
    if (one.restates or one.id) == (other.restates or other.id):
        return True
    treated = [set(statement.about) & TREATMENTS for statement in (one, other)]
    if all(treated) and not treated[0] & treated[1]:
        return False
    if _tells_more(one, other):
        return False
    mine, theirs = _content(one), _content(other)
    return len(mine & theirs) >= SAME_WORDS * min(len(mine), len(theirs)) or likeness(one, other) >= SAME_MEANING


def _tells_more(one: Statement, other: Statement) -> bool:
    """Whether a statement has a typed number, or several concepts, that another does not have."""
    told = {(quantity.value, quantity.unit) for quantity in other.numbers}
    is_new = any((quantity.value, quantity.unit) not in told for quantity in one.numbers)
    return is_new or len(set(one.about) - set(other.about)) >= MORE_CONCEPTS


def _holds(one: Statement, other: Statement) -> bool:
    """Whether a statement says nearly all that another says, and so can stand in its place."""
    theirs = _content(other)
    return len(_content(one) & theirs) >= WITHIN * len(theirs)


def _content(statement: Statement) -> frozenset[str]:
    return frozenset(fold(w.text) for w in words(statement.text) if w.folded not in STOPWORDS)


def nearby(
    hits: Sequence[Hit],
    concepts: Sequence[str],
    corpus: Corpus,
    likeness: Likeness,
    *,
    most: int = 2,
    beside: Sequence[Statement] = (),
) -> tuple[Statement, ...]:
    """What the review says closest to something that it does not cover, about the given concepts.

    beside: statements that are said already, which these do not repeat.
    """
    wanted = set(concepts)
    chosen: list[Statement] = []
    for hit in hits:
        if len(chosen) == most:
            break
        is_about = hit.dense >= NEAR and bool(wanted & corpus.with_broader(hit.statement.about))
        if is_about and not any(says_the_same(hit.statement, other, likeness) for other in (*beside, *chosen)):
            chosen.append(hit.statement)
    return tuple(chosen)
