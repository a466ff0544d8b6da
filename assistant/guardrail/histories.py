"""What a text says of a patient's own history, against the record: tried or not, failed or not, answered or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.order_words import FAILED, UNTRIED
from assistant.guardrail.units import Unit, step_of
from assistant.patient import Patient

_HAD: Final = r"(?:had|tried|been given|been offered|received|used|undergone|been through|been tried on|attempted)"
_AGAIN: Final = re.compile(r"\b(?:again|repeat\w*|second|further|another|more|since then|recently|enough|fully)\b")
# Said not to have been tried, by the treatment or by the patient.
_OPEN: Final = (
    re.compile(rf"<(?P<x>[a-z|]+)>[^.;:<]{{0,60}}(?:\b|(?=n't)){UNTRIED}"),
    re.compile(rf"(?:\b(?:not|never)|n't)(?: yet| so far| even| ever)* {_HAD}\b[^.;:<]{{0,30}}<(?P<x>[a-z|]+)>"),
    re.compile(
        rf"\bwhat (?:\w+ ){{1,3}}(?:not|never)(?: yet| so far)* {_HAD}(?: yet| so far)? (?:is|are|would "
        rf"be)\b[^.;:<]{{0,20}}"
        r"<(?P<x>[a-z|]+)>"
    ),
    re.compile(r"\b(?:untried|unused|yet to (?:try|have|receive|undergo))\b[^.;:<]{0,20}<(?P<x>[a-z|]+)>"),
)
_UNTRIED: Final = re.compile(UNTRIED)
# The condition of "if, and only if, blocks have failed".
_ONLY_IF: Final = re.compile(r"\bif,? and only if,?[^.;:]{0,40}$")
# Said to have failed, as a fact.
_PAST: Final = re.compile(
    rf"<(?P<x>[a-z|]+)>[^.;:<]{{0,30}}\b(?:has|have|had|having|did|was|were|gave|brought|proved|hasn't|haven't|"
    rf"didn't|failed)"
    rf"[^.;:<]{{0,30}}?(?:\b|(?<=n't )|(?<=n't)){FAILED}|<(?P<y>[a-z|]+)> (?:failed|disappointed)\b|"
    rf"<(?P<w>[a-z|]+)> (?:is|are|were|lie)(?: all| both| now| already)* (?:behind (?:him|her|them|us|you)|exhausted|"
    rf"used up|spent|over and done with)\b|\b(?:failed|not "
    rf"responded "
    rf"to|n't responded to|exhausted|no relief from|nothing from)\b[^.;:<]{{0,20}}<(?P<z>[a-z|]+)>"
)
_CONDITION: Final = re.compile(
    r"\b(?:if|when|once|until|unless|should|after|provided|in case|whom|whose|where|before|whether|suppos\w+|assum\w+|"
    r"until|who|would|could|may|might|must|not clear|unless)\b"
)
_PERSON: Final = re.compile(
    r"\b(?:he|she|him|her|his|hers|this (?:man|woman|lady|gentleman|patient|boy|girl|case)|your patient|the patient|"
    r"mr|mrs|"
    r"ms|now that|by now|so far|already|is now|are now)\b|^\W*(?:as(?! (?:soon|long|and|far))|since|given that|"
    r"because|seeing that)\b"
)
_MAINTAINED: Final = re.compile(r"\bsympathetic(?:ally)?[- ]maintained\b")
_INDEPENDENT: Final = re.compile(r"\bsympathetic(?:ally)?[- ]independent\b")
_DENIED: Final = re.compile(
    r"\b(?:not|never|no|nor|rather than|against|unlikely|less than|below|under|short of|"
    r"50)\b|n't\b"
)
# Relief on one side of the half or the other.
_HALF: Final = 50
_RELIEF: Final = re.compile(r"\b(?:relief|respon\w+|improve\w+|pain (?:fell|dropped|was down|went down)|reduc\w+)\b")
_OVER: Final = re.compile(
    r"\b(?:over|above|more than|exceed\w*|beyond|past|better than|greater than|clear(?:s|ed)?|topp\w*|pass\w*|"
    r"at least)\b"
    r"[^.;,]{0,12}\b(?:50|half|fifty)\b"
)
_UNDER: Final = re.compile(
    r"\b(?:under|below|less than|short of|fewer than|not (?:quite |even )?(?:reach\w*|up to)|"
    r"miss\w*)\b[^.;,]{0,12}\b(?:50|half|"
    r"fifty)\b"
)


def contradictions(unit: Unit, masked: str, patient: Patient) -> Iterator[bool]:
    """One item for each claim that the record gainsays."""
    behind, untried = _steps((*patient.failed, *patient.brief)), _steps(patient.not_tried)
    if behind and not _AGAIN.search(masked):
        yield from (True for pattern in _OPEN for match in pattern.finditer(masked) if _all(match, behind, masked))
    if untried and _PERSON.search(masked):
        yield from (
            True
            for match in _PAST.finditer(masked)
            if not _UNTRIED.search(match.group()) and _any(match, untried, masked)
        )
    relief = patient.block_relief_percent
    if relief is None or not (_PERSON.search(masked) or re.search(r"\bth(?:is|e) pain\b", masked)):
        return
    wrong, right = (_MAINTAINED, _INDEPENDENT) if relief < _HALF else (_INDEPENDENT, _MAINTAINED)
    is_plain = not _CONDITION.search(masked) and not _DENIED.search(masked) and not right.search(masked)
    if (relief != _HALF and is_plain and wrong.search(masked)) or (
        _PERSON.search(masked) and _is_otherwise(masked, relief)
    ):
        yield True


def _is_otherwise(masked: str, relief: float) -> bool:
    """Whether relief is put on the other side of the half than the record has it."""
    if not _RELIEF.search(masked) or relief == _HALF:
        return False
    said, right = (_UNDER, _OVER) if relief > _HALF else (_OVER, _UNDER)
    match = said.search(masked)
    return bool(match) and not right.search(masked) and not _CONDITION.search(masked[: match.end() if match else 0])


def _all(match: re.Match[str], steps: frozenset[str], masked: str) -> bool:
    return _named(match) <= steps and not _is_supposed(match, masked)


def _any(match: re.Match[str], steps: frozenset[str], masked: str) -> bool:
    return bool(_named(match) & steps) and not _is_supposed(match, masked)


def _named(match: re.Match[str]) -> frozenset[str]:
    return frozenset(next(value for value in match.groupdict().values() if value).split("|"))


def _is_supposed(match: re.Match[str], masked: str) -> bool:
    start = max(masked.rfind(mark, 0, match.start()) for mark in ";:.,") + 1
    return bool(_CONDITION.search(masked[start : match.end()]) or _ONLY_IF.search(masked[: match.start() + 1]))


def _steps(concepts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(step for step in map(step_of().get, concepts) if step)
