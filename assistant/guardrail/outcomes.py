"""What a clause says of an arm's outcome, as broad classes of words: good or bad, more or less, equal, denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Claim = Literal["better", "worse", "equal"]

_MORE: Final = (
    r"more|higher|greater|larger|bigger|rose|risen|increased|commoner|likelier|keener|readier|"
    r"stronger|oftener|deeper|steeper|longer|most|"
    r"highest|greatest|largest|biggest|(?:times|twice) as (?:many|much|often|likely|high|large|well|good)|"
    r"outnumber\w*|exceed\w*"
)
_LESS: Final = (
    r"less|lower|fewer|smaller|rarer|decreased|fell|fallen|weaker|reduced|shorter|shallower|least|lowest|fewest|"
    r"smallest|(?:half|third|quarter) as (?:many|much|often|likely|high|large|well|good)|rarely|seldom|milder"
)
_BETTER: Final = (
    r"better|best|superior\w*|beat(?:s|en)?|outperform\w*|outdid|outdone|outstrip\w*|surpass\w*|ahead|won|winner|wins|"
    r"happier|advantage\w*|the edge|upper hand|on top|in front|triumph\w*|prevailed|more (?:satisf\w+|content\w*|"
    r"comfortable|successful|effective\w*)|"
    r"favou?r(?:ed|s|ing|able)?"
)
_WORSE: Final = (
    r"worse|worst|inferior\w*|trail(?:s|ed|ing)|behind|lagg?(?:s|ed|ing)?|poorer|poorest|second best|underperform\w*|"
    r"fared (?:badly|poorly)|unhappier|disadvantage\w*|lost (?:out )?to|the loser|came (?:out )?last|"
    r"less (?:satisf\w+|content\w*|comfortable|successful|effective\w*)"
)
# A fall in what is bad is good: read first, so that its "pain" is not taken for the outcome.
_FALL: Final = (
    r"(?:drop|fall|reduction|decrease|decline|cut|improvement|relief|control|easing|lessening|"
    r"lowered|lowers|lowering|eased|lessened)\w*(?: [a-z]+){0,2}? "
    r"(?:pain|depression|disability|interference|scores?)\b|"
    r"pain(?:[- ]scores?)?[- ](?:relief|control|reduction|drop|fall|decrease)|"
    r"(?:pain|scores?|depression|disability|interference)(?: [a-z]+){0,2} "
    r"(?:fell|dropped|decreased|declined|eased|improved|lessened|(?:came|went) down)"
)
_GOOD: Final = (
    r"relief|relieved|function\w*|quality of life|success\w*|improve\w*|benefit\w*|effect|efficacy|effective\w*|"
    r"responders?|response|responded|satisf\w+|halved|target|(?:primary |the )outcome|endpoint|comfort\w*"
)
_BAD: Final = (
    r"pain|hurts?|hurting|ache[sd]?|aching|suffer\w*|scores?|depress\w+|low mood|disability|disabled|interference|"
    r"cross(?:ed|es|ing|ings|over|overs)?|crossovers?|switch\w*|(?:other|alternative) (?:treatment|arm|side)|"
    r"chang(?:e|ed|es|ing)\b|swap\w*|defect\w*|abandon\w*|gave up|left(?! (?:more|fewer|less|most|many|some|people|"
    r"patients|them|no)\b)|moved? (?:over|across)|jumped ship|drop-?outs?"
)
_EQUAL: Final = (
    r"(?:no|little|hardly any|without|not any) (?:[a-z-]+ ){0,3}?(?:difference|advantage|gain|edge)\w*|"
    r"(?:did|does|could) ?(?:not|n't) (?:[a-z-]+ )?(?:differ|separate|be told apart)|"
    r"(?<!times )(?<!twice )(?<!half )(?<!third )(?<!quarter )as (?:well|effective\w*|much|good|helpful|successful\w*|"
    r"high|low|large|many|often|great) as|"
    r"equal(?:ly|led|s)?|identical\w*|indistinguishable|match(?:ed|es)|on a par|level with|equivalent|comparabl\w+|"
    r"the same|similar\w*|(?:added|brought|contributed|gained|changed|altered|improved) (?:nothing|little)|"
    r"(?:nothing|little|not much) (?:to choose|in it)|neck and neck|level pegging|a draw|a tie|tied"
)
# Not an outcome of treatment, or not said of it: harms, design, cost, and effects that had gone by the time.
_ELSEWHERE: Final = re.compile(
    r"\b(?:complicat\w*|side[- ]effects?|adverse\w*|harms?|hardware|invasive\w*|risks?|costs?|cheap\w*|expensive|"
    r"aged?|sex|gender|baseline|sample|arms? of (?:equal|the same)|divided|split|allocat\w+|assign\w+|groups of (?:\d|"
    r"equal|thirty)|equal (?:groups|arms|numbers)|"
    r"evidence|trials|studies|research|statistic\w*)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|never|neither|nor|hardly|(?<!as )(?<!than )(?<!against )(?<!over )without|"
    r"nobody|none|no(?! (?:better|worse|less|more)))\b|n't\b",
    re.IGNORECASE,
)
# "A little more than half", "fewer than one in ten": an amount, no comparison of arms.
_AMOUNT: Final = re.compile(
    r"\b(?:more|less|fewer|higher|lower|greater) than (?:or equal to )?(?:an? |the )?(?:half|third|quarter|fifth|tenth|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|fifty|\d)|\bno (?:more|less|fewer) than\b|"
    r"\b(?:more|less|fewer) than every (?:second|third|fourth|fifth|other)\b|"
    r"\bat (?:the )?(?:least|most|best|worst)\b",
    re.IGNORECASE,
)
# Being alike in how patients were divided is no result.
_RESULT: Final = re.compile(
    r"\b(?:did|do|fared|worked|performed|helped|difference|differ|advantage|edge|gain|nothing|little|results?|"
    r"outcomes?|made|eased)\b",
    re.IGNORECASE,
)
_EITHER_WAY: Final = re.compile(r"\bwith,? (?:or|and|as) without\b", re.IGNORECASE)
_NO_BETTER: Final = re.compile(r"\bno (?:better|more effective\w*|more successful|happier)\b", re.IGNORECASE)
_NO_WORSE: Final = re.compile(r"\bno (?:worse|poorer|less effective\w*|less successful)\b", re.IGNORECASE)
# What is supposed, asked, expected or allowed is not said to have happened.
_UNREAL: Final = re.compile(
    r"\b(?:if|whether|would|might|could (?:have|change|cross|switch|swap|choose|opt|move|go)|"
    r"should|suppose\w*|hypothes\w*|expect\w*|unless|aim\w*|ask\w* (?:if|which)|"
    r"which)\b",
    re.IGNORECASE,
)


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


MORE, LESS, BETTER, WORSE, FALL, GOOD, BAD, EQUAL = map(
    _word, (_MORE, _LESS, _BETTER, _WORSE, _FALL, _GOOD, _BAD, _EQUAL)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is claimed of the subject, whether that is denied, and where the word for it stands in the clause."""

    claim: Claim
    denied: bool
    start: int
    end: int


def outcome(clause: str) -> Outcome | None:
    """The one plain claim of a clause; None where it makes none, or several, or none about results."""
    clause = _AMOUNT.sub(lambda match: " " * len(match.group()), clause)
    if is_elsewhere(clause):
        return None
    idle = _NO_BETTER.search(clause) or _NO_WORSE.search(clause)
    if idle:
        return Outcome("better" if _NO_BETTER.search(clause) else "worse", True, *idle.span())
    equal = EQUAL.search(clause)
    if equal:
        rest = clause[: equal.start()] + " " + clause[equal.end() :]
        is_result = any(pattern.search(clause) for pattern in (_RESULT, FALL, GOOD, BAD))
        return Outcome("equal", is_denied(rest), *equal.span()) if is_result else None
    found = _judged(clause) or _measured(clause)
    return Outcome(found[0], is_denied(clause), *found[1]) if found else None


def is_elsewhere(clause: str) -> bool:
    """Whether a clause speaks of harms, design or cost, or of what is only supposed."""
    return bool(_ELSEWHERE.search(clause) or _UNREAL.search(clause))


def is_denied(clause: str) -> bool:
    """Whether an odd number of negations stands in a clause."""
    return len(_NOT.findall(_EITHER_WAY.sub(" ", clause))) % 2 == 1


def _judged(clause: str) -> tuple[Claim, tuple[int, int]] | None:
    better, worse = BETTER.search(clause), WORSE.search(clause)
    if better and worse and worse.start() <= better.start() < worse.end():
        better = None
    if better and not worse:
        # "Better" of what is bad to have more of: "depression was better" is good all the same.
        return "better", better.span()
    return ("worse", worse.span()) if worse and not better else None


def _measured(clause: str) -> tuple[Claim, tuple[int, int]] | None:
    """More or less of an outcome that it is good or bad to have."""
    fall = FALL.search(clause)
    rest = FALL.sub(lambda match: " " * len(match.group()), clause)
    more, less = MORE.search(rest), LESS.search(rest)
    good, bad = bool(fall or GOOD.search(rest)), bool(BAD.search(rest))
    degree = more or less
    if degree is None or (more and less) or good == bad:
        return None
    return ("better" if bool(more) == good else "worse"), degree.span()
