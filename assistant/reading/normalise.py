"""Text as it was meant: entities, look-alike and invisible characters resolved, with offsets into the original."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Characters that stand for themselves, and a run of them or any other one.
_PLAIN: Final = frozenset(map(chr, range(32, 127)))
_RUN: Final = re.compile(r"[ -~]+|[^ -~]")
# Letters of other scripts that look Latin, as used to slip words past a filter or left by a keyboard switch.
_LOOKALIKE: Final = dict(
    zip(
        "АВЕКМНОРСТУХаеорсухіјѕѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνıɡ",
        "ABEKMHOPCTYXaeopcyxijsvABEZHIKMNOPTYXopvig",
        strict=True,
    )
)
_PUNCTUATION: Final = dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("“”„‟″«»", '"')
_BREAKS: Final = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` after normalising; its character i stands for original[offsets[i]:ends[i]]."""

    original: str
    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of `original` that became text[start:end]; an empty span stays empty."""
        end = min(end, len(self.text))
        if end <= start:
            at = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return at, at
        return self.offsets[start], self.ends[end - 1]


def normalise(original: str) -> Normalised:
    r"""Resolve entities, compatibility forms, look-alikes, dashes and quotes; drop invisible and control characters.

    Every white-space character becomes one space or, where it is a line break, "\n" ("\r\n" is one break); runs are
    kept, so that tables stay recognisable. Empty input gives an empty text.
    """
    characters: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    was_raised = False
    for start, end, piece, is_plain in _pieces(original):
        if is_plain:
            characters += piece
            offsets += range(start, end)
            ends += range(start + 1, end + 1)
            was_raised = False
            continue
        resolved = _resolve(piece)
        # "1½" and "10³" are not 11/2 and 103.
        is_raised = resolved[:1].isdigit() and not piece[0].isdecimal()
        if is_raised and not was_raised and characters and characters[-1].isdigit():
            resolved = (" " if "/" in resolved else "^") + resolved
        was_raised = is_raised
        for character in resolved:
            characters.append(character)
            offsets.append(start)
            ends.append(end)
    return Normalised(original, "".join(characters), tuple(offsets), tuple(ends))


def _pieces(original: str) -> list[tuple[int, int, str, bool]]:
    """(start, end, text, whether plain) of every entity, decoded, every run of plain and every other character."""
    pieces, at = list[tuple[int, int, str, bool]](), 0
    for entity in _ENTITY.finditer(original):
        pieces += _characters(original, at, entity.start())
        pieces.append((entity.start(), entity.end(), html.unescape(entity.group()), False))
        at = entity.end()
    return pieces + _characters(original, at, len(original))


def _characters(original: str, start: int, end: int) -> list[tuple[int, int, str, bool]]:
    runs = (match.span() for match in _RUN.finditer(original, start, end))
    return [(*run, original[slice(*run)], original[run[0]] in _PLAIN)
            for run in runs if original[run[0] : run[0] + 2] != "\r\n"]  # fmt: skip


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
    if character in _BREAKS:
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\x1f":
        return " "
    return "" if category in ("Cc", "Cf", "Mn", "Cs", "Co") else character
