"""Whether treatments, conditions, sites, studies and figures stand to each other as in the statement."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from itertools import combinations, product
from typing import Final, NamedTuple

from assistant.corpus import load
from assistant.drafting.actors import other_actor, other_study
from assistant.drafting.placing import Place, are_listed, is_part, is_part_before, is_span, places
from assistant.drafting.relations import CONVERSE, TIMELY, segments, stands
from assistant.drafting.sayings import Saying
from assistant.drafting.wordings import load_wordings

_ROLE_NAMES: Final = ("treatment", "condition", "site", "study")
_SETTING: Final = re.compile(
    r"\b(?:in|within|for)(?: (?:the|an?|some|patients with|people with|those with))* $", re.IGNORECASE
)

_SIDE_BY_SIDE: Final = re.compile(
    r"(?:\W+(?:and|or|with|the|other|regional|techniques|among|them|such|as|for|example|including))+\W+", re.IGNORECASE
)
# Names for whatever is done, whose place says nothing.
_GENERAL: Final = frozenset({"interventional_care", "neuropathic_pain", "pain_relief", "neuromodulation"})


def misplaced(said: Saying, source: Saying, *, is_silent: bool = False) -> str | None:
    """Why roles are exchanged; None where all pairs keep their places, or all change them with the relation.

    Of two things that an order or a comparison relates, the relation decides, wherever they stand; of others it is
    their sequence, which must turn for all kinds or for none. is_silent: both only say what the review does not tell,
    of which the sequence says nothing.
    """
    if acting := other_actor(said, source):
        return acting
    here, there = places(said), places(source)
    turned: dict[str, set[bool]] = {}
    related: set[bool] = set()
    for kind in here:
        shared = [key for key in here[kind] if key in there.get(kind, {})]
        for one, other in combinations(shared, 2):
            pair = _Pair(kind, here[kind][one], here[kind][other]), _Pair(kind, there[kind][one], there[kind][other])
            if _is_wider(one, other) or _is_free(said, source, *pair):
                continue
            way = _way(said, source, *pair)
            if way == "other order":
                return "it puts things in another order than its statement"
            if way == "same setting":
                continue
            if way in ("same relation", "turned relation"):
                related.add(way == "turned relation")
            else:
                turned.setdefault(kind, set()).add(way == "turned")
    if is_silent and not related:
        return None
    if (
        not related
        and len(turned) == 1
        and set(turned) <= set(_ROLE_NAMES)
        and not _is_directed(said)
        and not _is_directed(source)
    ):
        return None  # a list or a comparison told from its other side, with nothing in it that has a direction
    if len(related) == 2 or any(len(ways) == 2 for ways in turned.values()):
        return "it puts things in another order than its statement"
    ways = {way for found in turned.values() for way in found}
    if len(ways) == 2:
        return "it exchanges what its statement says of two things"
    is_converse = _is_converse(said, source)
    if related:
        # The relation is the same, or turned round together with the word for it.
        return None if related == {is_converse} else "it turns round what its statement says of two things"
    if ways and (ways == {True}) != is_converse and (len(turned) < 2 or is_converse):
        return "it turns round what its statement says of two things"
    if not ways and is_converse:
        return "it turns round a relation of its statement"
    return other_study(said, source) or _other_arm(said, source)


def _is_directed(text: Saying) -> bool:
    """Whether something in a text depends on the sequence: a figure, a direction, an order, a denial."""
    wordings = load_wordings()
    return (
        text.is_denying
        or any(figure.unit in ("percent", "fraction", "fold") for figure in text.figures)
        or any(word.stem in wordings.polar or set(word.groups) & set(wordings.converse) for word in text.words)
        or any(name in ("after", "before", "than") for clause in segments(text.text) for _, _, name in clause)
    )


class _Pair(NamedTuple):
    """Where two things of a kind stand in a text, each wherever it is named."""

    kind: str
    ones: list[Place]
    others: list[Place]

    @property
    def first(self) -> tuple[Place, Place]:
        return self.ones[0], self.others[0]


def _way(said: Saying, source: Saying, here: _Pair, there: _Pair) -> str:
    """How the pair stands in the sentence as against the statement."""
    own, theirs = stands(said.text, here.ones, here.others), stands(source.text, there.ones, there.others)
    if theirs and own:
        in_time = own & TIMELY
        if in_time:
            return "kept" if in_time <= theirs else "other order"
        if own & theirs:
            return "same relation"
        if {CONVERSE[relation] for relation in own} & theirs:
            return "turned relation"
    if here.kind in ("condition", "site") and (setting := _setting(said, here)) and setting == _setting(source, there):
        return "same setting"
    one, other = here.first
    first, last = _nearest_pair(source, there)
    return "kept" if (one < other) == (first < last) else "turned"


def _setting(text: Saying, pair: _Pair) -> str | None:
    """Which of the two is the setting of the other: the one after "in", as in "sympathetically maintained in CRPS"."""
    ones, others = ({bool(_SETTING.search(text.text[: place[0]])) for place in places} for places in pair[1:])
    if ones == {True} and others == {False}:
        return "one"
    return "other" if ones == {False} and others == {True} else None


def _nearest_pair(text: Saying, pair: _Pair) -> tuple[Place, Place]:
    """Where the two stand closest without being listed; where they are only listed, where they stand first."""
    told = [
        (";" in text.text[min(one, other)[1] : max(one, other)[0]], abs(one[0] - other[0]), one, other)
        for one, other in product(pair.ones, pair.others)
        if not are_listed(text, pair.kind, one, other)
    ]
    return min(told)[2:] if told else pair.first


def _is_free(said: Saying, source: Saying, here: _Pair, there: _Pair) -> bool:
    """Whether the sequence of the two says nothing: a list in both, a part and its whole, the ends of a span."""
    one, other = here.first
    if is_part(said, one, other):
        return True
    if is_part(source, *there.first) and is_part_before(said, one, other):
        return True
    if here.kind == "figure in time" and is_span(said, one, other) and is_span(source, *there.first):
        return True
    if not are_listed(said, here.kind, one, other):
        return False
    return are_listed(source, there.kind, *there.first) or _are_joined(source, *there.first)


def _are_joined(text: Saying, one: Place, other: Place) -> bool:
    """Whether two stand side by side in one phrase: "infusions and regional techniques (blocks among them)"."""
    first, last = sorted((one, other))
    return bool(_SIDE_BY_SIDE.fullmatch(text.text[first[1] : last[0]]))


def _is_wider(one: Hashable, other: Hashable) -> bool:
    """Whether one names the other more broadly: "a sympathetic block" beside "the celiac plexus block"."""
    known = load().concepts
    if one in _GENERAL or other in _GENERAL:
        return True
    if not (isinstance(one, str) and isinstance(other, str) and one in known and other in known):
        return False
    return one in load().with_broader([other]) or other in load().with_broader([one])


def _is_converse(said: Saying, source: Saying) -> bool:
    """Whether the sentence has a relation of the statement in its converse: "after" for "before"."""
    converse = load_wordings().converse
    there = {group for word in source.words for group in word.groups}
    for word in said.words:
        if (
            word.groups
            and not word.groups & there
            and any(converse.get(group, frozenset()) & there for group in word.groups)
        ):
            return True
    return False


def _other_arm(said: Saying, source: Saying) -> str | None:
    """A figure beside another treatment than in the statement, where that has several figures of the kind."""
    here, there = places(said), places(source)
    arms_here, arms_there = here.get("treatment", {}), there.get("treatment", {})
    for kind, figures in here.items():
        sources = there.get(kind, {})
        if not kind.startswith("figure") or len(sources) < 2 or len(figures) > 1 or len(arms_there) < 2:
            continue
        for value in figures:
            if value in sources and len(arms_here) == 1:
                arm = _nearest(sources[value][0], arms_there)
                if arm is not None and arm not in arms_here:
                    return "it puts a figure to another group than its statement"
    return None


def _nearest(place: Place, things: Mapping[Hashable, list[Place]]) -> Hashable | None:
    return min(things, key=lambda name: abs(things[name][0][0] - place[0]), default=None)
