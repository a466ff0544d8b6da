"""Parts, data and calculations that a literature review of this kind might have, and this one has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import clause_around
from assistant.guardrail.quantities import amounts
from assistant.guardrail.units import Unit

_AUTHOR: Final = r"(?:Chin|(?:the|this|its|our) (?:author|reviewer|writer)|the (?:review|article|paper)|she)"
_REVIEW: Final = re.compile(
    rf"\b(?:{_AUTHOR}|(?:review|article|paper|text|author|Chin)'s|(?:in|of|to|from) (?:the|this|her) (?:review|"
    rf"article|paper))\b",
    re.IGNORECASE,
)
# What somebody would have to have collected; nobody's is in the review.
_DATA: Final = re.compile(
    r"\b(?:(?:clinical |internal |prospective |retrospective )?audit(?:s|ed)?\b(?! (?:commission|department|office|"
    r"trail))|"
    r"(?:(?:implant|stimulator|device|patient|national|regional|hospital|quality) )?(?:registr(?:y|ies)|"
    r"registers?(?= of)|"
    r"(?<!Cochrane )databases?(?! of systematic))|chart review|case[- ]?notes? review|"
    r"unpublished (?:data|work|figures|results|findings|series|observations?)|"
    r"data on file|(?:manufacturer|maker|company)(?:'s|s') (?:own )?(?:data|figures|trial|studies)|in-house (?:data|"
    r"figures)|"
    r"focus groups?|(?:expert|consensus|delphi) panel|delphi|panel of experts|"
    r"(?:patient|exit) interviews|insurance claims|claims data)\b",
    re.IGNORECASE,
)
# Sums that nobody has done there.
_SUMS: Final = re.compile(
    r"\b(?:pooled (?:analysis|estimate|data|results?|success|rate)|(?:own|her) meta-?analysis|meta-?analysis (?:in|"
    r"by) (?:the "
    r"(?:review|author)|Chin)|numbers? needed to (?:treat|harm)|NNT|NNH|odds ratio|hazard ratio|relative risk|"
    r"risk ratio|"
    r"effect size|confidence intervals?|standardi[sz]ed mean difference|p ?[<=] ?0?\.\d+|"
    r"(?:points?|mm|cm) (?:on|of) (?:an? |the )?(?:\S+[- ])?(?:point|visual|numerical|numeric|VAS|NRS|pain|"
    r"analogue) ?(?:scale)?|"
    r"quality[- ]adjusted|QALYs?)\b",
    re.IGNORECASE,
)
# Parts of a paper that this one is without; with these only what is said of the review counts.
_PARTS: Final = re.compile(
    r"\b(?:appendi(?:x|ces)|supplement(?:s|ary \w+)?|tables?\b(?! spoon)|flow ?-?charts?|check ?-?lists?|"
    r"decision trees?|nomogram|"
    r"scoring (?:system|sheet)|glossary|footnotes?|vignettes?|worked examples?|consent forms?|leaflets?|templates?|"
    r"pro-?formas?|case histor(?:y|ies)|"
    r"(?:cost|economic|health[- ]economics?|budget)[- ](?:section|analysis|model|calculation|comparison|chapter|table|"
    r"estimate|"
    r"evaluation)|interview(?:s|ed|ing)?|votes?|voted|poll(?:s|ed)?|questionnaires?|"
    r"quotes? (?:an? |one |her |from )(?:\w+ )?(?:patient|man|woman)|patient's (?:story|account|words))\b",
    re.IGNORECASE,
)
_COUNTED_PART: Final = re.compile(
    r"\b(?P<kind>fig(?:ure)?s?\.?|box(?:es)?) (?P<n>\d{1,2}|five|six|seven|eight|three|four)\b", re.IGNORECASE
)
_TABLE: Final = re.compile(r"\btable \d", re.IGNORECASE)
_SPELT: Final = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
# Places judged in one sentence; no sentence that is read names more.
_MOST: Final = 8
_LAST: Final = {"f": 4, "b": 2}
# The author as one who treats, asks or reckons rather than reads.
_OWN_WORK: Final = re.compile(
    rf"\b{_AUTHOR}\b (?:(?:has|had|herself|also|then|even|further) )?(?:(?:also|then|herself) )?"
    r"(?:treated|treats|implanted|implants|operated|enrolled|recruited|randomi[sz]ed|interviewed|polled|audited|"
    r"measured|"
    r"pooled|pools|tested|works? out|worked out|calculate[sd]?|reckon(?:s|ed)|computes?|computed|extrapolate[sd]?|"
    r"models|"
    r"modelled|costs|costed|followed(?! by)|counted|collected|tracked|prices|priced)\b"
    r"(?! (?:of|the (?:literature|evidence)|(?:prospective|published)))",
    re.IGNORECASE,
)
_OWN_PLACE: Final = re.compile(
    r"\b(?:her|the author's|Chin's|its author's)(?: own)? (?:[a-z]+ )?(?:clinic|unit|department|hospital|cent(?:re|"
    r"er)|practice|"
    r"service|team|patients|series|cohort|caseload|experience|group|institution|laboratory)\b|"
    r"\b(?:own|personal) (?:unit|clinic|department|cases?|series|experience|practice|cohort|caseload)\b|"
    r"\b(?:at|from|in) (?:the )?George Washington\b",
    re.IGNORECASE,
)
_TOLD_OF: Final = re.compile(
    r"\d|%|\b(?:audit|series|cases|data|figures?|reports?|reported|relief|improved|treated|prefer\w*|success\w*|"
    r"results?|"
    r"outcomes?|per cent|half|third|quarter|most|none|lists?|keeps?|describes?)\b",
    re.IGNORECASE,
)
_NOT_CLAIMED: Final = re.compile(
    r"\b(?:no|not|none|never|nor|neither|without|lacks?|cannot|nowhere|absent|missing|if|whether|unless|would|could|"
    r"should|"
    r"may|might|must|your|our|my|we|local|please|ask|consider|keep|start|enter|set up|worth|need(?:s|ed)?|"
    r"future|more work)\b|n't\b",
    re.IGNORECASE,
)
# The reader's own, or something to be done, wherever in the clause it is said.
_OF_READER: Final = re.compile(r"\b(?:your|our|my|local|would be|worth|if you|please)\b", re.IGNORECASE)
_MEANT_FOR: Final = re.compile(r"\bfor (?:the|an?|any|her|his|their|every) $", re.IGNORECASE)
_SURVEY: Final = re.compile(r"\bsurvey\w*|\bpolled\b|\bquestionnaire", re.IGNORECASE)
_PRACTICE: Final = re.compile(
    r"\b(?:physicians?|practitioners?|doctors?|clinicians?|specialists?|respondents?|pain|zhu|blocks?|they)\b",
    re.IGNORECASE,
)
_MAJORITY: Final = re.compile(
    r"\b(?:on average|average|mean|median|typical(?:ly)?|more (?:often|frequently|\w+ than)|less (?:often|frequently)|"
    r"most|majority|minority|nearly all|almost all|consensus|"
    r"agree(?:d|s)?|"
    r"unanimous\w*|preferred|favou?red|weekly|fortnightly|monthly|once a|twice|three times|four times|times a|"
    r"every (?:\w+ )?(?:day|week|fortnight|month)s?)\b",
    re.IGNORECASE,
)
# Surveys that are no surveys of practice: cases of zoster, patients after a procedure.
_OTHER_SURVEY: Final = re.compile(
    r"\b(?:zoster|shingles|colding|simopoulos|procedur\w*|155|patients surveyed)\b", re.IGNORECASE
)
_VARIES: Final = re.compile(
    r"\b(?:var(?:y|ies|ied|iation|iable|ying)|differ\w*|disagree\w*|no agreement|divided)\b", re.IGNORECASE
)


def invented(text: str) -> Iterator[tuple[int, int]]:
    """The first part, data or sum that a text gives the review and it has not."""
    is_of_review = bool(_REVIEW.search(text))
    patterns = [_DATA, _SUMS, _OWN_WORK]
    patterns += [_PARTS] if is_of_review else []
    patterns += [_OWN_PLACE] if is_of_review or "own" in text or "George" in text else []
    found = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    found += [match.span() for match in _COUNTED_PART.finditer(text) if _is_past_the_last(match)]
    found += [match.span() for match in _TABLE.finditer(text) if is_of_review]
    likely = sorted(found)[:_MOST]
    yield from [span for span in likely if _tells(text, span) and not _is_disclaimed(text, span)][:1]


def _tells(text: str, span: tuple[int, int]) -> bool:
    """Whether something is reported in the clause of a place: that somebody works there is no report."""
    start, end = _clause(text, span[0])
    return not _OWN_PLACE.fullmatch(text, *span) or bool(_TOLD_OF.search(text[start:end]))


def _is_past_the_last(match: re.Match[str]) -> bool:
    number = _SPELT.get(match["n"].lower()) or int(match["n"])
    return number > _LAST[match["kind"][0].lower()]


def _is_disclaimed(text: str, span: tuple[int, int]) -> bool:
    """Whether the clause denies it, supposes it, or speaks of the reader's own."""
    start, end = _clause(text, span[0])
    if _OF_READER.search(text[start:end]) or _MEANT_FOR.search(text[: span[0]]):
        return True
    return bool(
        _NOT_CLAIMED.search(text[start : span[0]])
        or re.match(r"[^.;]{0,25}\b(?:missing|absent|lacking)\b", text[span[1] : end])
    )


def _clause(text: str, at: int) -> tuple[int, int]:
    cuts = [match.end() for match in re.finditer(r"[;:]\s|\.\s|, (?:but|and|so|while|whereas) ", text)]
    return max((cut for cut in cuts if cut <= at), default=0), min((cut for cut in cuts if cut > at), default=len(text))


def surveyed(unit: Unit) -> Iterator[tuple[int, int]]:
    """A figure or a majority given for the surveys of practice."""
    survey = _SURVEY.search(unit.text)
    if not survey or not _PRACTICE.search(unit.text) or _OTHER_SURVEY.search(unit.text):
        return
    start, end = clause_around(unit, survey.start())
    figures = [(item.start, item.end) for item in amounts(unit) if item.kind != "bare" or item.value > 1]
    said = figures + [match.span() for match in _MAJORITY.finditer(unit.text)]
    told = [span for span in said if start <= span[0] < end or not _VARIES.search(unit.text)]
    if told and not _NOT_CLAIMED.search(unit.text[start : told[0][0]]) and not _VARIES.search(unit.text[start:end]):
        yield told[0]
