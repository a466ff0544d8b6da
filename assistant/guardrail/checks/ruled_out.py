"""Ruled out by course or pattern: benefit asserted where the review saw none, or denied where it saw some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from assistant.guardrail.benefit import Polarity, polarity_at
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.history import without_history
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import Subject, steps_of
from assistant.guardrail.types import Finding, Severity
from assistant.guardrail.units import Document, Unit, step_of
from assistant.pathway import Algorithm

_YEARS: Final = r"(?:years?|yrs?|decades?)"
_MANY: Final = (
    r"(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|many|"
    r"several|some|so many)"
)
# Course or pattern in the words of a text.
QUALIFIER: Final = {
    "long-standing": re.compile(
        r"\b(?:however|no matter how|regardless of how|whatever|irrespective of how) (?:long|old)\b|"
        r"\b(?:at|of) (?:any|every|whatever) (?:age|duration|stage)\b(?= of| ?[.,;\[(]|$)|"
        r"\b(?:even|this|so|that) (?:this |so |that )?late\b(?= ?[.,;\[(]|$)|"
        r"\b(?:phn|neuralgia|pain)\W{1,3}(?:[x×] ?)?(?:[2-9]|\d\d) ?(?:y|yrs?|years)\b|"
        r"(?<!\w)[x×] ?(?:[2-9]|\d\d) ?(?:y|yrs?|years?)\b(?! ?/? ?o\b)|\bwhatever (?:its|"
        r"the) (?:age|duration)\b|"
        r"\b(?:regardless|irrespective) of (?:its |the )?(?:age|duration|length)\b|"
        r"\bin (?:its|her|his|their|the) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
        r"twelfth|\w+teenth|"
        r"twentieth|\d+(?:nd|rd|th)) (?:year|decade)\b|\bthe longer (?:\w+ ){0,3}(?:phn|pain|neuralgia|it)\b|"
        r"(?<!other )\blong[- ]?(?:standing|established|lasting|lived|"
        r"running|drawn)\b|\bof (?:so |such |very )?(?:long|old) "
        r"(?:standing|date|duration)\b|\binveterate\b|\bentrenched\b|\b(?:chronic|established|old|late|persistent|persisting|"
        r"settled|ingrained|stale|ancient|mature)(?:(?:,| and|, and)? \w+)?,? (?:postherpetic|post-herpetic|phn)\b|"
        r"\bold shingles\b|"
        rf"\b{_YEARS} (?:after|on|later|ago|into|since|down the line|of (?:postherpetic|post-herpetic|phn|pain))\b|"
        rf"\b(?:for|over|these|past|last|lasting|lasted|of|after|in its|into its) (?:\w+ ){{0,3}}?{_YEARS}(?:'|"
        rf"\b)(?![- ]old)|"
        rf"\b{_MANY}[- ]{_YEARS}(?: of|'s? (?:of|standing|duration|history)|[- ](?:history|long|duration))\b|"
        r"\b(?:since|ever since) (?:19|20)\d\d\b|\b(?:shingles|zoster|rash|attack)[^.;]{0,30}\b(?:in|of|from|"
        r"back in) (?:19|20)\d\d\b|"
        r"\bsince the (?:\w+ )?(?:seventies|eighties|nineties|noughties|(?:19|20)?\d0s|turn of)\b|"
        r"\b(?:never|(?:has|have|had|would) not|(?:has|have|had|would)n't) (?:left|gone away|settled|let up|"
        r"cleared)\b|\bfor (?:ages|a (?:very )?long time|so long|"
        r"as long as)\b|\bdragg(?:ed|ing) on\b|"
        r"\b(?:pain|neuralgia|one|something) (?:that|so|this) old\b|\b(?:that|so) (?:late|long) (?:on|after|"
        r"afterwards)\b",
        re.IGNORECASE,
    ),
    "diffuse": re.compile(
        r"\b(?:diffuse\w*|widespread|generali[sz]ed|non-?segmental\w*|of either (?:kind|pattern|type)|"
        r"both (?:kinds|patterns|types) of (?:pain|cord|spinal|sci|injury)|all over|everywhere|"
        r"(?:throughout|across|over) (?:the |his |her |their )?(?:whole |entire |lower |half of the )*body|"
        r"(?:poorly|not) locali[sz]ed|ill-defined|(?:whole|entire)[- ]body|"
        r"(?:without|no|lack\w*|hasn't|has no|not confined to|not limited to|irrespective of|regardless of|"
        r"whatever the)(?:(?! evidence| grade| moderate| high| low) \w+){0,3}? (?:level(?! of evidence)|segments?|"
        r"segmental\w*|dermatom\w+|band|pattern|distribution))\b",
        re.IGNORECASE,
    ),
    "segmental": re.compile(
        r"(?<!no )(?<!any )(?<!non-)(?<!non)\b(?:segmental\w*|at[- ]level|below[- ]level|at or below)\b", re.IGNORECASE
    ),
}
# A denial of just the qualifier that follows: "rather than a diffuse kind", "unlike diffuse pain".
_LOCAL: Final = re.compile(
    r"\b(?:not|rather than|than|instead of|as opposed to|unlike|other than|except(?: for| in)?|excluding|apart from|"
    r"outside)(?: (?:a|an|the|for|in|that|those|of|with|when|where|if|it|is|pain|kind|"
    r"patients|people|cases|ones|segmental)){0,5} $",
    re.IGNORECASE,
)
_FRESH: Final = re.compile(
    r"\b(?:acute\w*|early|fresh|recent|new|shingles|zoster|in general|elsewhere)\b", re.IGNORECASE
)
_FRESH_NOW: Final = re.compile(r"\b(?:acute\w*|early|fresh|recent|new|rash|weeks?|days?)\b", re.IGNORECASE)
_LOOK_BACK: Final = 50
_BOTH: Final = re.compile(
    r"\bwhether(?= [^,;.]{0,40}\b(?:segmental|diffuse|old|new|fresh|recent|"
    r"long)\b[^,;.]{0,20}\bor\b)(?! or)",
    re.IGNORECASE,
)
# A rule, the statement that says what is right, and a severity other than the rule's.
_Fault = tuple[str, str, Severity | None]
# Nothing is said of the treatment: a question left open, a history, another study.
_UNSAID: Final = re.compile(
    r"\b(?:unclear|unknown|open|whether|differs?|differ\w*|another|matter|question|not|no|if|had|was|were|tried|"
    r"failed|failing|after|"
    r"studied|followed|patients with|trial|series|versus|vs|or|before|instead|then|yet|look\w*|says?|review|separat\w*|"
    r"contrast\w*|distinguish\w*|controvers\w*|evidence)\b|n't\b|\?",
    re.IGNORECASE,
)
_ONE: Final = re.compile(
    r"\b(?:he|she|his|her|him|mr|mrs|ms|this (?:man|woman|patient|lady|gentleman)|your patient|the patient)\b",
    re.IGNORECASE,
)
# How many qualifiers are read in a unit, and over how many units one is carried.
_MOST: Final = 12
_FAR: Final = 2


def ruled_out(document: Document, context: Context, about: Sequence[Subject]) -> Iterator[Finding]:
    """At most one finding per unit; `about`: what each unit speaks of."""
    for position, unit in enumerate(document.units):
        if unit.is_question or corrects_error(unit):
            continue
        found = _here(unit, about, position, context) or _carried(document.units, about, position, context)
        if found:
            yield finding(found[0], document, unit, statement=found[1], severity=found[2])


def _qualified(context: Context) -> Iterator[tuple[str, str, str, bool, str]]:
    """Step, condition, qualifier, whether it is ruled out, statement: the standings that hang on course or pattern."""
    algorithm: Algorithm = context.algorithm
    for item in algorithm.standings:
        qualifier = item.course or item.pattern
        if qualifier in QUALIFIER:
            yield (
                step_of()[item.intervention],
                item.condition,
                str(qualifier),
                item.standing == "not effective",
                item.statements[0],
            )


def _here(unit: Unit, about: Sequence[Subject], position: int, context: Context) -> _Fault | None:
    """A fault in what the unit says of a qualifier that it names itself."""
    subject = about[position]
    if not subject.steps & {"block", "scs"}:
        return None
    goes_on = position and not subject.own_conditions
    around = _around(unit, subject) | (about[position - 1].conditions if goes_on else frozenset())
    if "acute_zoster" in around and not _FRESH_NOW.search(unit.text):
        # What shingles left for years is the neuralgia.
        around |= {"phn"}
    for step, condition, qualifier, is_out, statement in _qualified(context):
        # A length of time may be that of something else; so the step must be the sentence's own.
        steps = subject.own_steps if qualifier == "long-standing" else subject.steps
        if step not in steps or condition not in around:
            continue
        for match in islice(QUALIFIER[qualifier].finditer(unit.text), _MOST):
            severity = (
                _fault(unit, match, step, is_out=is_out) if _is_of(unit, match.start(), step, condition) else None
            )
            if severity:
                return ("IND-1", statement, severity) if is_out else ("IND-2", statement, None)
    return None


def _around(unit: Unit, subject: Subject) -> frozenset[str]:
    """The conditions that a unit names or goes on with, also in words that the vocabulary has not."""
    found = subject.own_conditions | subject.conditions
    if _is_cord(unit):
        found |= {"spinal_cord_injury_pain"}
    return found | {"phn"} if _is_old_zoster(unit, subject) else found


def _fault(unit: Unit, match: re.Match[str], step: str, *, is_out: bool) -> Severity | None:
    """How grave what is said of a qualifier is, None where it is right or nothing."""
    said = _said(unit.text, match)
    if not is_out:
        return "caution" if said is Polarity.BAD and not says_silence(unit) else None
    if said is Polarity.BAD or says_silence(unit):
        return None
    if said is Polarity.GOOD:
        return "block"
    return "caution" if _is_said_of(unit, step) else None


def _is_cord(unit: Unit) -> bool:
    """Whether the pain is that below an injury of the cord, in whatever words."""
    return bool(
        re.search(
            r"\b(?:below|beneath|under) (?:the |his |her |its )?(?:injury|lesion|level|transection)|\b(?:para|tetra|"
            r"quadri)plegi\w+|"
            r"\bcord[- ](?:injur|lesion|damage)\w*|\binjured cord\b|\bSCI\b",
            unit.text,
            re.IGNORECASE,
        )
    )


def _is_old_zoster(unit: Unit, subject: Subject) -> bool:
    """Whether the sentence speaks of the pain that shingles left, in whatever words."""
    return "acute_zoster" in subject.own_conditions and bool(
        re.search(rf"\bpain\w*|\bneuralgi\w+|\b{_YEARS} (?:after|since|on from)\b", unit.text)
        and not re.search(r"\bacute", unit.text, re.IGNORECASE)
    )


def _is_said_of(unit: Unit, step: str) -> bool:
    """Whether the sentence says something of this step alone, of which it can't be told whether it is good."""
    return steps_of(unit.mentions) == {step} and not _UNSAID.search(unit.text)


def _is_of(unit: Unit, at: int, step: str, condition: str) -> bool:
    """Whether the piece of the sentence around `at` is not of another step or condition alone."""
    cuts = [0, *(match.end() for match in re.finditer(r"[;—]|\b(?:while|whereas|but)\b", unit.text)), len(unit.text)]
    start, end = next((a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a <= at < b or b == len(unit.text))
    inside = [item.id for item in unit.mentions if start <= item.start < end]
    steps = {step_of()[name] for name in inside if step_of().get(name) in ("block", "ketamine", "pns", "scs")}
    conditions = {name for name in inside if name in ("phn", "spinal_cord_injury_pain", "acute_zoster", "crps")}
    if condition == "phn" and conditions == {"acute_zoster"}:
        conditions = set()
    return (not steps or step in steps) and (not conditions or condition in conditions)


def _said(text: str, match: re.Match[str]) -> Polarity:
    """What is said of a qualifier; denials of just one qualifier are read apart from the sentence's own."""
    # "Whether the pain is segmental or diffuse" asks nothing: it is both.
    plain = text = _BOTH.sub(lambda found: "x" * len(found.group()), text)
    for pattern in QUALIFIER.values():
        for other in islice(pattern.finditer(text), _MOST):
            local = _LOCAL.search(text[max(0, other.start() - _LOOK_BACK) : other.start()])
            if local:
                begin = other.start() - len(local.group())
                plain = plain[:begin] + " " * len(local.group()) + plain[other.start() :]
    # The qualifier itself may hold a negation: "without any level".
    for other in islice(QUALIFIER["diffuse"].finditer(plain), _MOST):
        plain = plain[: other.start()] + "x" * (other.end() - other.start()) + plain[other.end() :]
    plain = plain[: match.start()] + "x" * (match.end() - match.start()) + plain[match.end() :]
    plain = without_history(plain)
    said = polarity_at(plain, match.start())
    if plain[: match.start()] != text[: match.start()] and _LOCAL.search(
        text[max(0, match.start() - _LOOK_BACK) : match.start()]
    ):
        return {Polarity.GOOD: Polarity.BAD, Polarity.BAD: Polarity.GOOD}.get(said, said)
    return said


def _is_told_right(units: Sequence[Unit], qualifier: str) -> bool:
    """Whether the text itself says, of patients at large, that nothing good came of it."""
    return any(
        _said(unit.text, match) is Polarity.BAD and not _ONE.search(unit.text)
        for unit in units
        for match in islice(QUALIFIER[qualifier].finditer(unit.text), 1)
    )


def _carried(units: Sequence[Unit], about: Sequence[Subject], position: int, context: Context) -> _Fault | None:
    """A step recommended in a unit after one that tells of a course or pattern in which it is ruled out."""
    unit, subject = units[position], about[position]
    if says_silence(unit) or _FRESH.search(unit.text):
        return None
    for step, condition, qualifier, is_out, statement in _qualified(context):
        if not is_out or subject.own_steps != {step} or subject.own_conditions - {condition}:
            continue
        told = next((i for i in range(position - 1, max(-1, position - 1 - _FAR), -1) if about[i].own_conditions), None)
        if told is None or condition not in about[told].own_conditions or about[told].own_steps & {step}:
            continue
        if _is_told_right(units[told : position + 1], qualifier):
            continue
        at = next((item.start for item in unit.mentions if step_of().get(item.id) == step), 0)
        if any(QUALIFIER[qualifier].search(units[i].text) for i in range(told, position)) and (
            polarity_at(unit.text, at) is Polarity.GOOD
        ):
            return "IND-1", statement, None
    return None
