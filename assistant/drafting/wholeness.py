"""Whether a sentence tells something by itself: no scrap, no order, no condition told as a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.drafting.sameness import same
from assistant.drafting.sayings import Said, Saying
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement

# Share of a sentence's words that stand only in conditions of the statement from which it tells one as a fact.
_MOSTLY: Final = 0.75
# What only holds under a condition: from its word to the end of the clause.
CONDITION: Final = re.compile(r"(?<!, )\b(?:once|if|when|after|until|unless|where)\b[^,;:.]*", re.IGNORECASE)
# "Until week 12" is a time and no condition.
_TIME: Final = re.compile(r"(?:until|after) (?:the )?(?:week|month|year|day|\d)", re.IGNORECASE)
_CUT: Final = re.compile(r"[;:.]\s|,\s")
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|may|might|can|could|should|has|have|had|does|do|did|will|would|remains?|appears?|seems?)\b",
    re.IGNORECASE,
)
# The same in the sentence itself, where a list in the condition may have commas.
_OWN_CONDITION: Final = re.compile(
    rf"^\W*{CONDITION.pattern}|(?<=, )(?:if|once|when)\b[^;:.]*|"
    rf"(?<=\w ){CONDITION.pattern.replace('[^,;:.]', '[^;:.]')}",
    re.IGNORECASE,
)
_ORDERS: Final = re.compile(
    r"\W*(?:please |always |never |do not |don't |then |next,? |first,? )*(?:mention|tell|decide|"
    r"offer|give|use|start|check|discuss|consider|explain|note|avoid|book|list|refer|try|ask|warn|place|"
    r"inject|order|stop|add|continue|repeat|choose|"
    r"remember|keep|look|expect|proceed|move|go|do|let|make|take|begin|prescribe|switch|skip|monitor|treat|"
    r"perform)\b(?! (?:of|in|with|for|is|was|are|to the)\b)",
    re.IGNORECASE,
)
# So many words with one that may be a verb are no scrap.
_LONG: Final = 8
_MAYBE_VERB: Final = re.compile(
    r"\s(?:all |also |both |often )?(?:[a-z]{2,}(?:[^s\W]s|ed)|need|have|do|help|want)\s", re.IGNORECASE
)
_SUBORDINATE: Final = re.compile(r"\b(?:once|if|when|until|unless)\b[^,;:.]*", re.IGNORECASE)
# A sentence without one of these outside its conditions tells nothing, and reads as advice.
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|might|can|could|should|would|will|does|do|did|"
    r"(?:help|show|compar|includ|suggest|improv|reduc|us|giv|carr|remain|appear|seem|nam|describ|stat|"
    r"mention|provid|specif|leav|occur|aris|originat|involv|maintain|produc|contribut|cause|increas|decreas|"
    r"lower|reliev|"
    r"alleviat|activat|inhibit|affect|develop|respond|experienc|suffer|randomis|randomiz|receiv|assign|"
    r"allocat|cross|follow|reach|achiev|depend|var|last|differ|indicat|consist|belong|refer|mean|represent|"
    r"allow|bring|tak|plac|target|"
    r"stimulat|run|pass|com|go|lie|suppl|serv|requir|exist|expect|guid|conclud|agree|found|"
    r"evaluat|assess|enrol|look|keep|stay|caus|act|interact|bind|hold|express|sprout|evok|trigger|releas|"
    r"sensitis|sensitiz|regard|consider|recommend|benefit|outweigh|ease|pos|prefer|call|class|"
    r"accompan|becom|obtain|exclud|appear|contain|attribut|declar|appl|publish|"
    r"comprise|compris|lessen|shorten|undergo|proceed|conduct|succeed|succe|offer|"
    r"deliver|implant|insert|remov|say|speak|draw|cit)(?:s|e|es|ed|d|y|ies|ied|ize|izes|ized|ise|ises|ised)?|"
    r"(?:report|list|support|form|work|need|test|result|block|treat|count|place|stud|lead|target|accept)"
    r"(?:ed|ied)|needs|works|counts|supports|reports|lists|treats|states|"
    r"lies|leads to|results(?! (?:of|for|at|on|with|were|are|is)\b)|counts?(?= in\b)|exceeds?|"
    r"fires?(?= (?:spontan|ectop|in|with)\w*)|"
    r"joins?(?= at\b)|perform(?= sympathetic)|thinks?(?= of\b)|forms|gave|found|came|"
    r"went|ran|lay|brought|led|took|left|made|held|became|said|drew|"
    r"began|kept|fell|rose|had|saw|form|find|drive|suit|fit|switched|changed|combined|\w{3,}ised|\w{3,}ized)\b",
    re.IGNORECASE,
)


def conditions(text: str) -> list[tuple[int, int]]:
    """Where the conditions of a text stand; "after" before the main verb rules a noun alone, not the clause."""
    found = []
    for match in CONDITION.finditer(text):
        start, end = match.span()
        if _TIME.match(match.group()):
            continue
        if match.group().lower().startswith(("after", "until")):
            begin = max((cut.end() for cut in _CUT.finditer(text, 0, start)), default=0)
            verb = _FINITE.search(text, start, end)
            if verb and text[begin:start].strip() and not _FINITE.search(text, begin, start):
                end = verb.start()
        found.append((start, end))
    return found


def no_sentence(said: Saying) -> str | None:
    """A scrap without a verb."""
    main = _SUBORDINATE.sub(" ", said.text)
    is_long = len(main.split()) >= _LONG and _MAYBE_VERB.search(main)
    return None if is_long or _VERB.search(main) else "it is no whole sentence"


def no_order(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """An order to do something."""
    return "it gives an order, which no statement does" if _ORDERS.match(said.text) else None


def no_condition(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """One that tells as a fact what the statement has only as a condition."""
    spans = conditions(source.text)
    idle = load_wordings().free | load_wordings().telling
    own = [match.span() for match in _OWN_CONDITION.finditer(said.text)]
    content = [word for word in said.words if word.stem not in idle and not is_in(word, own)]
    sources = [[other for other in source.words if same(word, other)] for word in content]
    only = [like for like in sources if like and all(is_in(other, spans) for other in like)]
    failing = [
        word for word in said.free_words() if word in content and word.groups & load_wordings().groups_of("failed")
    ]
    if any(like and all(is_in(other, spans) for other in like) for like in
           ([other for other in source.free_words() if same(word, other)] for word in failing)):  # fmt: skip
        return "it tells as a fact what its statement has as a condition"
    if content and len(only) >= _MOSTLY * len(content):
        return "it tells as a fact what its statement has as a condition"
    return None


def is_in(word: Said, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands in one of the spans of its text."""
    return any(start <= word.start < end for start, end in spans)
