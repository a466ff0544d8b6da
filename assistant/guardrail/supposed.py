"""What a text only supposes against the fact, or grants in order to gainsay it: it claims nothing by saying so.

"Had the stimulator come first, the trial could not have shown this", "it may look like an opener, yet ...".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from assistant.guardrail.order_words import FAILED
from assistant.guardrail.units import Document, Unit, remade

# An inverted condition with what would follow from it, up to the end of the clause; "were X to ..." is a real one.
_CONTRARY: Final = re.compile(
    r"(?:^|(?<=[;:] ))\W{0,4}(?:but |and |so |now )?(?:had (?!to\b|enough\b)|were (?!to\b))"
    r"(?P<if>[^,;.?]{3,140}), (?P<then>[^;.?]*\b(?:would|could|might)\b[^;?]*)",
    re.IGNORECASE,
)
# "If SCS were less invasive, ...": contrary to the fact where the text goes on with how it is.
_UNREAL: Final = re.compile(
    r"(?:^|(?<=[;:] ))\W{0,4}(?:but |and |so |now )?(?:only )?if (?P<if>[^,;.?]{3,140}\bwere (?!to\b)[^,;.?]{2,100}),? "
    r"(?P<then>[^;.?]*\b(?:would|could|might)\b[^;?]*)",
    re.IGNORECASE,
)
# "If she had ..., SCS might have been tried."
_UNREAL_PAST: Final = re.compile(
    r"(?:^|(?<=[;:] ))\W{0,4}(?:but |and |so |now )?(?:only )?if (?P<if>[^,;.?]{3,140}\bhad (?!to\b)[^,;.?]{2,100}),? "
    r"(?P<then>[^;.?]*\b(?:would|could|might) (?:not |never |well )?have\b[^;?]*)",
    re.IGNORECASE,
)
_AS_IT_IS: Final = re.compile(
    r"[\W_]*(?:but |yet |however,? |in fact,? |in reality,? |as it is,? |since |as (?!soon|long))?(?:it|they|"
    r"that|this|he|"
    r"she|there|the \w+|[\w-]+)(?:'s|'re| is| are| was| were| has| does| do)\b",
    re.IGNORECASE,
)
# Whoever is supposed to be the patient or the writer supposes nothing of the treatment.
_PERSON: Final = re.compile(
    r"\b(?:i|we|it (?:me|up to)|(?:he|she|this|it|they) (?:my|mine|our|ours|to ask|asked)|you)\b", re.IGNORECASE
)
# What would have been: no advice to anybody.
_PAST: Final = re.compile(r"\b(?:would|could|might) (?:not |never |well )?have\b", re.IGNORECASE)
_FAILING: Final = re.compile(rf"\b{FAILED}|\b(?:no|not|without|in vain)\b", re.IGNORECASE)
# What speaks for the thing supposed: "would have been spared", "would be better off".
_FOR_IT: Final = re.compile(
    r"\b(?:spar(?:ed?|ing)|sav(?:ed?|ing)|avoid\w*|better|best|faster|sooner|quicker|cured?|free of|gone|right|proper|"
    r"well|helped|safe|relieved|should)\b",
    re.IGNORECASE,
)
# What somebody may take a thing for, before the text says what it is.
_APPARENT: Final = re.compile(
    r"(?:^|(?<=[;:.] ))[^;:.?]{0,90}\b(?:may|might|can|could) (?:well )?(?:look|seem|sound|appear|feel|strike)\b"
    r"[^;.?]{2,90}[,;] (?=(?:yet|but)\b)",
    re.IGNORECASE,
)


def without_supposed(document: Document) -> Document:
    """The document with blanks for what its text only supposes; offsets stay, and units that say no more go."""
    units = document.units
    following = [*(unit.text for unit in units), ""][1:]
    kept = (_claimed(unit, after) for unit, after in zip(units, following, strict=True))
    return replace(document, units=tuple(unit for unit in kept if any(map(str.isalnum, unit.text))))


def _claimed(unit: Unit, following: str) -> Unit:
    text = unit.text
    for pattern in (_CONTRARY, _UNREAL_PAST, _UNREAL, _APPARENT):
        for match in pattern.finditer(unit.text):
            if pattern is _APPARENT or _is_supposed(match, following, is_sure=pattern is not _UNREAL):
                text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return unit if text == unit.text else remade(unit, text)


def _is_supposed(match: re.Match[str], following: str, *, is_sure: bool) -> bool:
    """Whether a condition is contrary to the fact, and the text does not recommend what it supposes."""
    is_past = bool(_PAST.search(match["then"]))
    if (_PERSON.search(match["if"]) and not is_past) or _FAILING.search(match["if"]) or _FOR_IT.search(match["then"]):
        return False
    rest = match.string[match.end() :].lstrip(" ;:.")
    return is_sure or bool(_AS_IT_IS.match(rest or following))
