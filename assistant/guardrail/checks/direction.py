"""Direction: which arm of a trial the text says did better, in words without figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.guardrail.arms import Arm, arms
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.facts import Study, named, spoken_of
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

_MORE: Final = re.compile(r"\b(?:more|higher|greater|larger|rose|increased|commoner|stronger|oftener)\b", re.IGNORECASE)
_LESS: Final = re.compile(r"\b(?:less|lower|fewer|smaller|rarer|decreased|fell|weaker|reduced)\b", re.IGNORECASE)
_BETTER: Final = re.compile(
    r"\b(?:better|superior|beat|outperform\w*|ahead of|won|outdid|did best|favou?red)\b", re.IGNORECASE
)
_WORSE: Final = re.compile(
    r"\b(?:worse|inferior|lost to|trailed|behind|did worst|poorer|no better|underperformed|"
    r"fared badly)\b",
    re.IGNORECASE,
)
_BAD: Final = re.compile(
    r"\b(?:pain scores?|pain intensity|depress\w+|cross(?:ed|ing|ings|over)?|crossovers?|disability|"
    r"interference|pain)\b(?! (?:relief|control|reduction))",
    re.IGNORECASE,
)
_GOOD: Final = re.compile(
    r"\b(?:pain control|pain relief|relief|function\w*|quality of life|success\w*|improve\w*|benefit|"
    r"effective\w*|responders?|satisf\w+)\b",
    re.IGNORECASE,
)
_THAN: Final = re.compile(
    r"\b(?:than|versus|vs?\.?|compared (?:with|to)|against|beat|outperform\w*|outdid|superior to|"
    r"inferior to|ahead of|behind|lost to)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"\b(?:not|no|n't|never|neither|without|nor)\b|n't\b", re.IGNORECASE)
_LATER: Final = re.compile(r"\b(?:five|5|3-5|three to five|3 to 5|long[- ]term)\b", re.IGNORECASE)


def direction(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on which arm did better."""
    carried: tuple[Study, ...] = ()
    for unit in document.units:
        sure = named(unit)
        carried = sure or tuple(study for study in carried if study in spoken_of(unit))
        if unit.is_question or corrects_error(unit) or says_silence(unit) and not sure:
            continue
        if not any(_compares(study) for study in carried):
            continue
        for start, end in _clauses(unit.text):
            if _is_reversed(unit, start, end):
                yield finding("NUM-3", document, unit, (start, end), statement=_result(carried))


def _compares(study: Study) -> bool:
    """Whether the study sets two arms against each other and says which did better: not against baseline only."""
    return study.id in _CONTROLLED


# Controlled studies whose result in one arm the review sets against the other's; the active one did better in each.
_CONTROLLED: Final = {
    "tenicela_1985": "block-benefit-zoster-trial-result",
    "sigtermans_2009": "ketamine-use-sigtermans-result",
    "schwartzman_2009": "ketamine-use-schwartzman-result",
    "north_2005": "scs-benefit-north2005-whole",
    "kumar_2007": "scs-benefit-kumar-whole",
    "kemler_2000": "scs-benefit-kemler-course",
    "gilmore_2020": "pns-evidence-gilmore-whole",
}


def _result(found: Sequence[Study]) -> str | None:
    return next((_CONTROLLED[study.id] for study in found if study.id in _CONTROLLED), None)


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [match.start() for match in re.finditer(r"[;:.|]\s|, (?:and|but|while|whereas|yet)\b", text)]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _is_reversed(unit: Unit, start: int, end: int) -> bool:
    """Whether the clause says that the control did better."""
    clause = unit.text[start:end]
    than = _THAN.search(clause)
    here = [arm for arm in arms(unit) if start <= arm.start < end]
    if not than or not here or _LATER.search(clause):
        return False
    good = _valence(clause)
    subject = _subject(here, start + than.start())
    if good is None or subject is None:
        return False
    return (subject == "active") != good


def _subject(here: Sequence[Arm], at: int) -> str | None:
    """The side that is compared: the one before "than", else the other of the one after it."""
    before = {arm.side for arm in here if arm.start < at}
    after = {arm.side for arm in here if arm.start >= at}
    if len(before) == 1 and (not after or len(after) == 1 and before != after):
        return next(iter(before))
    return None


def _valence(clause: str) -> bool | None:
    """Whether what is said of the subject is good; None where nothing plain is said."""
    negated = len(_NOT.findall(clause)) % 2 == 1
    if negated and not re.search(r"\bno better\b", clause):
        return None
    better, worse = bool(_BETTER.search(clause)), bool(_WORSE.search(clause))
    if worse and re.search(r"\bno better\b", clause):
        return False
    if better != worse:
        return better
    more, less = bool(_MORE.search(clause)), bool(_LESS.search(clause))
    bad, good = bool(_BAD.search(clause)), bool(_GOOD.search(clause))
    if more == less or bad == good:
        return None
    return more == good
