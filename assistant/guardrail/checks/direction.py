"""Direction: which arm of a trial the text says did better, in words without figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.arms import Arm, arms
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.facts import Side, Study, named, spoken_of
from assistant.guardrail.outcomes import Outcome, is_denied, is_elsewhere, outcome
from assistant.guardrail.quantities import amounts
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

# What parts the arm compared from the arm that it is compared with.
_THAN: Final = re.compile(
    r"\b(?:than|versus|vs?\.?|compared (?:with|to)|in comparison (?:with|to)|against|relative to|beat(?:en by)?|"
    r"outperform\w*|outdid|outstrip\w*|surpass\w*|superior to|inferior to|ahead of|behind|lost (?:out )?to|"
    r"trail(?:ed|ing)|(?<!cross )(?<!crossed )(?<!crossing )over(?! (?:to|from)\b)|"
    r"as (?:well|effective\w*|much|good|helpful|high|low|large|many|often|great) as|match(?:ed|"
    r"es)|"
    r"equal(?:led|s)|on a par with|no different from|rather than|unlike|lagg?(?:ed|ing) (?:behind|after))\b",
    re.IGNORECASE,
)
# The arm after these did better: "favoured X", "the advantage lay with X", "in favour of X", "won by X".
_WINNER_AFTER: Final = re.compile(
    r"\b(?:favou?r(?:ed|s|ing)?|in favou?r of|(?:advantage|edge|honou?rs|better result|upper hand|victory|benefit) "
    r"(?:lay|was|went|stayed|belonged|fell|is|goes|lies) (?:with|to|on the side of)|won by|(?:honou?rs|laurels|prize|"
    r"day|point) (?:in [\w' ]{1,25}? )?(?:went|goes) to|"
    r"(?:beaten|outperformed|outdone|surpassed|bettered) by)(?: (?:the|those|patients|people|plain|an?|on|with|given|"
    r"having|who|had|adding|simply))*\s*$",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(r"\b(?:was|were|is|are|been|being|got)\s+(?:\w+ly )?$", re.IGNORECASE)
# Where people left one arm for the other, the arm left is the one compared.
_LEFT: Final = re.compile(
    r"\b(?:abandon\w*|left|leaving|gave up|giving up|quit|deserted|from|out of|off|away from)"
    r"(?: (?:the|plain|an?|their))*\s*$",
    re.IGNORECASE,
)
_REVERSE: Final = re.compile(r"\bthan (?:the (?:reverse|opposite|converse|other way)|vice versa)\b", re.IGNORECASE)
_BOTH: Final = re.compile(r"\bdiffer(?:ence|ed)?\b|\bwith(?:,)? (?:or|and|as) without\b", re.IGNORECASE)
# "It was the placebo group whose ..."
_CLEFT: Final = re.compile(r"\bit (?:was|is) (?:the |those (?:on|with|given) )?$", re.IGNORECASE)
# "The ketamine trials" names studies, no arm.
_OF_STUDY: Final = re.compile(r"\s*(?:trials|studies|study|series|papers?)\b", re.IGNORECASE)
# How far before an arm the word that makes it winner or loser may stand.
_LEAD: Final = 90
# Times at which the trial of CRPS no longer showed a difference.
_LATER: Final = re.compile(
    r"\b(?:five|5|four|4|3-5|three to five|3 to 5)[- ]years?\b|\byears? (?:3|three)\b|\b(?:three|3)(?:-| to )(?:five|"
    r"5)\b|"
    r"\blong[- ](?:term|run|er)\b|\blater\b|\bno longer\b|\bfad\w+|\bvanish\w*|\bw(?:o|ea)r[en]? off\b|\beventually\b|"
    r"\bover time\b|\bin time\b|\blast report\b|\bby then\b",
    re.IGNORECASE,
)
_INSIGNIFICANT: Final = re.compile(
    r"\b(?:not|never|without|far from|short of|failed to (?:reach|be)|missed|no)\b(?! (?:only|just|"
    r"whether))[^.;,]{0,20}"
    r"\b(?:statistical(?:ly)? )?significan\w+|\b(?:in|non-?)significan\w+|n't (?:\w+ ){0,2}significan\w+",
    re.IGNORECASE,
)
_HARMS: Final = re.compile(
    r"\badvers\w+|\bside[- ]effects?|\bharm\w*|\bwhether\b|\bcomplicat\w+|\b(?:say|state|tell|report)s?\b",
    re.IGNORECASE,
)
_REPORTED: Final = re.compile(
    r"\b(?:trial|study|randomi[sz]\w+|group|arm|patients|people|participants|did|was|were|had|came|fared|proved|gave|"
    r"reported|went|months|comparison)\b",
    re.IGNORECASE,
)
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
_FIGURE: Final = re.compile(r"\d ?%|\bpercent|\bper cent|\b\d+ (?:out )?of (?:the )?\d+\b|\bin \d+\b", re.IGNORECASE)
# Characters that may stand between "against" and a figure.
_SOON: Final = 25
# The controls that tell a trial without its name.
_CONTROLS: Final = {
    "reoperation": ("north_2005",),
    "medical_management": ("kumar_2007",),
    "physical_therapy": ("kemler_2000",),
}


def direction(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on which arm did better."""
    carried: tuple[Study, ...] = ()
    for unit in document.units:
        sure = named(unit)
        possible = spoken_of(unit)
        carried = sure or tuple(study for study in carried if study in possible)
        if unit.is_question or corrects_error(unit) or says_silence(unit) and not sure:
            continue
        compared = [study for study in carried or possible if study.id in _CONTROLLED]
        # Studies that set nothing against a control, named beside, leave open which of them is spoken of.
        told = {name for control, names in _CONTROLS.items() if control in unit.concepts for name in names}
        if not compared or len(compared) < len(carried) < 3 and not told & {study.id for study in compared}:
            continue
        for start, end in _clauses(unit.text):
            statement = _significant(carried[0].id) if len(carried) == 1 else None
            if statement and _is_insignificant(unit.text[start:end]):
                yield finding("NUM-6", document, unit, (start, end), statement=statement, severity="caution")
            found = _reversed(unit, start, end, certain=bool(carried))
            if found:
                rule = "NUM-3" if found == "reversed" else "NUM-6"
                yield finding(rule, document, unit, (start, end), statement=_CONTROLLED[compared[0].id])


@lru_cache(maxsize=64)
def _significant(study: str) -> str | None:
    """The statement that calls a study's result significant, None where the review calls none so."""
    own = (item for item in load().statements if item.trial == study or study in item.about)
    return next((item.id for item in own if "significant" in item.text and not _HARMS.search(item.text)), None)


def _is_insignificant(clause: str) -> bool:
    """Whether a clause says that a result was not significant."""
    return bool(_INSIGNIFICANT.search(clause)) and not (_HARMS.search(clause) or _LATER.search(clause))


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [
        match.start()
        for match in re.finditer(r"[;:|]\s|\.\s|,? (?:but|while|whereas|yet|although|though)\b|, and\b", text)
    ]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _reversed(unit: Unit, start: int, end: int, *, certain: bool) -> str | None:
    """Gives "reversed" where the clause says that the control did better, "equal" where it did as well."""
    clause = unit.text[start:end]
    named = [arm for arm in arms(unit) if start <= arm.start < end]
    here = [arm for arm in named if not _OF_STUDY.match(unit.text, arm.end)] or named
    sides = {arm.side for arm in here}
    if not here or _LATER.search(clause) or not (certain or _is_told(unit, clause, here)):
        return None
    winner = _winner_side(clause, start, here)
    if winner and not is_elsewhere(clause):
        return "reversed" if winner == "control" and not is_denied(clause) else None
    than = _THAN.search(clause)
    if than and _sets_figures_against(unit, start, end, than):
        # "9% of controls, as against 48% with SCS": figures are compared, which are read apart.
        return None
    said = outcome(clause)
    if said is None or (len(sides) == 1 and _FIGURE.search(clause) and not _THAN.search(clause)):
        # "Medical care alone brought it in 9%": the figure tells whether that is right.
        return None
    if said.claim == "equal":
        both = (
            len(sides) == 2
            or certain
            and (_BOTH.search(clause) or any(" and " in unit.text[a.start : a.end] for a in here))
        )
        return "equal" if both and not said.denied else None
    subject = _subject(clause, start, here, said)
    if subject is None:
        return None
    if subject == "control" and said.claim == "better" and said.denied:
        return None
    wrong = (subject == "active") == ((said.claim == "better") == said.denied)
    return ("equal" if said.denied else "reversed") if wrong else None


def _sets_figures_against(unit: Unit, start: int, end: int, than: re.Match[str]) -> bool:
    """Whether a share of patients stands before the word of comparison, and another right behind it."""
    here = [item for item in amounts(unit) if start <= item.start < end and (item.kind == "share" or item.of)]
    before = any(item.end <= start + than.start() for item in here)
    return before and any(0 <= item.start - start - than.end() <= _SOON for item in here)


def _is_told(unit: Unit, clause: str, here: Sequence[Arm]) -> bool:
    """Whether a clause without a study's name reports the result of one: both of its arms, and something past."""
    names = {arm.name for arm in here}
    is_pair = {arm.side for arm in here} == {"active", "control"} and bool(names & set(_CONTROLS) & set(unit.concepts))
    return is_pair and bool(_REPORTED.search(clause))


def _winner_side(clause: str, start: int, here: Sequence[Arm]) -> Side | None:
    """The arm that stands after a word such as "favoured"; what is said there is good of it."""
    for arm in here:
        lead = _WINNER_AFTER.search(clause[max(0, arm.start - start - _LEAD) : arm.start - start])
        if lead and not _PASSIVE.search(lead.string[: lead.start()]) or lead and lead.group().rstrip().endswith("by"):
            return arm.side
    return None


def _subject(clause: str, start: int, here: Sequence[Arm], said: Outcome) -> Side | None:
    """The side that is compared: the one before "than", else the other of the one after it, else the only one."""
    singled = [arm.side for arm in here if _CLEFT.search(clause[max(0, arm.start - start - _LEAD) : arm.start - start])]
    if len(singled) == 1:
        return singled[0]
    leads = ((arm, clause[max(0, arm.start - start - _LEAD) : arm.start - start]) for arm in here)
    left = next((arm for arm, lead in leads if _LEFT.search(lead)), None)
    than = _THAN.search(clause)
    if _REVERSE.search(clause):
        return here[0].side
    if left and len({arm.side for arm in here}) == 2:
        return left.side
    if than is None:
        sides = {arm.side for arm in here}
        return here[0].side if len(sides) == 1 else None
    at = start + than.start()
    before = {arm.side for arm in here if arm.start < at}
    after = {arm.side for arm in here if arm.start >= at}
    if len(before) == 1 and (not after or before != after):
        return next(iter(before))
    if not before and len(after) == 1 and said.start < than.start():
        return "control" if after == {"active"} else "active"
    return _leading(clause, start, here, than)


def _leading(clause: str, start: int, here: Sequence[Arm], than: re.Match[str]) -> Side | None:
    """The arm behind a part that only names what it is compared with: "Compared with X, Y did better"."""
    if clause[: than.start()].strip(" ,;:") == "" or than.start() < 4:
        comma = clause.find(",", than.end())
        after = [arm for arm in here if arm.start - start > comma > 0]
        return after[0].side if after else None
    return None
