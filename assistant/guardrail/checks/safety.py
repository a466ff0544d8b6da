"""Safety denial: a risk that the review lists is said not to exist, or not to be worth a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context, says_silence
from assistant.guardrail.denials import DENIALS
from assistant.guardrail.doubts import ABSENCE, ADMITS, DOUBTFUL, EXPLAINED, KEPT, NOT_ALL, SAID_OF, SEDATED, STRONG
from assistant.guardrail.risks import RISKS, Masked, listing, masked, named_risks, treatments_near
from assistant.guardrail.rules import finding
from assistant.guardrail.safety_mood import is_asserted, lowered
from assistant.guardrail.silences import SILENCED
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

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
    r"have|shows?|reports?|reported|was|is|got|suffered)\b|\bsigns? of\b|"
    r"\b(?:his|her|my|the patient's) (?:\w+ )?<r\d+> (?:was|were|is|has|had)\b"
)
# "no infection rate", "the review lists no infection": a figure or an entry is missing, not the risk.
_RATE: Final = re.compile(
    r"[ -](?:rates?|figures?|frequenc\w+|numbers?|data|incidence|percentages?|controls?|is (?:given|"
    r"listed))\b"
)
# "Not just a nuisance of old devices": it is one of today's too.
_NO_MORE_THAN: Final = re.compile(
    r"\bnot (?:(?:just|only|merely|simply|purely) an? |(?:only|just|merely|confined|limited|restricted)(?: to|"
    r" in| of| with) )"
)
_MORE: Final = re.compile(r"\b(?:more|less|fewer|greater|higher|lower|as (?:much|many|often)|additional|extra)\b")
_THEN_IT: Final = re.compile(r": (?:it|they|that|this|these|those)\b")
_PRONOUN: Final = re.compile(r"\b(?:they|them|these|those|it)\b|^(?:that|this)\b|\b(?:that|this)(?= *[.!]?$)")


_TREATED: Final = re.compile(
    r"<i\d+>|\b(?:needles?|leads?|electrodes?|infusions?|blocks?|drips?|injections?|implants?)\b"
)
# The verb of a denial ("can not"), which hedges nothing.
_MODAL: Final = re.compile(
    r"\b(?:can|could|may|might) (?:not|never|no longer)\b|\b(?:we|you|one|they) (?:can|may|could)\b"
)
# "Rare, which is not the same as impossible."
_NOT_NONE: Final = re.compile(
    r"\bnot (?:quite |at all )?(?:the )?same (?:thing )?as (?:saying )?(?:impossible|never|none|nil|zero|absent|no )\b"
)
# "Serious trouble is rare. Device trouble isn't."
# Horner's syndrome is as much a sign of the block as a risk of it.
_HARMLESS: Final = re.compile(
    r"\bno (?:\w+ )?(?:disaster|surprise|mishap|failure|accident|alarm|catastrophe|fault|error)\b"
)
_ELLIPSIS: Final = re.compile(r"\b(?:is|are|was|were|does|do) not\W*(?:\[[\d, ]{0,20}\]\W*)?$")
_RARE: Final = re.compile(r"\b(?:rare\w*|uncommon|unusual|unlikely|infrequent|seldom|exceptional)\b", re.IGNORECASE)
_CLAUSES: Final = re.compile(r"[;:.]|, (?:but|and|so|while|whereas|since|because)|\bbut\b|\bwhereas\b|\bwhile\b")


def safety_denial(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on denied risks."""
    for position, unit in enumerate(document.units):
        sentence = masked(unit.text)
        readings = [sentence, *_with_pronouns(document, position)]
        found = next((item for reading in readings for item in _denials(document, position, reading, context)), None)
        found = found or _answers_no(document, position, context) or _sedated(document, position)
        found = found or _doubtful(document, position, sentence, context)
        if found:
            rule, statement = found
            yield finding(rule, document, unit, statement=statement)
    yield from _cells(document, context)


def _denials(document: Document, position: int, sentence: Masked, context: Context) -> Iterator[tuple[str, str | None]]:
    for rule, patterns in (("DEN-1", DENIALS), ("DEN-2", SILENCED)):
        for match in (match for pattern in patterns for match in pattern.finditer(sentence.text)):
            risks = named_risks(match, sentence)
            statement = _listing(risks, document, position, context)
            if (
                (risks and not statement)
                or _MORE.search(match.group())
                or _NO_MORE_THAN.search(match.group())
                or _RATE.match(sentence.text, match.end())
                or _NOT_NONE.search(sentence.text[match.start() : match.end() + 50])
                or NOT_ALL.match(sentence.text[match.end() : match.end() + 40])
                or _SHE.search(sentence.text[: match.end()])
                or (rule == "DEN-2" and KEPT.search(sentence.text[max(0, match.start() - 12) : match.end()]))
            ):
                continue
            if is_asserted(document, position, sentence.text, match.span(), negation=not match.group().startswith("<")):
                yield rule, statement


def _sedated(document: Document, position: int) -> tuple[str, str | None] | None:
    """The risk of sedation itself, that the patient can give no feedback, denied."""
    text = lowered(document.units[position].text)
    match = SEDATED.search(text)
    around = " ".join(lowered(unit.text) for unit in document.units[max(0, position - 1) : position + 1])
    if match and "sedat" in around and is_asserted(document, position, text, match.span()):
        return "DEN-1", "sedation-why-feedback-matters"
    return None


def _doubtful(document: Document, position: int, sentence: Masked, context: Context) -> tuple[str, str | None] | None:
    """A clause that names a listed risk and denies something that is not plain to be anything else."""
    if document.units[position].is_question or _SHE.search(sentence.text) or says_silence(document.units[position]):
        return None
    if position and _ELLIPSIS.search(sentence.text) and _RARE.search(document.units[position - 1].text):
        return None
    for clause in _CLAUSES.split(sentence.text):
        plain = _MODAL.sub(" ", clause)
        match = DOUBTFUL.search(clause)
        match = match if match and not EXPLAINED.search(plain) else _unadmitted(clause) or _put_away(clause)
        if not match:
            continue
        is_plain = bool(STRONG.search(clause) or ABSENCE.search(clause)) and bool(_TREATED.search(sentence.text))
        risks = named_risks(match, sentence)
        if set(risks) == {"horner_syndrome"} and _HARMLESS.search(clause):
            continue
        statement = listing(treatments_near(document, position, context.question), risks)
        at = sentence.text.find(clause) + match.start()
        if statement and is_asserted(document, position, sentence.text, (at, at + 1), negation=False):
            return "DEN-1" if is_plain and not EXPLAINED.search(plain) else "DEN-3", statement
    return None


def _put_away(clause: str) -> re.Match[str] | None:
    """A risk that the clause puts away without a negation: "is one thing fewer to worry about"."""
    if not ABSENCE.search(clause):
        return None
    return re.search(rf"(?P<r>{RISKS})", clause)


def _unadmitted(clause: str) -> re.Match[str] | None:
    """A risk of which the clause says something, and nothing that admits it as one."""
    match = SAID_OF.search(clause)
    return match if match and "<i" in clause and not ADMITS.search(match["said"]) else None


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
    """The sentence with "it", "they" read as the risks of the sentence before, or of its own first clause."""
    before = masked(document.units[position - 1].text) if position else None
    here = masked(document.units[position].text)
    mark = "; " if "; " in here.text else ": " if _THEN_IT.search(here.text) else ", "
    first, cut, rest = here.text.partition(mark)
    if cut and "<r" in first and "<r" not in rest and _PRONOUN.search(rest):
        yield Masked(first + cut + _PRONOUN.sub("<r0>", rest), here.risks, here.treatments)
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
    is_away = bool(_BARE.search(question.text) and ABSENCE.search(answer)) and not EXPLAINED.search(answer)
    if not (_NEGATIVE_ANSWER.search(answer) or is_away):
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
