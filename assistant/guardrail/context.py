"""What a check may know besides the text: the patient with the plan, the question, corpus and algorithm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.corpus import Corpus
from assistant.guardrail.rejections import IDIOMS
from assistant.guardrail.units import Unit
from assistant.pathway import Algorithm, Plan
from assistant.patient import Patient
from assistant.reading import is_negated

# The text says what the review does not say; that needs no evidence.
_SILENCE: Final = re.compile(
    r"\b(?:review|article|author|paper|it|chin|text)\b[^.;]{0,40}"
    r"\b(?:(?:does not|doesn't|do not|did not|didn't)(?!\s*(?:\[[\d, ]{1,20}\]|\(ref[^)]{1,20}\))?\s*(?:[.;!]|"
    r"$))|is silent|says nothing|"
    r"never|nowhere|gives no|names no|states no|mentions no|lists no|"
    r"has no(?! (?:effect|role|place|benefit|value|use|risk|influence|bearing|impact|merit))|offers no|"
    r"leaves (?:it |this )?open|stays silent)\b|"
    # "The article lacks a grade for SCS", "the review is without a study of it", "is left unsaid in the paper".
    r"\b(?:the|this|chin's) (?:review|article|paper|text)(?: \w+ly)? (?:lacks?|omits?|leaves out|is without|"
    r"stops short of|fails to (?:say|tell|state|give|name|report|mention)|"
    r"leaves (?:\w+ ){0,8}?(?:unexplained|unsaid|unstated|undefined|"
    r"unspecified|unreported|unanswered|undecided))\b|"
    r"\b(?:left|goes|remains|is|are) (?:unsaid|unstated|unspecified|unexplained|unanswered)\b|"
    r"\bdetails? \b[^.;]{0,60}\b(?:review|article|paper|text) leaves out\b|"
    r"\bnot (?:dealt with|told|said|found|indicated|set out)\b[^.;]{0,20}\b(?:in|by) the "
    r"(?:review|article|paper|text)\b|"
    r"\bno (?:information|data|word)\b[^.;]{0,20}\b(?:in|from) the (?:review|article|paper|text)\b|"
    r"\bno (?:figures?|rates?|numbers?|dose|doses|percentage|details?|mention|guidance|recommendation|"
    r"data|antidote dose)\b[^.;]{0,40}"
    r"\b(?:given|is given|are given|stated|reported|in the review|in the article|named|quoted)\b|"
    r"\b(?:not|[a-z]*n't) (?:covered|given|stated|named|mentioned|addressed|discussed|reported|"
    r"specified|defined|described|say|in the review|in the article)\b|"
    r"\b(?:(?:nobody|no one|no study|no trial|none of (?:them|these|the (?:studies|trials))) (?:has|have)|"
    r"it (?:has not|hasn't)) "
    r"(?:yet |ever |been )*(?:shown|proved|proven|established|demonstrated|settled|found out|worked out|pinned down)\b|"
    r"\bwhether\b(?! or not)[^.;]{0,90}\b(?:not|[a-z]*n't|never|nowhere) (?:\w+ )?(?:say|spell|tell|settle|"
    r"decide|state)\w*|"
    r"\b(?:silent|undetermined|unknown|unclear|undefined|left open|leaves open|remains open|"
    r"(?:still |yet |remains? )(?:has |have )?to be (?:worked out|settled|determined|established|decided|answered|"
    r"shown|"
    r"found out|defined|clarified)|"
    r"outside (?:the|this) (?:review|article)|i (?:looked|can't|cannot|couldn't|won't))\b",
    re.IGNORECASE,
)
# What is reported as others' error, to be corrected.
_REPORTED_ERROR: Final = re.compile(
    r"\b(?:misconception|myth|wrong|incorrect|false|mistaken|untrue|not true|not right|not correct|"
    r"not supported|unsupported|no support|"
    r"(?:can ?not|can't|could not|couldn't|must not|should not|shouldn't|not (?:yet |to )?|never) ?be (?:taken|"
    r"regarded|treated|"
    r"read|seen|accepted|counted|presented|described) as (?:\w+ ){0,2}(?:established|proven|proved|settled|"
    r"certain|facts?)|"
    r"contrary to|contradicts?|isn't (?:true|right|so|the case)|wasn't|the draft (?:says|claims)|"
    r"overstated?|overstates|misreading|stop (?:telling|saying|claiming|promising|writing)|"
    r"(?:unfair|unjust|misleading|inaccurate|an? (?:over-?statement|exaggeration|stretch)|too much|going too far|"
    r"untenable) to "
    r"(?:say|claim|call|conclude|think|suggest|read|infer|speak|promise|write))\b|" + IDIOMS,
    re.IGNORECASE,
)


_CUT: Final = re.compile(r"[;:—]|,? (?:but|while|whereas|although|though|yet|however)\b|, (?:and|so) ")


@dataclass(frozen=True, slots=True)
class Context:
    """patient and plan are None together; question is the question that the text answers, if known."""

    corpus: Corpus
    algorithm: Algorithm
    patient: Patient | None = None
    plan: Plan | None = None
    question: str | None = None


def says_silence(unit: Unit) -> bool:
    """Whether the unit says what the review does not say."""
    return _says_silence(unit.text)


@lru_cache(maxsize=2048)
def _says_silence(text: str) -> bool:
    return bool(_SILENCE.search(text))


def corrects_error(unit: Unit) -> bool:
    """Whether the unit names a claim as wrong, or the next one does."""
    return unit.is_retracted or _reports_error(unit.text)


@lru_cache(maxsize=2048)
def _reports_error(text: str) -> bool:
    return bool(_REPORTED_ERROR.search(text))


def clause_around(unit: Unit, at: int) -> tuple[int, int]:
    """Start and end, within unit.text, of the clause that holds the character at `at`."""
    cuts = [match.span() for match in _CUT.finditer(unit.text)]
    start = max((end for _, end in cuts if end <= at), default=0)
    end = min((begin for begin, _ in cuts if begin > at), default=len(unit.text))
    return start, end


def denied_at(unit: Unit, at: int) -> bool:
    """Whether what stands at `at` (within unit.text) is denied in its clause."""
    start, end = clause_around(unit, at)
    return is_negated(unit.text[start:end], at - start)
