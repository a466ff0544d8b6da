"""Doses: an amount of a drug, a volume, a concentration or a rate, in digits or words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context, clause_around, corrects_error, denied_at, says_silence
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

_WORD: Final = (
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|half|quarter|third|couple|few|several|some|point|nought|zero)"
)
_AMOUNT: Final = rf"(?:\d[\d.,/]*(?:\s*(?:-|to|x|×)\s*\d[\d.,]*)?|\b{_WORD}\b(?:[ -](?:{_WORD}|of|and)\b){{0,5}})"
_MEASURE: Final = (
    r"(?:mg|milligrams?|milligrammes?|mcg|micrograms?|microgrammes?|[uµμ]g|grams?|grammes?|ng|ml|"
    r"millilit(?:er|re)s?|mls|ccs?|"
    r"cubic centimet(?:er|re)s?|m[lL]/h\w*|units?/kg|mmol|mM|mg/kg\w*|drops|vials?|ampoules?|ampules?|"
    r"mils?|tea-?spoon(?:ful)?s?|table-?spoon(?:ful)?s?|syringe(?:ful)?s|shots? of local|fluid ounces?|"
    r"milli[- ]?litres?)"
)
_ANAESTHETIC: Final = (
    r"(?:lido(?:caine)?|lignocaine|(?:levo)?bupi(?:vacaine)?|bupivacaine|ropivacaine|levobupivacaine|"
    r"mepivacaine|procaine|chloroprocaine|prilocaine|local an(?:a)?esthetic|LA|alcohol|phenol|saline|"
    r"marcaine)"
)
_DOSE: Final = (
    re.compile(rf"{_AMOUNT}\s*-?(?:[a-z]+ )??(?:of a |of an )?{_MEASURE}(?![a-z])", re.IGNORECASE),
    re.compile(rf"{_AMOUNT}\s*-?(?:%|per ?cent)\s*(?:plain |solution of |of )?{_ANAESTHETIC}\b", re.IGNORECASE),
    re.compile(rf"\b{_ANAESTHETIC}\b[\s\":,(]{{1,4}}(?:at |of |in )?{_AMOUNT}\s*(?:%|per ?cent)", re.IGNORECASE),
    re.compile(
        rf"\b(?:dos(?:e|es|age|ing)|bolus|volume|infusion rate|rate|concentration)(?:_\w+)?\"?(?: (?:of|"
        rf"is|was|at|should be)|:)+\s*\"?{_AMOUNT}(?=\s*(?:$|[,.;)}}\"]|per |an? (?:hour|minute)|/|m|µ))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:volume|dose|rate|concentration|amount)_(?:ml|mg|mcg|ug|percent|"
        rf"mg_kg\w*)\"?\s*:\s*\"?{_AMOUNT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_AMOUNT}\s+(?:of )?(?:gabapentin\w*|pregabalin|amitriptyline|nortriptyline|duloxetine|venlafaxine|"
        rf"carbamazepine|"
        r"tramadol|ketamine|morphine|oxycodone|tapentadol)[^.;]{0,20}\b(?:(?:once|twice|three times|four times|"
        r"thrice) (?:a|"
        r"per|every|each|daily)|daily|nightly|at night|every (?:day|night|hour)|an hour|bd|tds|qds)\b",
        re.IGNORECASE,
    ),
    # "Three hundred twice a day", of whatever.
    re.compile(
        r"\b(?:\d{2,4}|(?:(?:one|two|three|four|five|six|seven|eight|nine|a) )?(?:hundred|"
        r"thousand)(?: and \w+)?|twenty-?five|fifty|"
        r"seventy-?five) (?:once|twice|thrice|(?:two|three|four) times) (?:a day|daily|per day|a night)\b|"
        r"\b(?:\d{2,4}|(?:(?:one|two|three|four|five|six|seven|eight|nine|a) )?hundred) (?:bd|bid|tds|tid|qds|nocte)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\bketamine (?:at|of) {_AMOUNT} (?:an|a|per|each|every) (?:hour|minute|kilo|kg)", re.IGNORECASE),
    re.compile(rf"{_AMOUNT}\s+(?:[a-z]+ )?(?:per|/|a) ?(?:kg|kilo(?:gram)?s?)\b", re.IGNORECASE),
)
# What somebody takes or took already is a patient's own fact, no advice.
_HISTORY: Final = re.compile(
    r"\b(?:(?:he|she|they|patient|who|you|i) (?:now |already |currently |has |have |had )*(?:takes?|"
    r"taking|took|is on|was on|been on|are on|were on|on|reached|tried|had)|"
    r"(?:already|currently|still|been|is|was) (?:taking|on)|(?:her|his)(?= (?:[\w-]+ ){0,4}$)|failed|stopped|trialled|"
    r"previous(?:ly)?|history of|(?<!of )(?<!at )(?<!with )(?<!infusions )up to|despite|maxed)\b",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(
    r"[^.;]{0,30}?\b(?:has|have|had|did|was|were) (?:already )?(?:failed|not|[a-z]*n't|been (?:tried|stopped|"
    r"no)|stopped|"
    r"tried|brought (?:no|little))\b",
    re.IGNORECASE,
)
_ADVICE: Final = re.compile(
    r"\b(?:give|start|infuse|inject|draw up|use|prescribe|titrate|increase|add|run|start\w*|begin\w*|from the review|"
    r"the review's|enough|needed|"
    r"should|recommend\w*|typical\w*|usual\w*|bag|syringe|drip)\b",
    re.IGNORECASE,
)
_NOT_GIVEN: Final = re.compile(
    r"\b(?:no|without|not|cannot|can't|won't|nor|undetermined|how (?:many|much)|whether|which|what|"
    r"any)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def dose(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on doses."""
    for unit in document.units:
        if unit.is_question:
            continue
        for pattern in _DOSE:
            match = pattern.search(unit.text)
            # "A Mg ion" is magnesium.
            if match and not match.group().endswith(" Mg") and not _is_no_advice(match, unit, context):
                yield finding("DOS-1", document, unit, match.span())
                break


def _is_no_advice(match: re.Match[str], unit: Unit, context: Context) -> bool:
    """Whether the dose is denied, left unsaid, or what the patient has had."""
    start, end = clause_around(unit, match.start())
    before = unit.text[start : match.start()]
    told = f"{context.question or ''} {context.patient or ''}"
    figure = re.search(r"\d[\d.,]*", match.group())
    is_told = figure is not None and figure.group() in told
    had = bool(_HISTORY.search(before)) or is_told
    had = had or bool(_FAILED.match(unit.text, match.end()))
    if had and not _ADVICE.search(unit.text[start:end]):
        return True
    return (
        denied_at(unit, match.start())
        or bool(_NOT_GIVEN.search(before))
        and (says_silence(unit) or corrects_error(unit))
    )
