"""Whether treatments, conditions, sites, studies and figures stand to each other as in the statement."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations, product
from typing import Final, NamedTuple

from assistant.corpus import load
from assistant.drafting.actors import other_actor, other_study
from assistant.drafting.relations import CONVERSE, TIMELY, segments, stands
from assistant.drafting.sayings import Saying, Thing, role
from assistant.drafting.wordings import load_wordings

# What stands between the members of a list, whose order says nothing, and what ends one.
_LISTED: Final = re.compile(r"[,/&]|\b(?:and|or|nor)\b", re.IGNORECASE)
_CUT: Final = re.compile(r"[;:.()]|\b(?:but|while|whereas|than|against|versus|before|after)\b", re.IGNORECASE)
_WHOLE_FIRST: Final = re.compile(r"\b(?:of|among) (?:the |his |her |all |these |those )?$", re.IGNORECASE)
_SPAN: Final = re.compile(r"\b(?:from|between) (?:the )?$", re.IGNORECASE)
_TO: Final = re.compile(r"\s+(?:to|and|until)\s+(?:the )?")
_CONTROLLED: Final = re.compile(r"[- ](?:controlled|free)\b")
# "Type 1" and "group 2" are names.
_NAMED_BY: Final = re.compile(r"\b(?:type|box|phase|figure|table|stage)s? $", re.IGNORECASE)
_ARM: Final = re.compile(r"\b(?:groups?|arms?) $", re.IGNORECASE)
_ROLE_NAMES: Final = ("treatment", "condition", "site", "study")
_CONTRAST: Final = re.compile(
    r"\b(?:but|while|whereas|than|other|others|elsewhere|yet|although|though)\b", re.IGNORECASE
)
_SETTING: Final = re.compile(
    r"\b(?:in|within|for)(?: (?:the|an?|some|patients with|people with|those with))* $", re.IGNORECASE
)
_BOUNDED: Final = re.compile(
    r"\b(?:at least|at most|more than|less than|over|under|up to|no more than|fewer than)\W+(?:an?\W+)?$", re.IGNORECASE
)
_OF: Final = re.compile(r"\s*(?:out )?of (?:the |those |these )?$")
# Words of a list that are no part of what it lists.
_IN_LISTS: Final = frozenset({"pain", "diseas", "patient", "condit", "well"})

# Names for whatever is done, whose place says nothing.
_GENERAL: Final = frozenset({"interventional_care", "neuropathic_pain", "pain_relief", "neuromodulation"})

TIMES: Final = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "decades"})

Place = tuple[int, int]


def misplaced(said: Saying, source: Saying) -> str | None:
    """Why roles are exchanged; None where all pairs keep their places, or all change them with the relation.

    Of two things that an order or a comparison relates, the relation decides, wherever they stand; of others it is
    their sequence, which must turn for all kinds or for none.
    """
    if acting := other_actor(said, source):
        return acting
    here, there = _places(said), _places(source)
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
        if not _are_listed(text, pair.kind, one, other)
    ]
    return min(told)[2:] if told else pair.first


def _is_free(said: Saying, source: Saying, here: _Pair, there: _Pair) -> bool:
    """Whether the sequence of the two says nothing: a list in both, a part and its whole, the ends of a span."""
    one, other = here.first
    if _is_part(said, one, other):
        return True
    if _is_part(source, *there.first) and _is_part_before(said, one, other):
        return True
    if here.kind == "figure in time" and _is_span(said, one, other) and _is_span(source, *there.first):
        return True
    return _are_listed(said, here.kind, one, other) and _are_listed(source, there.kind, *there.first)


def _is_span(text: Saying, one: Place, other: Place) -> bool:
    first, last = sorted((one, other))
    return bool(_SPAN.search(text.text[: first[0]])) and bool(_TO.fullmatch(text.text[first[1] : last[0]]))


def _is_part(said: Saying, one: Place, other: Place) -> bool:
    """Whether the sentence says the one figure to be a part of the other: "30 of the 60"."""
    first, last = sorted((one, other))
    return bool(_OF.match(said.text[first[1] : last[0]]))


def _is_part_before(said: Saying, one: Place, other: Place) -> bool:
    """Whether the sentence names the whole first: "of 28 patients, 23 had relief"."""
    first = min(one, other)
    return bool(_WHOLE_FIRST.search(said.text[: first[0]]))


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


def _places(text: Saying) -> dict[str, dict[Hashable, list[Place]]]:
    found: dict[str, dict[Hashable, list[Place]]] = {}
    for thing in text.things:
        kind = role(thing)
        if kind and not _CONTROLLED.search(text.text, thing.start, thing.end + len("-controlled")):
            found.setdefault(kind, {}).setdefault(thing.id, []).append((thing.start, thing.end))
    for word in text.words:
        if word.stem in load_wordings().grades:
            grades = found.setdefault("grade", {})
            grades.setdefault(word.stem, []).append((word.start, word.start + len(word.text)))
    for figure in text.figures:
        if _ARM.search(text.text[: figure.start]):
            found.setdefault("arm", {}).setdefault(figure.value, []).append((figure.start, figure.end))
            continue
        if _NAMED_BY.search(text.text[: figure.start]) or text.text[figure.start : figure.end].lower() == "one":
            continue
        if figure.unit not in TIMES and _BOUNDED.search(text.text[: figure.start]):
            continue  # a threshold: its bound is compared, and where it stands says nothing
        unit = {"fraction": "percent", None: "patients"}.get(figure.unit, figure.unit)
        unit = "time" if unit in TIMES else unit
        value = figure.value * 100 if figure.unit == "fraction" else figure.value
        found.setdefault(f"figure in {unit}", {}).setdefault(
            (round(value), figure.unit) if unit == "time" else round(value), []
        ).append((figure.start, figure.end))
    bound_to = sum(len(found.get(kind, {})) > 1 for kind in ("treatment", "condition", "study"))
    if not bound_to and not _CONTRAST.search(text.text):
        found.pop("grade", None)  # with one treatment and condition a grade can be of nothing else
    return found


def _are_listed(text: Saying, kind: str, one: Place, other: Place) -> bool:
    """Whether two stand in one list: between them only commas, "and", words that claim nothing, and their like."""
    first, last = sorted((one, other))
    inside = [word for word in text.words if first[1] <= word.start < last[0]]
    like = [thing for thing in text.things if role(thing) == kind and first[1] <= thing.start < last[0]]
    left = [word for word in inside if not any(thing.start <= word.start < thing.end for thing in like)]
    plain = load_wordings().free | load_wordings().telling | _IN_LISTS
    between = text.text[first[1] : last[0]]
    is_cut = bool(_CUT.search(between)) or any(
        figure.start >= first[1] and figure.end <= last[0] for figure in text.figures
    )
    return (
        not is_cut and bool(_LISTED.search(between)) and all(word.stem in plain and not word.is_denied for word in left)
    )


def _other_arm(said: Saying, source: Saying) -> str | None:
    """A figure beside another treatment than in the statement, where that has several figures of the kind."""
    here, there = _places(said), _places(source)
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


__all__ = ["Sequence", "Thing", "misplaced"]
