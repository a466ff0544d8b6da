"""Treatments that no list knows, by how they are directed and by the form of their names: "try laser acupressure"."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.units import Unit

_DIRECTING: Final = (
    r"(?:(?:^|[.;:,>→]\s*|\b(?:then|next|and|or|please|to|can|could|should|may|might|would|must|will|i'd|i'll|we|you|"
    r"i|instead|"
    r"either|also|simply|rather)\s+)(?:offer|begin|commence|give|add|try|consider|refer(?: (?:him|her|them|on|"
    r"the patient))? for|"
    r"start|book|arrange|prescribe|inject|perform|choose|opt for|go for|order|recommend|suggest|propose|"
    r"switch(?: \w+)? to|"
    r"move (?:on )?to|proceed (?:to|with)|turn to|resort to|use)(?: (?:him|her|them|the patient|patients))?|"
    r"\b(?:next|best|right|logical|sensible) (?:\w+ )?(?:step|move|option|choice|thing) (?:is|would be)|"
    r"\bstep \d+ ?[:.-]|→|->)"
)
# Forms of names: what is done ("laser therapy"), surgery ("-ectomy"), classes of drugs ("-caine").
_DONE: Final = (
    r"(?:therap(?:y|ies)|injections?|surgery|stimulation|patch(?:es)?|ablation|lesioning|laser|oil|supplements?|"
    r"vitamins?|diet|"
    r"tablets?|capsules?|cream|spray|implantation|grafting|transplant\w*|irradiation|baths?|needling|manipulation|"
    r"tapping|"
    r"[a-z]{3,}(?:ectomy|otomy|plasty|olysis|odesis|toxin|opathy|puncture))"
)
_DRUG: Final = (
    r"[a-z]{2,}(?:caine|zepam|olam|olol|sartan|statin|mab|cillin|mycin|oxetine|ipramine|triptyline|gabalin|gabatin|"
    r"codone|morphone|orphan|phylline|onidine|idomide|oxacin|asone|isone|profen|coxib|setron|triptan|dipine|zosin|"
    r"dronate|"
    r"barbital|azine|trigine|amate|bidiol|binol|tadine|adol)"
)
_UNKNOWN: Final = re.compile(
    rf"{_DIRECTING} (?:(?:an?|the|some|her|his|their|regular|daily|further|low-dose|(?:trial|course|series|"
    rf"session)s? of) ){{0,4}}"
    rf"(?P<name>(?:[a-z][a-z-]* ){{0,3}}?(?:{_DONE}|{_DRUG}))\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(rf"[a-z]{{3,}}(?:ectomy|otomy|plasty|olysis|odesis|toxin|puncture)|{_DRUG}", re.IGNORECASE)
_CALLED: Final = re.compile(r"[^.;]{0,80}\b(?:called|known as|named|that is,?|i\.e\.) (?:an? |the )?", re.IGNORECASE)
_GRAVE: Final = re.compile(
    rf"(?:surgery|injections?|infusions?|lesioning|ablation|implantation|transplant\w*|irradiation|ectomy|otomy|"
    rf"plasty|olysis|"
    rf"odesis|toxin|{_DRUG})$",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(r"\b(?:not|never|[a-z]*n't|no|rather than|instead of)\b", re.IGNORECASE)
# Words that make no name of a treatment: "another therapy", "the same injection", "less invasive therapy".
_PLAIN: Final = frozenset(
    (
        "another other others further same such this that these those any more next new first second alternative "
        "invasive "
        "invasively less interventional drug drugs medical conservative conventional initial multimodal individual "
        "pain local "
        "topical oral active all both each either specific targeted appropriate suitable different usual standard "
        "regional her "
        "his their the a an of it them image-guided sympathetic peripheral nerve spinal cord permanent temporary "
        "percutaneous "
        "repeat trial low-dose early later combined stimulation therapy treatment"
    ).split()
)


def unknown_treatment(unit: Unit) -> tuple[int, int] | None:
    """Span of a treatment that is directed and that neither the vocabulary nor the list of outside things has."""
    for match in _UNKNOWN.finditer(unit.text):
        start, end = match.span("name")
        known = any(item.start < end and start < item.end for item in unit.mentions)
        denied = _DENIED.search(unit.text[max(0, match.start() - 20) : start])
        if not (known or denied or _is_plain(match["name"]) or _is_called(unit, end)):
            return start, end
    return None


def _is_called(unit: Unit, at: int) -> bool:
    """Whether what is directed is named right after as something known: "an injection beside the spine, called X"."""
    called = _CALLED.search(unit.text, at)
    return bool(called) and any(item.start >= called.end() for item in unit.mentions if called)


def is_grave(name: str) -> bool:
    """Whether it is a drug, surgery or injection by its name, not a cream or a tape."""
    return bool(_GRAVE.search(name))


def _is_plain(name: str) -> bool:
    """Whether words make no name: "another therapy"; a word such as "thalamotomy" is one by itself."""
    *before, last = name.lower().split()
    return all(word in _PLAIN for word in before) and not _NAME.fullmatch(last)
