"""Which statements make up an answer: nothing said twice, and what says more in the place of what says less."""

from __future__ import annotations

import pytest

from assistant.answering.compose import choose, says_the_same
from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.retrieval import Hit


def unlike(one: Statement, other: Statement) -> float:
    """Vectors that have nothing in common, so that the words alone tell."""
    return 0.0


def alike(one: Statement, other: Statement) -> float:
    """Vectors of the same text."""
    return 1.0


def hits(corpus: Corpus, *scored: tuple[str, float]) -> list[Hit]:
    return [Hit(corpus.by_id[name], score, score, score) for name, score in scored]


def test_what_is_repeated_in_other_words_is_said_once(corpus: Corpus) -> None:
    found = hits(corpus, ("abstract-iasp-definition", 1.0), ("intro-definition", 0.95))
    assert [one.id for one in choose(found, unlike, (), corpus)] == ["abstract-iasp-definition"]


def test_a_number_that_the_other_has_not_is_no_repetition(corpus: Corpus) -> None:
    overview, prevalence = (corpus.by_id[name] for name in ("intro-burden-overview", "intro-prevalence"))
    relief = corpus.by_id["intro-unsatisfactory-relief"]
    untold = overview.model_copy(update={"numbers": (), "about": relief.about})
    assert not says_the_same(untold.model_copy(update={"numbers": overview.numbers}), relief, alike)
    assert says_the_same(untold, relief, alike)
    # The same number again is one.
    assert says_the_same(prevalence, overview, alike)


def test_several_further_concepts_are_no_repetition(corpus: Corpus) -> None:
    whole, part = corpus.by_id["central-box1-list"], corpus.by_id["central-box1-ms"]
    assert not says_the_same(whole, part, alike)
    assert says_the_same(whole.model_copy(update={"about": part.about}), part, alike)


@pytest.mark.parametrize(
    ("score", "kept"),
    [
        pytest.param(0.95, ["intro-burden-overview"], id="nearly as near: it takes the place"),
        pytest.param(0.85, ["intro-prevalence", "intro-burden-overview"], id="farther: what is nearest heads"),
    ],
)
def test_what_says_more_takes_the_place_of_what_it_holds(corpus: Corpus, score: float, kept: list[str]) -> None:
    # Another number, so that it counts as saying more.
    overview = corpus.by_id["intro-burden-overview"]
    other = overview.numbers[0].model_copy(update={"value": 40.0})
    more = overview.model_copy(update={"numbers": (*overview.numbers, other)})
    found = [*hits(corpus, ("intro-prevalence", 1.0)), Hit(more, score, score, score)]
    assert [one.id for one in choose(found, unlike, (), corpus)] == kept


def test_what_is_farther_down_gives_way_too(corpus: Corpus) -> None:
    overview = corpus.by_id["intro-burden-overview"]
    found = hits(corpus, ("central-box1-ms", 1.0), ("intro-unsatisfactory-relief", 0.9), (overview.id, 0.7))
    assert [one.id for one in choose(found, unlike, (), corpus)] == ["central-box1-ms", overview.id]


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [(("lumbar_block",), False), (("stellate_block", "lumbar_block"), True), (("sympathetic_block",), True)],
)
def test_risks_set_side_by_side_are_told_where_each_was_asked_of(
    corpus: Corpus, asked: tuple[str, ...], is_told: bool
) -> None:
    found = hits(corpus, ("lumbar-risks", 1.0), ("lumbar-stellate-risks-compared", 0.9))
    chosen = [one.id for one in choose(found, unlike, asked, corpus)]
    assert ("lumbar-stellate-risks-compared" in chosen) == is_told
