"""Condition, site, course and pattern in the pathway's terms: what they settle, whatever has been tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.corpus import Corpus, load
from assistant.pathway.rules import Algorithm, Contradiction, Position
from assistant.patient import Patient
from assistant.reading import Lexicon, normalise, words

# The conditions that the pathway is about as a whole: nothing more specific is missing from its steps.
_WHOLE_PATHWAY: Final = "neuropathic_pain"


@dataclass(frozen=True, eq=False)
class Situation:
    """What is settled without any history; algorithm: by which it is settled.

    condition, site: concepts, or None. is_placed: the site is known, named by the condition, or given and not
    understood. blocks: those that serve the site; none where it is not placed, or where the review names none.
    place_says, place_statements: how the review puts them, and where. listed: the statements that say that the
    condition is only listed. positions: the standing of each intervention; aims: statements told beside them.
    """

    algorithm: Algorithm
    condition: str | None
    lineage: frozenset[str]
    site: str | None
    is_placed: bool
    blocks: tuple[str, ...]
    place_says: str
    place_statements: tuple[str, ...]
    listed: tuple[str, ...]
    positions: Mapping[str, Position]
    aims: Mapping[str, tuple[str, ...]]
    contradiction: Contradiction | None
    unrecognised: tuple[str, ...]
    ask: tuple[str, ...]

    @property
    def is_specific(self) -> bool:
        """Whether a missing standing means that the review says nothing specific to the condition."""
        return self.condition not in (None, _WHOLE_PATHWAY)


@dataclass(frozen=True)
class _Place:
    site: str | None
    blocks: tuple[str, ...] = ()
    says: str = ""
    statements: tuple[str, ...] = ()
    is_presumed: bool = False


def situation_of(patient: Patient, algorithm: Algorithm) -> Situation:
    """The situation of a patient."""
    return _situation(algorithm, patient.condition, patient.site, patient.course, patient.pattern)


@lru_cache(maxsize=4096)
def _situation(
    algorithm: Algorithm, condition_text: str, site_text: str | None, course: str | None, pattern: str | None
) -> Situation:
    corpus = load()
    named = _concepts(condition_text, "condition", corpus)
    condition = _main_condition(named, algorithm, corpus)
    lineage = corpus.with_broader([condition]) if condition else frozenset[str]()
    place, unrecognised, ask = _place(condition_text, site_text, lineage, algorithm, corpus)
    found = _positions(algorithm, lineage, course, pattern, place.blocks if place else None)
    contradiction = _contradiction(algorithm, lineage, course)
    ask += _other_conditions(condition, lineage, named, corpus)
    ask += [contradiction.ask] if contradiction else _undecided(algorithm, lineage, course, pattern)
    return Situation(
        algorithm=algorithm,
        condition=condition,
        lineage=lineage,
        site=place.site if place else None,
        is_placed=place is not None,
        blocks=place.blocks if place else (),
        place_says=place.says if place else "",
        place_statements=place.statements if place else (),
        listed=tuple(s for entry in algorithm.listed if condition in entry.conditions for s in entry.statements),
        positions={name: position for name, position in found.items() if position is not None},
        aims=_aims(algorithm, lineage),
        contradiction=contradiction,
        unrecognised=(*(() if condition else (condition_text,)), *unrecognised),
        ask=tuple(ask),
    )


def _place(
    condition_text: str, site_text: str | None, lineage: frozenset[str], algorithm: Algorithm, corpus: Corpus
) -> tuple[_Place | None, list[str], list[str]]:
    """The place of the pain, what of the site was not understood, and what to ask about it."""
    if site_text is not None:
        found = _places(site_text, algorithm, corpus)
        if not found:
            return _Place(None), [site_text], [f"Where is the pain? “{site_text}” was not understood."]
    else:
        found = _places(condition_text, algorithm, corpus, kinds=("site",))
        said = [entry for entry in algorithm.condition_sites if entry.condition in lineage]
        found = found or [_by_condition(entry.condition, algorithm) for entry in said[:1]]
    if len(found) > 1:
        labels = " and ".join(corpus.concepts[place.site].label if place.site else "viscera" for place in found)
        return None, [], [f"Which site is this plan for? Several are named: {labels}; the block depends on it."]
    if not found:
        return None, [], ["Where is the pain? The block depends on the site."]
    if found[0].is_presumed and found[0].site:
        label = corpus.concepts[found[0].site].label
        return found[0], [], [f"Is the pain in the {label}? The block depends on the site."]
    return found[0], [], []


def _places(
    text: str, algorithm: Algorithm, corpus: Corpus, kinds: Sequence[str] = ("site", "condition")
) -> list[_Place]:
    """The places that a text names, each once; a condition such as "pelvic pain" may name one too."""
    found = [_by_site(name, algorithm) for name in _concepts(text, "site", corpus)] if "site" in kinds else []
    if not found and "condition" in kinds:
        known = [entry.condition for entry in algorithm.condition_sites if not entry.presumed]
        found = [_by_condition(name, algorithm) for name in _concepts(text, "condition", corpus) if name in known]
    return list(dict.fromkeys(found))


def _by_site(name: str, algorithm: Algorithm) -> _Place:
    entry = next((entry for entry in algorithm.sites if entry.site == name), None)
    return _Place(name, entry.blocks, entry.says, entry.statements) if entry else _Place(name)


def _by_condition(name: str, algorithm: Algorithm) -> _Place:
    entry = next(entry for entry in algorithm.condition_sites if entry.condition == name)
    if entry.site is None:
        return _Place(None, entry.blocks, "", entry.statements)
    place = _by_site(entry.site, algorithm)
    return _Place(place.site, place.blocks, place.says, place.statements, entry.presumed)


def _positions(
    algorithm: Algorithm, lineage: frozenset[str], course: str | None, pattern: str | None, blocks: Sequence[str] | None
) -> dict[str, Position | None]:
    return {
        item.id: best_position(algorithm, item.id, lineage, course=course, pattern=pattern, blocks=blocks)
        for item in algorithm.interventions
    }


def best_position(
    algorithm: Algorithm,
    intervention: str,
    lineage: frozenset[str],
    *,
    course: str | None = None,
    pattern: str | None = None,
    blocks: Sequence[str] | None = None,
) -> Position | None:
    """What the review says of an intervention in a condition: of the narrowest concept, then of course or pattern.

    `blocks` are those that serve the site; None where the site is not known, and then none is excluded.
    """
    fitting = [
        position
        for position in algorithm.standings
        if position.intervention == intervention
        and position.condition in lineage
        and position.aim is None
        and position.course in (None, course)
        and position.pattern in (None, pattern)
        and (not position.blocks or blocks is None or set(position.blocks) & set(blocks))
    ]
    depth = load().with_broader
    return max(
        fitting,
        key=lambda p: (len(depth([p.condition])), (p.course is not None) + (p.pattern is not None)),
        default=None,
    )


def _aims(algorithm: Algorithm, lineage: frozenset[str]) -> dict[str, tuple[str, ...]]:
    aims: dict[str, tuple[str, ...]] = {}
    for position in algorithm.standings:
        if position.aim is not None and position.condition in lineage:
            aims[position.intervention] = aims.get(position.intervention, ()) + position.statements
    return aims


def _contradiction(algorithm: Algorithm, lineage: frozenset[str], course: str | None) -> Contradiction | None:
    return next((c for c in algorithm.contradictions if c.condition in lineage and c.course == course), None)


def _undecided(algorithm: Algorithm, lineage: frozenset[str], course: str | None, pattern: str | None) -> list[str]:
    """Questions on course and pattern where the review makes a difference by them."""
    fitting = [position for position in algorithm.standings if position.condition in lineage]
    ask = []
    if course is None and any(position.course for position in fitting):
        ask.append("Is the pain acute, early or long-standing? What the review says depends on it.")
    if pattern is None and any(position.pattern for position in fitting):
        ask.append("Is the pain segmental or diffuse? What the review says depends on it.")
    return ask


def _main_condition(named: Sequence[str], algorithm: Algorithm, corpus: Corpus) -> str | None:
    """The condition that the plan is for: one that is not only listed, then the narrowest, then the first."""
    listed = {name for entry in algorithm.listed for name in entry.conditions}
    broader = {above for name in named for above in corpus.with_broader([name]) - {name}}
    narrowest = [name for name in named if name not in broader]
    return max(narrowest, key=lambda name: (name not in listed, len(corpus.with_broader([name]))), default=None)


def _other_conditions(
    condition: str | None, lineage: frozenset[str], named: Iterable[str], corpus: Corpus
) -> list[str]:
    others = [corpus.concepts[name].label for name in named if name not in lineage]
    if condition is None or not others:
        return []
    return [f"Is this plan for {corpus.concepts[condition].label}, as taken here, or for {' or '.join(others)}?"]


def _concepts(text: str, kind: str, corpus: Corpus) -> list[str]:
    """The concepts of a kind that a text names, each once, in its order."""
    found = (mention.id for mention in _lexicon().find(words(normalise(text).text)))
    return list(dict.fromkeys(name for name in found if corpus.concepts[name].kind == kind))


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon({c.id: (c.label, *c.terms) for c in load().concepts.values()})
