"""Grades of evidence and of recommendation as a sentence gives them, and as the algorithm's standings do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from assistant.guardrail.units import step_of
from assistant.pathway import Algorithm

Axis = Literal["evidence", "recommendation"]
NONE, WEAK, MODERATE, STRONG, STRONGEST = range(5)

_LEVELS: Final = {
    STRONGEST: r"strongest|best|firmest|soundest|most (?:solid|robust|convincing|secure)",
    STRONG: r"strong(?:ly)?|high(?:[- ](?:quality|grade|level|certainty|class))?|robust(?:ly)?|convincing(?:ly)?|"
    r"compelling|(?:rock[- ])?solid(?:ly)?|"
    r"excellent|conclusive(?:ly)?|overwhelming(?:ly)?|definitive(?:ly)?|gold[- ]standard|firm(?:ly)?|level (?:1|"
    r"i|one|a)|grade (?:a|1)|(?<!how )good(?! (?:many|deal)\b)|"
    r"first[- ](?:rate|class)|unequivocal(?:ly)?|ample|abundant|plentiful|extensive|substantial|impressive|"
    r"top[- ](?:quality|grade|level|tier)|irrefutable|well[- ](?:established|founded)|sound|sturdy|persuasive|powerful|"
    r"watertight|unassailable|indisputable|incontrovertible|undisputed|unshakeable|hard(?! to\b)|proven|clear(?:[- "
    r"]cut)?|"
    r"class (?:1|i|one|a)|consistent|considerable|plenty of|a wealth of|wealth of|secure|respectable|decent|healthy|"
    r"rich|sizeable|commanding|reassuring|weighty|dependable|reliable",
    MODERATE: r"moderate(?:ly)?(?:[- ](?:quality|grade|level|strong))?|fair|intermediate|medium(?:[- ](?:quality|"
    r"grade))?",
    WEAK: r"weak(?:ly)?|low(?:[- ](?:quality|grade|level|certainty))?|limited|poor(?:[- ](?:quality))?|thin|"
    r"scant(?:y)?|sparse|scarce|slim|meag(?:re|er)|"
    r"flimsy|patchy|shaky|insufficient|inadequate|tenuous|modest|feeble|very low|unconvincing|fragile|slender|sketchy|"
    r"slight|meagre|minimal|preliminary|hardly any|wobbly",
    NONE: r"anecdot\w+|lacking|absent|non-?existent|none|zero|nil|negligible",
}
_ONE: Final = "|".join(f"(?:{pattern})" for pattern in _LEVELS.values())
_QUALITY: Final = r"(?:[- ](?:quality|grade|level|certainty))?"
# One grade or several joined: "moderate and low-quality", "moderate to weak".
_CHAIN: Final = re.compile(
    rf"\b(?:{_ONE}){_QUALITY}(?:\s*(?:(?<!quality)(?<!grade)(?<!level)(?<!certainty),|/|\band\b|\bto\b|\bor\b|"
    rf"\bbut\b)\s*(?:{_ONE}){_QUALITY})*(?![\w-])",
    re.IGNORECASE,
)
_SINGLE: Final = {level: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for level, pattern in _LEVELS.items()}
_EVIDENCE: Final = (
    r"(?:evidence(?:[- ]base)?|data|support(?:ed|s|ing)?|back(?:ing|ed|s)|proof|literature|substantiat\w+|"
    r"underpinn\w+|"
    r"trials|studies|science|research|(?:factual |scientific |empirical )?(?:ground|footing|foundations?)|"
    r"case for|documentation|(?:study |trial )?(?:design|methodology|quality)|sample sizes?|size)"
)
_RECOMMENDATION: Final = r"(?:recommend(?:ation|ations|ed)|endorse(?:ment|d))"
_NOUN: Final = re.compile(rf"\b(?:(?P<e>{_EVIDENCE})|(?P<r>{_RECOMMENDATION}))\b", re.IGNORECASE)
# What may stand between a grade and its noun, and what a grade that follows its noun must be followed by.
_BEFORE_NOUN: Final = re.compile(
    rf"^(?:[- ](?:level|grade|quality|amount|body|kind|strength|degree|randomi[sz]ed|controlled|clinical|"
    rf"published|trial|supporting|scientific|of|the|placebo-controlled)){{0,4}}"
    rf" (?:(?P<e>{_EVIDENCE})|(?P<r>{_RECOMMENDATION}))\b",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"^(?:\s*$|\s*[.,;:)\[\]\"}!?—]|\s*-\s|\s+(?:in|for|outside|elsewhere|everywhere|when|where|and|or|but|to|"
    r"only (?=in|for|where|when)|except|across|throughout|at|too|as|with|overall|"
    r"while|whereas|though|although|one|ones|within|behind|despite|yet|on|there|here|indeed|enough|by|because|"
    r"due|it|this)\b)",
    re.IGNORECASE,
)
_NO_EVIDENCE: Final = re.compile(
    r"\b(?:no|zero) (?:\w+ )?(?:evidence(?:[- ]base)?|data|support|backing|"
    r"proof)\b(?! (?:level|grade|is given|are given|given|that))(?: (?:at all|whatsoever))?|"
    r"\black(?:s|ing|ed)? (?:any |all |an? )?(?:\w+ )?(?:evidence(?:[- ]base)?|support|backing|proof)\b|"
    r"\bevidence(?: \w+){0,6} (?:amounts? to|comes? to|adds? up to) (?:\w+ )?(?:nothing|little|anything|naught)\b|"
    r"\bnothing (?:\w+ ){0,2}(?:supports|to show)\b|\bunsupported\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|no|never|neither|nor|without|rather than|instead of|far from|hardly|how|missing|lack(?:s|ing)?(?: "
    r"of)?|few|"
    r"absence of|cannot|anything but|paucity of|shortage of|dearth of|want of|wrong|"
    r"wrongly|mistake|(?:weaker|less|poorer) than)\b(?: (?:any|the|a|an|be|to|called?|said|regarded|considered|"
    r"as|very|really|particularly|of|exactly|quite|only|many|enough|it|mean\w*|imply|implies|follow\w*|equate\w*|"
    r"reflect\w*|"
    r"require\w*|from|by|with|on|rest\w*|have|has|there|is|are|been|amount\w* to|stand for))*\s*$|"
    r"n't(?: (?:be|any|a|an|very|really|the|call\w*|have|exactly|it))*\s*$",
    re.IGNORECASE,
)
# "A strong recommendation doesn't turn case reports into good evidence."
_NO_PROOF: Final = re.compile(
    r"(?:\b(?:not|never|cannot|no reason to)|n't) (?:be )?(?:turn|make|mean|read|taken?|translate|imply|say|"
    r"show|equate|"
    r"signify|upgrade|change|prove|amount|stand|confused?|mistaken?)\w*\b[^.;:,]{0,60}$",
    re.IGNORECASE,
)
_LACKS: Final = re.compile(
    r"^[^.;:,]{0,70}\b(?:(?:is|are|was|were|remain\w*) (?:lacking|missing|absent|scarce|"
    r"few|rare|wanting|needed|anticipated|awaited|expected|required|hoped for|in short supply))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade given at text[start:end]; several levels where it joins them; `denied`: said not to hold."""

    axis: Axis
    levels: frozenset[int]
    denied: bool
    start: int
    end: int


def grades(text: str, *, titled: bool = False) -> Iterator[Grade]:
    """The grades that a sentence gives. titled: a heading says that bare grades are of evidence."""
    lacking = False
    for chain in _CHAIN.finditer(text):
        axis = _axis(text, chain.start(), chain.end(), titled=titled)
        if axis and not (lacking and _SINGLE[NONE].fullmatch(chain.group())):
            lacking = _denied(text, chain)
            levels = frozenset(level for level, pattern in _SINGLE.items() if pattern.search(chain.group()))
            yield Grade(axis, levels, lacking, chain.start(), chain.end())
    for none in _NO_EVIDENCE.finditer(text):
        if not _CHAIN.search(none.group()):
            yield Grade("evidence", frozenset({NONE}), False, none.start(), none.end())


def _denied(text: str, chain: re.Match[str]) -> bool:
    before = text[max(0, chain.start() - 100) : chain.start()]
    return bool(
        _NOT.search(before[-60:]) or _NO_PROOF.search(before) or _LACKS.search(text[chain.end() : chain.end() + 90])
    )


def _axis(text: str, start: int, end: int, *, titled: bool) -> Axis | None:
    """What a grade is of: the noun that it stands before, else the last noun before it if it ends its phrase."""
    ahead = _BEFORE_NOUN.match(text[end : end + 80])
    if ahead:
        return "evidence" if ahead["e"] else "recommendation"
    if not _ENDS.match(text[end : end + 20]):
        return None
    nouns = list(_NOUN.finditer(text[:start]))
    if nouns and start - nouns[-1].end() < 140:
        return "evidence" if nouns[-1]["e"] else "recommendation"
    return "evidence" if titled else None


def expected(
    algorithm: Algorithm, step: str, condition: str | None, broader: frozenset[str]
) -> tuple[frozenset[int], str | None]:
    """The levels of evidence that the review allows for a step in a condition, and the statement they rest on.

    condition None: none is named; "other": one that the review gives no standing of its own. An empty set never occurs.
    """
    positions = [
        p
        for p in algorithm.standings
        if step_of()[p.intervention] == step and p.aim is None and p.standing != "not effective"
    ]
    position = next((p for p in positions if p.condition == condition), None) or next(
        (p for p in positions if p.condition in broader), None
    )
    if condition is None or (position is None and step == "block"):
        own = {
            "block": ({WEAK, MODERATE}, "block-benefit-evidence-whole"),
            "ketamine": ({WEAK, MODERATE}, "ketamine-use-evidence-compared"),
            "pns": ({WEAK, MODERATE}, "pns-mononeuropathic-moderate-evidence"),
        }
        levels, statement = own.get(step, ({WEAK, MODERATE}, "scs-benefit-grade-gap"))
        return frozenset(levels), statement
    if position is None:
        return frozenset({NONE, WEAK}), "ketamine-use-weak-evidence-conditions" if step == "ketamine" else None
    given: dict[str, set[int]] = {
        "moderate": {MODERATE},
        "limited": {WEAK},
        "weak": {WEAK},
        "moderate and low": {WEAK, MODERATE},
        "trial": {MODERATE, WEAK},
        "case series": {WEAK},
        "none given": {NONE, WEAK},
    }
    levels = given[position.evidence] | (
        {STRONGEST} if position.evidence == "moderate" and step == "ketamine" else set()
    )
    return frozenset(levels), position.statements[-1] if position.evidence == "limited" else position.statements[0]
