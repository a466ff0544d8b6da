"""Text as it was meant: entities, look-alike and invisible characters resolved, with offsets into the original."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Letters of other scripts that look Latin, as used to slip words past a filter or left by a keyboard switch.
_LOOKALIKE: Final = dict(
    zip(
        "АВЕКМНОРСТУХаеорсухіјѕѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνıɡ",
        "ABEKMHOPCTYXaeopcyxijsvABEZHIKMNOPTYXopvig",
        strict=True,
    )
)
_PUNCTUATION: Final = dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("“”„‟″«»", '"')


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` after normalising; `offsets[i]` is where its character i begins in `original`."""

    original: str
    text: str
    offsets: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of `original` that became text[start:end]; an empty span stays empty."""
        if end <= start:
            at = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return at, at
        after = self.offsets[end] if end < len(self.offsets) else len(self.original)
        return self.offsets[start], after


def normalise(original: str) -> Normalised:
    """Resolve entities, compatibility forms, look-alikes, dashes and quotes; drop invisible and control characters.

    Every white-space character becomes one space or, where it is a line break, "\\n"; runs are kept, so that tables
    stay recognisable. Empty input gives an empty text.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for start, piece in _pieces(original):
        for character in _resolve(piece):
            characters.append(character)
            offsets.append(start)
    return Normalised(original, "".join(characters), tuple(offsets))


def _pieces(original: str) -> list[tuple[int, str]]:
    """(offset, text) of every entity, decoded, and of every other character."""
    pieces, at = [], 0
    for entity in _ENTITY.finditer(original):
        pieces += [(i, original[i]) for i in range(at, entity.start())]
        pieces.append((entity.start(), html.unescape(entity.group())))
        at = entity.end()
    return pieces + [(i, original[i]) for i in range(at, len(original))]


def _resolve(piece: str) -> str:
    if piece.isascii() and piece.isprintable():
        return piece
    return "".join(_one(character) for character in unicodedata.normalize("NFKC", _fixed(piece)))


def _fixed(piece: str) -> str:
    # Before NFKC, which would turn some of these into a space and a combining mark.
    return "".join(_PUNCTUATION.get(character, character) for character in piece)


def _one(character: str) -> str:
    if character in _LOOKALIKE:
        return _LOOKALIKE[character]
    if character == "⁄":
        return "/"
    category = unicodedata.category(character)
    if character in "\n\r\u2028\u2029":
        return "\n"
    if category == "Zs" or character == "\t":
        return " "
    return "" if category in ("Cc", "Cf", "Mn", "Cs", "Co") else character
