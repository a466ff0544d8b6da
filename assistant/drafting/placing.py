"""Where treatments, conditions, sites, studies, grades and figures stand in a text, and whether two are only listed."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Final

from assistant.drafting.sayings import Saying, role
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
_CONTRAST: Final = re.compile(
    r"\b(?:but|while|whereas|than|other|others|elsewhere|yet|although|though)\b", re.IGNORECASE
)
_BOUNDED: Final = re.compile(
    r"\b(?:at least|at most|more than|less than|over|under|up to|no more than|fewer than)\W+(?:an?\W+)?$", re.IGNORECASE
)
_OF: Final = re.compile(r"\s*(?:out )?of (?:the |those |these )?$")
# Words of a list that are no part of what it lists.
_IN_LISTS: Final = frozenset({"pain", "diseas", "patient", "condit", "well"})
TIMES: Final = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "decades"})

Place = tuple[int, int]


def places(text: Saying) -> dict[str, dict[Hashable, list[Place]]]:
    """Where each thing stands, by its role; figures by their unit, as percentages where they are shares."""
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


def are_listed(text: Saying, kind: str, one: Place, other: Place) -> bool:
    """Whether two stand in one list: between them only commas, "and", words that claim nothing, and their like."""
    first, last = sorted((one, other))
    inside = [word for word in text.words if first[1] <= word.start < last[0]]
    like = [thing for thing in text.things if role(thing) == kind and first[1] <= thing.start < last[0]]
    left = [word for word in inside if not any(thing.start <= word.start < thing.end for thing in like)]
    plain = load_wordings().free | load_wordings().telling | _IN_LISTS
    between = text.text[first[1] : last[0]]
    bare = list(between)
    for thing in like:
        bare[thing.start - first[1] : thing.end - first[1]] = " " * (min(thing.end, last[0]) - thing.start)
    is_cut = bool(_CUT.search("".join(bare))) or any(
        figure.start >= first[1] and figure.end <= last[0] for figure in text.figures
    )
    return (
        not is_cut and bool(_LISTED.search(between)) and all(word.stem in plain and not word.is_denied for word in left)
    )


def is_span(text: Saying, one: Place, other: Place) -> bool:
    """Whether two figures are the ends of a span: "from 6 months to 1 year"."""
    first, last = sorted((one, other))
    return bool(_SPAN.search(text.text[: first[0]])) and bool(_TO.fullmatch(text.text[first[1] : last[0]]))


def is_part(said: Saying, one: Place, other: Place) -> bool:
    """Whether the sentence says the one figure to be a part of the other: "30 of the 60"."""
    first, last = sorted((one, other))
    return bool(_OF.match(said.text[first[1] : last[0]]))


def is_part_before(said: Saying, one: Place, other: Place) -> bool:
    """Whether the sentence names the whole first: "of 28 patients, 23 had relief"."""
    first = min(one, other)
    return bool(_WHOLE_FIRST.search(said.text[: first[0]]))
