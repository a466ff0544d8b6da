"""Fabricated: studies, authors, guidelines, approvals and brands that the review and its references do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.checks.inventions import invented, surveyed
from assistant.guardrail.context import Context, corrects_error, denied_at, says_silence
from assistant.guardrail.measures import unreported
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import is_condition
from assistant.guardrail.support import best, tokens, weight
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, lexicon
from assistant.reading import fold, words

_NAME: Final = r"(?<![\w-])(?:[A-Z]')?[A-Z][a-zà-ÿ]{1,30}(?:[-'][A-Z]?[a-zà-ÿ]{1,30}){0,3}"
_STUDY: Final = (
    r"(?:trial|study|studies|series|cohort|registry|meta-analys[ie]s|review|paper|survey|report|data|RCT|analysis|"
    r"programme)"
)
_TITLE: Final = r"(?:Dr\.? |Professor |Prof\.? )?"
# Ways in which somebody's work is named; the name is checked against the reference list.
_AUTHORED: Final = (
    re.compile(
        rf"\b(?P<name>{_NAME})(?:,? (?:and|&) {_NAME})?,? "
        r"(?:et al|and (?:colleagues|co-?workers|associates)|and (?:his|her|their) (?:group|team))\b"
    ),
    re.compile(rf"\b(?P<name>{_NAME})(?: (?:and|&) {_NAME})? \(?(?:19|20)\d\d\b"),
    re.compile(rf"\b(?P<name>{_NAME})'s? (?:[\w-]+ ){{0,3}}?{_STUDY}\b"),
    re.compile(rf"\b{_STUDY} (?:of|by|from|led by) {_TITLE}(?P<name>{_NAME}) (?:and|&) {_NAME}\b"),
    re.compile(rf"\b{_STUDY} (?:by|led by) {_TITLE}(?P<name>{_NAME})\b"),
)  # fmt: skip
_ACRONYM: Final = re.compile(
    rf"\b(?P<name>[A-Z][A-Z0-9]{{2,}}(?:-[A-Z0-9]+)*|[A-Z][a-z]*[A-Z][A-Za-z]+|{_NAME})[- ](?P<kind>[Tt]rial|"
    rf"[Ss]tudy|[Rr]egistry|RCT)\b"
)
_GUIDANCE: Final = re.compile(
    rf"\b(?:the )?(?P<name>(?:[A-Z][A-Z0-9]+|{_NAME})(?: (?:of|for|on|and|the|[A-Z][A-Z0-9]+|"
    rf"{_NAME})){{0,9}})(?:'s)? (?:[a-z]+ )?"
    r"(?:guidelines?|guidance|consensus|recommends?|recommendations?|endorses?|advises?|(?:position )?statement|"
    r"(?:position|white) paper|quality standards?|code of practice|"
    r"task force|technology appraisal)\b"
)
_BODY: Final = re.compile(
    r"\b(?:NICE|EMA|MHRA|CE[- ]mark\w*|European Medicines Agency|SIGN|TGA|PMDA|Health Canada|WHO|CDC|BPS|INS|"
    r"British Pain Society|American Pain Society|European Pain Federation|Royal Colleges?|Faculty of Pain\w*|"
    r"NACC|ASIPP|ESRA|AAN|EAN|SIP|TA159)\b"
)
_APPROVAL: Final = re.compile(
    r"\b(?:FDA|Food and Drug Administration)\b|\b(?:licen[cs]ed|approved|cleared|authori[sz]ed|approval|licence)\b"
)
_YEAR: Final = re.compile(r"(?<![\w./-])(?:19|20)\d\d(?![\w%/]|\s*(?:patients|people|mg|Hz))")
_EVIDENCE: Final = re.compile(
    rf"\b(?:{_STUDY}|trials|reviews|guidelines?|guidance|evidence|published|publication|update[ds]?|consensus|"
    rf"research|showed|found|confirm\w*|approv\w*)\b",
    re.IGNORECASE,
)
_BRAND: Final = re.compile(
    r"®|™|\b(?P<name>[A-Z][a-z]+[A-Z][A-Za-z]+|[A-Z][a-z]+-\d+|[A-Z]{3,}-?\d+)(?:-\d+)?\b(?= (?:device|system|"
    r"stimulator|"
    r"implant|lead|platform|catheter|kit|pump|needle))|"
    r"\b(?:sold|marketed|branded|distributed) (?:as|under the name(?: of)?) [\"']?[A-Z]\w+"
)
_SIGNED: Final = re.compile(r"(?:\b[A-Z]\.|\b(?:Dr|Mrs?|Ms|Prof|Sister|Nurse)\.?)\s?$")
_LONGEST_TITLE: Final = 8
_TOLD: Final = re.compile(
    r"\b(?:the|this) (?:review|article|paper|author)'s\b|"
    r"\b(?:the|this) (?:review|article|paper|author|text)\b[^.;:]{0,25}?\b(?:describes?|requires?|recommends?|"
    r"advises?|lists?|gives?|proposes?|mentions?|reports?|quotes?|cites?|sets?)\b|"
    r"\b(?:according to|as reported in|as stated in|per) (?:the|this) (?:review|article|paper|author)\b",
    re.IGNORECASE,
)
# How much of what is put in the review's mouth a statement must carry at least, and how much there must be to judge by.
_CARRIED: Final = 0.4
# What a word counts for that no statement has.
_STRANGE: Final = 5.0
_ENOUGH: Final = 12.0
_BESIDE: Final = 40
_LAST_YEAR: Final = 2021
_COMPLICATIONS: Final = frozenset({"complication", "horner_syndrome"})
_APPROVED: Final = frozenset({"temporary_pns", "pns"})
# Capitalised words before "trial" or "guideline" that name no one: beginnings of sentences, kinds, countries.
_PLAIN: Final = frozenset(
    "it he she we they i you there here what who let "
    "a an the this that these those such one two three four five no any some each every both all other another "
    "most many several few his her their its your our "
    "my in of for on at by with from after before since as if when where while and but or so then than to is are "
    "was not only also even later earlier recent "
    "small large first second third last main key new old randomised randomized controlled prospective "
    "retrospective double blind crossover pilot cohort case "
    "clinical medical systematic published follow local hospital unit trust departmental national international "
    "european american us uk dutch north american "
    "multicentre multicenter single stimulation external screening temporary successful failed permanent january "
    "february march april may june july august "
    "september october november december spring summer autumn winter expert current specialist consensus "
    "resuscitation treatment practice evidence review "
    "use follow see consult check neuropathic pain guidelines guideline society association academy college "
    "institute".split()
)  # fmt: skip


def fabricated(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on what is nowhere in the review or its reference list."""
    for unit in document.units:
        if unit.is_question or says_silence(unit) or corrects_error(unit):
            continue
        for rule, span in _faults(unit):
            if not denied_at(unit, span[0]):
                named = unit.text[span[0] : span[1]].strip()
                yield finding(rule, document, unit, span, detail=f"Not found: {named!r}.")


def _faults(unit: Unit) -> Iterator[tuple[str, tuple[int, int]]]:
    yield from (("FAB-1", span) for span in _unknown_authors(unit.text))
    yield from (("FAB-2", match.span()) for match in _ACRONYM.finditer(unit.text) if not _is_known_study(match["name"]))
    yield from (("FAB-3", span) for span in _years(unit))
    yield from (("FAB-4", span) for span in _guidance(unit.text))
    yield from (("FAB-5", span) for span in _approvals_and_brands(unit))
    if _TOLD.search(unit.text) and _is_unheard_of(unit):
        yield "FAB-6", (0, len(unit.text))
    yield from (("FAB-7", span) for span in _rates(unit))
    yield from (("FAB-8", span) for span in invented(unit.text))
    yield from (("FAB-9", span) for span in surveyed(unit))
    yield from (("FAB-10", span) for span in unreported(unit))


def _unknown_authors(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _AUTHORED:
        for match in pattern.finditer(text):
            if not (_is_author(match["name"]) if pattern is _AUTHORED[0] else _is_known(match["name"])):
                yield match.span()


def _years(unit: Unit) -> Iterator[tuple[int, int]]:
    """Years of evidence that the review can't know, or that none of its references has."""
    if not _EVIDENCE.search(unit.text):
        return
    for match in _YEAR.finditer(unit.text):
        beside = unit.text[max(0, match.start() - _BESIDE) : match.end() + _BESIDE]
        known = [years for name, years in _years_of().items() if re.search(rf"\b{name}\b", beside)]
        years = frozenset().union(*known) if known else _all_years()
        if int(match.group()) not in years and _EVIDENCE.search(beside):
            yield match.span()


@lru_cache(maxsize=1)
def _all_years() -> frozenset[int]:
    return frozenset({reference.year for reference in load().references.values()} | {_LAST_YEAR})


@lru_cache(maxsize=1)
def _years_of() -> dict[str, frozenset[int]]:
    """Years of the works of each author or body whose name is unlike a word."""
    found: dict[str, set[int]] = {}
    for reference in load().references.values():
        families = [str(author["family"]) for author in reference.csl["author"] if len(author["family"]) > 4]
        bodies = re.findall(r"\b(?:EFNS|NeuPSIG|Cochrane)\b", reference.formatted)
        for name in (*families, *bodies):
            found.setdefault(name, set()).add(reference.year)
    return {re.escape(name): frozenset(years) for name, years in found.items()}


def _rates(unit: Unit) -> Iterator[tuple[int, int]]:
    """Percentages given for a complication, or put in the review's mouth, that no statement has."""
    corpus = load()
    broader = corpus.with_broader(name for name in unit.concepts if name in corpus.concepts)
    is_rate = bool(broader & _COMPLICATIONS or _TOLD.search(unit.text)) and not any(
        corpus.concepts[name].kind == "study" for name in broader
    )
    for number in unit.numbers if is_rate else ():
        if number.unit == "percent" and number.value not in _percentages():
            yield number.start, number.end


@lru_cache(maxsize=1)
def _percentages() -> frozenset[float]:
    """Every typed percentage, and what it leaves of a hundred."""
    typed = [number for item in load().statements for number in item.numbers if number.unit == "percent"]
    values = {value for number in typed for value in (number.value, number.upper) if value is not None}
    return frozenset(values | {100 - value for value in values})


def _guidance(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _BODY.finditer(text))
    for match in _GUIDANCE.finditer(text):
        named = [word for word in re.findall(r"[A-Za-z][\w-]+", match["name"]) if word[0].isupper()]
        if not match.start() and named and named[0].lower() in _prose():
            # "Strong recommendation, yes": a sentence begins with a capital, whatever its first word.
            named = named[1:]
        if not all(_is_known(word) for word in named):
            yield match.span()


_SIXTY_DAYS: Final = re.compile(r"60|\bsixty\b", re.IGNORECASE)


def _approvals_and_brands(unit: Unit) -> Iterator[tuple[int, int]]:
    corpus = load()
    for match in _APPROVAL.finditer(unit.text):
        if not unit.mentions or "review" in unit.concepts:
            continue
        named = corpus.with_broader(name for name in unit.concepts if name in corpus.concepts)
        if not _APPROVED & named and not _SIXTY_DAYS.search(unit.text):
            yield match.span()
    for mention in unit.mentions:
        is_maker = mention.id in ("brands_makers", "stimulator_comparison") and unit.text[mention.start].isupper()
        # "H. Brandt", who signs a letter.
        if is_maker and not _SIGNED.search(unit.text, max(0, mention.start - _LONGEST_TITLE), mention.start):
            yield mention.start, mention.end
    for match in _BRAND.finditer(unit.text):
        if not match["name"] or not _is_known(match["name"]):
            yield match.span()


def _is_unheard_of(unit: Unit) -> bool:
    """Whether next to nothing of what is put in the review's mouth is in any statement."""
    said = tokens(unit.text)
    unknown = {word.folded for word in words(unit.text) if len(word.text) > 4 and word.text.isalpha()} - _prose()
    whole = sum(map(weight, said))
    share = best(said).score * whole / (whole + _STRANGE * len(unknown) or 1)
    return whole >= _ENOUGH and share < _CARRIED and len(unknown) >= 3


def _is_known(name: str) -> bool:
    """Whether a capitalised word is an author of the list, a word of the corpus, or no name at all."""
    bare = name.removesuffix("'s")
    if bare.lower() in _PLAIN or bare in _capitalised():
        return True
    return any(not mention.corrected and mention.id in load().concepts for mention in lexicon().find(words(name)))


def _is_author(name: str) -> bool:
    """Whether somebody with colleagues is an author of the list, or a word that names nobody."""
    bare = name.removesuffix("'s")
    return bare.lower() in _PLAIN or bare in _families() or fold(bare) in _prose()


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    """Families of the reference list, with and without "van" and "de"."""
    listed = [str(author["family"]) for item in load().references.values() for author in item.csl["author"]]
    return frozenset({*listed, *(name.split()[-1] for name in listed)})


def _is_known_study(name: str) -> bool:
    """As _is_known, but a name in capitals is no word: PAINFREE is not "pain free"."""
    if any(is_condition(mention.id) for mention in lexicon().find(words(name))):
        return True
    return name in _capitalised() or name.lower() in _PLAIN if name.isupper() and len(name) > 3 else _is_known(name)


@lru_cache(maxsize=1)
def _capitalised() -> frozenset[str]:
    """Every capitalised word of statements, vocabulary and reference list."""
    corpus = load()
    told = [item.text for item in corpus.statements]
    told += [term for item in corpus.concepts.values() for term in (item.label, *item.terms)]
    listed = [f"{item.formatted} {item.csl.get('container-title', '')}" for item in corpus.references.values()]
    return frozenset(word for text in (*told, *listed) for word in re.findall(r"[A-Z][\w'-]*\w", text))


@lru_cache(maxsize=1)
def _prose() -> frozenset[str]:
    prose = " ".join(text for item in load().statements for text in (item.text, *item.questions))
    return frozenset(word.folded for word in words(prose))
