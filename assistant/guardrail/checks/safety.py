"""Safety denial: a risk that the review lists is said not to exist, or not to be worth a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context
from assistant.guardrail.risks import HARM, RISKS, Masked, listing, masked, named_risks, treatments_near
from assistant.guardrail.rules import finding
from assistant.guardrail.safety_mood import is_asserted
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

# Some words of the same clause over which a relation may reach; over a treatment too, over no other risk.
_G: Final = r"(?:[^.;:!?<>]|<i\d+>){0,60}?"
_HEDGE: Final = (
    r"(?!\s+(?:\w+ )?(?:usual|often|always|necessar|common|typical|only|general|invariab|routine|"
    r"mean|rule|exclude|abolish|forget|fail|omit|neglect|under))"
)
_NOT: Final = rf"\b(?:not|never|no longer|nor)\b{_HEDGE}"
_CAUSE: Final = (
    r"(?:caus|lead|bring|produc|trigger|induc|provok|result|carr|involv|entail|affect|rais|increas|"
    r"harm|damag|injur|hurt|touch|hit|pierce|nick|strik|penetrat|pos(?:e|ing)|set off|give|"
    r"get|elevat|push|disturb|reach|endanger|threaten|risk|puncture|collapse|upset|make|attack|promote)\w*"
)
_HAPPEN: Final = (
    r"(?:occur|happen|follow|aris|develop|exist|result|appear|come|crop|possib|conceivab|seen|a "
    r"(?:risk|concern|issue|problem|complication|side effect|danger|"
    r"hazard|worry|feature|possibility|recogni\w+)|an? (?:\w+ )?(?:risk|issue|adverse)|be (?:caused|"
    r"provoked|triggered|expected|seen|feared)|something|to be (?:feared|expected)|"
    r"due to|caused|get|play)\w*"
)
_DENIALS: Final = (
    re.compile(rf"{_NOT}(?: \w+){{0,2}}? {_CAUSE}{_G}(?P<r>{RISKS})"),
    re.compile(rf"(?P<r>{RISKS}){_G}{_NOT}(?: \w+){{0,2}}? {_HAPPEN}"),
    re.compile(
        rf"(?P<r>{RISKS}){_G}(?<!not )(?<!not be )(?<!never )(?<!not wholly )(?<!not entirely )\b(?:impossible|"
        rf"ruled out|excluded|eliminated|abolished|unheard of|things? of the past|out of the question|"
        rf"a myth|non-?existent|off the table|can be (?:discounted|forgotten|ignored|disregarded)|"
        rf"irrelevant|"
        r"no (?:part|role|place|risk|concern|issue|worry|problem|danger|longer (?:a|an|occur|happen|"
        r"seen|possible))|(?:left |)(?:untouched|unaffected|unharmed))\b"
    ),
    re.compile(
        rf"\b(?:no|zero|nil|without|not (?:a|any|the slightest)) (?:\w+ ){{0,2}}?(?:risk|danger|chance|"
        rf"possibility|fear|prospect|threat|likelihood|question|hazard) of (?:\w+ ){{0,4}}?(?P<r>{RISKS})"
    ),
    re.compile(
        rf"\b(?:there (?:is|are|will be|can be)|causes?|brings?|carr(?:y|ies)|involves?|entails?|"
        rf"poses?|means?|gives?|produces?|induces?|provokes?|leads? to|has|have) (?:absolutely |simply "
        rf")?(?:no|zero) (?:(?!rate|figure|number|frequenc|data|other|more|less|longer|for |of )\w+ "
        rf"){{0,2}}?(?P<r>{RISKS})"
    ),
    re.compile(rf"\b(?:(?:do|does|will|can|could|would|did) (?:not|never)|never)(?: ever)? (?P<r>{RISKS})"),
    re.compile(
        rf"\b(?:nobody|no one|no patient|none of (?:\w+ ){{1,3}}?) ?(?:ever )?(?:gets?|experiences?|"
        rf"suffers?|develops?|has|sees?|will get|will have) (?:\w+ ){{0,2}}?(?P<r>{RISKS})"
    ),
    re.compile(rf"\bno (?P<r>{RISKS}) (?:can|could|will|ever|is possible|occurs?|happens?|follows?|arises?)"),
    re.compile(
        rf"\b(?:free (?:of|from)|immune (?:to|from)|safe for|safe as regards|harmless (?:to|for)|"
        rf"gentle (?:on|to)|kind to|spares?|no effect on|nothing to|no harm to|no bearing on|eliminat\w+|"
        rf"abolish\w+) (?:\w+ ){{0,3}}?(?P<r>{RISKS})"
    ),
    re.compile(rf"\b(?:leaves?|leaving) (?:the )?(?P<r>{RISKS}) (?:untouched|unaffected|alone|unharmed|intact)"),
    re.compile(
        rf"(?P<r>{RISKS})(?: \w+)? ?: (?:false|no|none|never|0|nil|impossible|cannot happen|can not "
        rf"happen|not possible)\b"
    ),
)  # fmt: skip
_TELL: Final = (
    r"(?:mention\w*|discuss\w*|disclos\w*|warn\w*|tell\w*|told|consent\w*|raised?|brought up|bring "
    r"up|list(?:ed)?|includ\w+|inform\w*|worr\w+|talk\w*|cover\w*)"
)
_WHAT: Final = rf"(?P<r>{RISKS}|{HARM})"
_SILENCED: Final = (
    re.compile(
        rf"{_WHAT}{_G}\b(?:need not|needn't|do(?:es)? not (?:need|have) to|not (?:need to|worth|necessary "
        rf"to)|no need to) (?:\w+ ){{0,3}}?{_TELL}"
    ),
    re.compile(
        rf"\b(?:need not|no need to|no reason to|no point in|not (?:worth|necessary to|need to|have "
        rf"to)|unnecessary to|pointless to|(?:can|may|should) (?:safely )?(?:skip|omit)) (?:\w+ ){{0,4}}?{_TELL}? "
        rf"?(?:\w+ ){{0,3}}?{_WHAT}"
    ),
    re.compile(
        rf"{_WHAT}{_G}\b(?:nothing to (?:worry|be concerned) about|not worth (?:a word|mention)|no "
        rf"cause for concern|(?:leave|left|keep|kept) (?:\w+ )?(?:out|off|from) (?:of )?(?:the |your "
        rf")?(?:consent|leaflet|form|talk|list|discussion|conversation))"
    ),
    re.compile(
        rf"\b(?:do not|need not|no need to|never|no point in) (?:bother|trouble|burden|frighten|scar|"
        rf"alarm)\w*[^.;:!?<>]{{0,50}}{_WHAT}"
    ),
    re.compile(
        rf"\b(?:leave|drop|omit|skip|strike|delete|keep) (?:the |any |all )?(?:mention of )?{_WHAT} "
        rf"(?:out|off|from)\b"
    ),
)  # fmt: skip
_NEGATIVE_ANSWER: Final = re.compile(
    r"^\W*(?:a:\s*)?(?:no\b(?=[,.;:!-]| (?:it|that|they|this|such|chance|risk|danger|way)|$)|none\b(?! "
    r"(?:of|is|are|given|listed))|never\b|not at all|nope|not a chance|impossible|(?:(?:it|that|"
    r"this|they) )?(?:can|could|will|would|does|do) not (?:happen|occur|be)|not (?:with|in|after|"
    r"during|nowadays|any ?more|today|if|when|for)\b|"
    r"(?:it|they|that|this|these|those)(?: \w+)? (?:does|do|can|will|is|are) not\b(?! (?:usual|often|"
    r"always|say|state|common))|there is no(?:t|ne)?\b(?! (?:rate|figure)))"
)
_ASKS_WHETHER: Final = re.compile(r"\b(?:can|could|may|might|does|do|is there|are there|any|will|is|are)\b")
# "Infection?", "Horner's after the block?"
_BARE: Final = re.compile(r"(?:^|[.;:] )\W*(?:and |an? |the )?<r\d+>[^?]{0,40}\?$")
_ASKS_OTHERWISE: Final = re.compile(
    r"\b(?:what|which|how|when|why|who|where|should|shall|rare\w*|only|not|never|safe|free|did|was|"
    r"were|had|has|how often|rate|common)\b"
)
_SHE: Final = re.compile(
    r"\b(?:he|she|(?:the|this|your|our|my) patient|mrs? \w+|signs? of) (?:\w+ ){0,2}?(?:had|has|"
    r"have|shows?|reports?|reported|was|is|got|suffered)\b|\bsigns? of\b"
)
# "no infection rate", "the review lists no infection": a figure or an entry is missing, not the risk.
_RATE: Final = re.compile(
    r"[ -](?:rates?|figures?|frequenc\w+|numbers?|data|incidence|percentages?|controls?|is (?:given|"
    r"listed))\b"
)
_MORE: Final = re.compile(r"\b(?:more|less|fewer|greater|higher|lower|as (?:much|many|often)|additional|extra)\b")
_PRONOUN: Final = re.compile(r"\b(?:they|them|these|those|it)\b|^(?:that|this)\b|\b(?:that|this)(?= *[.!]?$)")


def safety_denial(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on denied risks."""
    for position, unit in enumerate(document.units):
        sentence = masked(unit.text)
        readings = [sentence, *_with_pronouns(document, position)]
        found = next((item for reading in readings for item in _denials(document, position, reading, context)), None)
        found = found or _answers_no(document, position, context)
        if found:
            rule, statement = found
            yield finding(rule, document, unit, statement=statement)
    yield from _cells(document, context)


def _denials(document: Document, position: int, sentence: Masked, context: Context) -> Iterator[tuple[str, str | None]]:
    for rule, patterns in (("DEN-1", _DENIALS), ("DEN-2", _SILENCED)):
        for match in (match for pattern in patterns for match in pattern.finditer(sentence.text)):
            risks = named_risks(match, sentence)
            statement = _listing(risks, document, position, context)
            if (
                (risks and not statement)
                or _MORE.search(match.group())
                or _RATE.match(sentence.text, match.end())
                or _SHE.search(sentence.text[: match.end()])
            ):
                continue
            if is_asserted(document, position, sentence.text, match.span(), negation=not match.group().startswith("<")):
                yield rule, statement


def _listing(risks: tuple[str, ...], document: Document, position: int, context: Context) -> str | None:
    """The statement that lists one of the risks for a treatment that the sentence speaks of."""
    treatments = treatments_near(document, position, context.question) or (
        "stellate_block",
        "lumbar_block",
        "scs",
        "pns",
        "ketamine",
    )
    return listing(treatments, risks)


def _with_pronouns(document: Document, position: int) -> Iterator[Masked]:
    """The sentence with "it", "they" read as the risks of the sentence before."""
    before = masked(document.units[position - 1].text) if position else None
    here = masked(document.units[position].text)
    if before and before.risks and not here.risks:
        replaced = _PRONOUN.sub("<r0>", here.text)
        yield Masked(replaced, (before.risks[-1],), here.treatments)


def _answers_no(document: Document, position: int, context: Context) -> tuple[str, str | None] | None:
    """A risk that was asked about is answered with no."""
    asked = document.units[position - 1].text if position else context.question
    if not asked or "?" not in asked:
        return None
    question, answer = masked(asked), masked(document.units[position].text).text
    if (
        not question.risks
        or not (_ASKS_WHETHER.search(question.text) or _BARE.search(question.text))
        or _ASKS_OTHERWISE.search(question.text)
    ):
        return None
    if not _NEGATIVE_ANSWER.search(answer):
        return None
    statement = _listing(question.risks, document, max(position - 1, 0), context)
    return ("DEN-1", statement) if statement else None


_CELL_DENIES: Final = re.compile(
    r"^\W*(?:no|none|never|nil|0 ?%?|cannot happen|can't happen|not possible|impossible|absent|does "
    r"not occur|doesn't occur|✗|x)\W*$",
    re.IGNORECASE,
)


def _cells(document: Document, context: Context) -> Iterator[Finding]:
    """Cells of a table that deny the risk of their column for the treatment of their row, or the other way round."""
    head: list[str] = []
    for line in document.normalised.text.split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.strip().startswith("|") else []
        if not cells or not head:
            head = cells
            continue
        for column, cell in enumerate(cells[1 : len(head)], start=1):
            pair = masked(f"{cells[0]} ; {head[column]}")
            statement = listing(pair.treatments, pair.risks)
            if statement and _CELL_DENIES.match(cell):
                unit = next((unit for unit in document.units if cell in unit.text), document.units[0])
                yield finding("DEN-1", document, unit, statement=statement)
