"""Whether treatments, conditions, sites, studies and figures stand to each other as in the statement."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import Final

from assistant.corpus import load
from assistant.drafting.sayings import Saying, Thing, role, saying
from assistant.drafting.wordings import load_wordings

# What stands between the members of a list, whose order says nothing, and what ends one.
_LISTED: Final = re.compile(r"[,/&]|\b(?:and|or|nor)\b", re.IGNORECASE)
_CUT: Final = re.compile(r"[;:.()]|\b(?:but|while|whereas|than|against|versus|before|after)\b", re.IGNORECASE)
_WHOLE_FIRST: Final = re.compile(r"\b(?:of|among) (?:the |his |her |all |these |those )?$", re.IGNORECASE)
# A phrase before the subject: "after failed drugs, blocks are used" says "blocks are used after failed drugs".
_FRONT: Final = re.compile(
    r"(?P<front>(?:in|at|after|for|of|when|once|if|before|between|from|by|with|under|outside|over|because|since|among|"
    r"during|following|where|as|although)\b[^,;:.]*),\s+(?P<rest>[^;:]+?)(?P<stop>\.?)$",
    re.IGNORECASE,
)
_CONTROLLED: Final = re.compile(r"-(?:controlled|free)\b")
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
    """Why roles are exchanged; None where all pairs keep their places, or all change them with the relation."""
    said, source = saying(unfronted(said.text)), saying(unfronted(source.text))
    here, there = _places(said), _places(source)
    turned: dict[str, set[bool]] = {}
    for kind in here:
        shared = [key for key in here[kind] if key in there.get(kind, {})]
        for one, other in combinations(shared, 2):
            if (
                _is_wider(one, other)
                or _is_part(said, here[kind][one], here[kind][other])
                or (_is_part(source, there[kind][one], there[kind][other]) and _is_part_before(said, here[kind][one], here[kind][other]))
                or (
                    _are_listed(said, kind, here[kind][one], here[kind][other])
                    and _are_listed(source, kind, there[kind][one], there[kind][other])
                )
            ):
                continue
            same = (here[kind][one] < here[kind][other]) == (there[kind][one] < there[kind][other])
            turned.setdefault(kind, set()).add(not same)
    if any(len(ways) == 2 for ways in turned.values()):
        return "it puts things in another order than its statement"
    ways = {way for found in turned.values() for way in found}
    if len(ways) == 2:
        return "it exchanges what its statement says of two things"
    is_turned = ways == {True}
    if is_turned != _is_converse(said, source) and ways and (len(turned) < 2 or _is_converse(said, source)):
        return "it turns round what its statement says of two things"
    if not ways and _is_converse(said, source):
        return "it turns round a relation of its statement"
    return _other_arm(said, source)


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


def unfronted(text: str) -> str:
    """The text with what stands before the subject of a clause put behind it."""
    clauses = re.split(r"(?<=[;:])\s+", text)
    return " ".join(_FRONT.sub(_behind, clause) for clause in clauses)


def _behind(match: re.Match[str]) -> str:
    return f"{match['rest']} {match['front']}{match['stop']}"


def _places(text: Saying) -> dict[str, dict[Hashable, Place]]:
    found: dict[str, dict[Hashable, Place]] = {}
    for thing in text.things:
        kind = role(thing)
        if kind and not _CONTROLLED.match(text.text, thing.end):
            found.setdefault(kind, {}).setdefault(thing.id, (thing.start, thing.end))
    for word in text.words:
        if word.stem in load_wordings().grades:
            found.setdefault("grade", {}).setdefault(word.stem, (word.start, word.start + len(word.text)))
    for figure in text.figures:
        if _BOUNDED.search(text.text[: figure.start]):
            continue  # a threshold: its bound is compared, and where it stands says nothing
        unit = {"fraction": "percent", None: "patients"}.get(figure.unit, figure.unit)
        unit = "time" if unit in TIMES else unit
        value = figure.value * 100 if figure.unit == "fraction" else figure.value
        found.setdefault(f"figure in {unit}", {}).setdefault(
            (round(value), figure.unit) if unit == "time" else round(value), (figure.start, figure.end)
        )
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
                arm = _nearest(sources[value], arms_there)
                if arm is not None and arm not in arms_here:
                    return "it puts a figure to another group than its statement"
    return None


def _nearest(place: Place, things: Mapping[Hashable, Place]) -> Hashable | None:
    return min(things, key=lambda name: abs(things[name][0] - place[0]), default=None)


__all__ = ["Sequence", "Thing", "misplaced"]
