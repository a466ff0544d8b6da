"""What must hold of every encoding of the review, held to the corpus; plain functions of an algorithm and a corpus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from assistant.corpus import Corpus, load
from assistant.evaluation.mutation.states import STEPS
from assistant.pathway import Algorithm
from assistant.pathway.rules import Evidence
from assistant.reading import Lexicon, content_stems, words

# Classes of conditions: the review's pathway is about them, and says nothing else of them.
_CLASSES: Final = {"neuropathic_pain", "central_neuropathic_pain", "peripheral_neuropathic_pain", "sip"}
# What some statement of a standing must say for the evidence that the standing gives it.
_SAID: Final[dict[Evidence, str]] = {
    "moderate": r"\bmoderate",
    "limited": r"\blimited|small",
    "weak": r"\bweak",
    "trial": r"\btrials?\b",
    "case series": r"\bcase series\b|\bprospective",
}
# The parts of an algorithm whose sources must be about what they name, and the keys that name it.
_SUBJECTS: Final = {
    "interventions": ("id", "includes"),
    "asides": ("interventions",),
    "sites": ("site", "blocks"),
    "condition_sites": ("condition", "blocks"),
    "listed": ("conditions",),
    "standings": ("intervention", "condition", "blocks"),
    "contradictions": ("intervention", "condition"),
    "reaches": ("intervention",),
    "stages": ("intervention", "stages"),
    "caveats": ("intervention",),
}


def every_intervention_is_a_step_or_set_aside(algorithm: Algorithm, corpus: Corpus) -> bool:
    """No intervention of the vocabulary is without a place."""
    known = {name for item in algorithm.interventions for name in item.includes}
    known |= {name for aside in algorithm.asides for name in aside.interventions}
    return known == _of_kind(corpus, "intervention")


def every_site_has_its_entry(algorithm: Algorithm, corpus: Corpus) -> bool:
    """No site of the vocabulary is without one."""
    return {entry.site for entry in algorithm.sites} == _of_kind(corpus, "site")


def every_condition_has_a_standing_or_is_only_listed(algorithm: Algorithm, corpus: Corpus) -> bool:
    """And none has both."""
    conditions = _of_kind(corpus, "condition")
    listed = {name for entry in algorithm.listed for name in entry.conditions}
    standing = {position.condition for position in algorithm.standings}
    specific = {name for name in conditions if corpus.with_broader([name]) & standing}
    return conditions - listed - specific == _CLASSES and not listed & standing


def every_source_is_about_its_entry(algorithm: Algorithm, corpus: Corpus) -> bool:
    """Each statement of an entry is about something that the entry names, or about something that is a kind of it."""
    content = algorithm.model_dump()
    entries = [(entry, keys) for part, keys in _SUBJECTS.items() for entry in content[part]]
    graded = [item for item in algorithm.interventions if item.general]
    entries += [({"id": item.id, "statements": item.general.statements}, ("id",)) for item in graded if item.general]
    return all(_is_about(entry, keys, corpus) for entry, keys in entries)


def what_is_silent_rests_on_a_gap(algorithm: Algorithm, corpus: Corpus) -> bool:
    """That the review does not say something is itself a statement, and marked as a gap."""
    return all("gap" in corpus.by_id[name].aspects for entry in algorithm.silent for name in entry.statements)


def a_wide_name_of_one_step_names_it_in_texts(algorithm: Algorithm, corpus: Corpus) -> bool:
    """What can only have meant one step is among the names of that step, and so is not missed where a text says it."""
    return all(
        set(aside.interventions) <= set(algorithm.intervention(aside.may_be[0]).includes)
        for aside in algorithm.asides
        if len(aside.may_be) == 1
    )


def what_is_quoted_is_in_its_sources(algorithm: Algorithm, corpus: Corpus) -> bool:
    """A wording shares at least half of its words of content with its statements; the rest is how we put it."""
    return all(_carried(wording, sources, corpus) >= 0.5 for wording, sources in _wordings(algorithm))


def a_wording_names_no_other_condition(algorithm: Algorithm, corpus: Corpus) -> bool:
    """Where a standing's wording names conditions, one is its own, or a kind of it, or what it is a kind of."""
    for position in algorithm.standings:
        named = set(_conditions(position.says)) - _CLASSES if position.aim is None else set()
        own = corpus.with_broader([position.condition]) - _CLASSES
        if named and not any(own & corpus.with_broader([name]) for name in named):
            return False
    return True


def a_grade_of_evidence_is_in_its_sources(algorithm: Algorithm, corpus: Corpus) -> bool:
    """Words such as "moderate" and "weak" stand in a statement of the standing that gives them."""
    return all(
        re.search(_SAID[position.evidence], " ".join(corpus.by_id[name].text for name in position.statements), re.I)
        for position in algorithm.standings
        if position.evidence in _SAID
    )


OF_ALGORITHMS: Final[tuple[Callable[[Algorithm, Corpus], bool], ...]] = (
    every_intervention_is_a_step_or_set_aside,
    every_site_has_its_entry,
    every_condition_has_a_standing_or_is_only_listed,
    every_source_is_about_its_entry,
    what_is_silent_rests_on_a_gap,
    a_wide_name_of_one_step_names_it_in_texts,
    what_is_quoted_is_in_its_sources,
    a_wording_names_no_other_condition,
    a_grade_of_evidence_is_in_its_sources,
)


def _of_kind(corpus: Corpus, kind: str) -> set[str]:
    return {concept.id for concept in corpus.concepts.values() if concept.kind == kind}


def _is_about(entry: dict[str, Any], keys: tuple[str, ...], corpus: Corpus) -> bool:
    named: set[str] = set()
    for key in keys:
        value = entry.get(key) or ()
        named |= {value} if isinstance(value, str) else set(value)
    # A sentence on interventions at large, or on sympathetic blocks by site, speaks of each of them.
    wide = corpus.with_broader(named & _of_kind(corpus, "intervention")) | ({STEPS[2]} if "site" in entry else set())
    return all((named & corpus.with_broader(about)) or (wide & about) for about in _abouts(entry["statements"], corpus))


def _wordings(algorithm: Algorithm) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each wording with its statements; those of what is no step are our own and quote nothing."""
    yield from ((item.modality, item.statements) for item in algorithm.interventions)
    for part in (algorithm.sites, algorithm.standings, algorithm.reaches):
        yield from ((entry.says, entry.statements) for entry in part)
    yield from ((entry.ask, entry.statements) for entry in algorithm.contradictions)
    for mark in algorithm.thresholds:
        yield mark.measure, (*mark.above.statements, *mark.below.statements)
        yield from ((one.says, one.statements) for one in (mark.above, mark.below, mark.exactly, mark.elsewhere))


def _carried(wording: str, sources: tuple[str, ...], corpus: Corpus) -> float:
    said = set(content_stems(wording))
    return len(said & set().union(*(_stems(corpus.by_id[name].text) for name in sources))) / len(said) if said else 0.0


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


@lru_cache(maxsize=256)
def _conditions(text: str) -> tuple[str, ...]:
    """The conditions that a text names."""
    concepts = load().concepts
    return tuple(mention.id for mention in _lexicon().find(words(text)) if concepts[mention.id].kind == "condition")


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon({concept.id: (concept.label, *concept.terms) for concept in load().concepts.values()})


def _abouts(names: tuple[str, ...], corpus: Corpus) -> Iterator[frozenset[str]]:
    return (frozenset(corpus.by_id[name].about) for name in names)
