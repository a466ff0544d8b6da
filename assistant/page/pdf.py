"""The Markdown of an exported conversation as PDF, its marks and addresses as links; no Streamlit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from fpdf import FPDF

from assistant.answering.cite import REVIEW_MARK
from assistant.page.markup import MARK
from assistant.page.wording import REVIEW_LINK

# The heading below which each reference has a line that begins with its number in bold.
REFERENCES: Final = "## References"
# What the built-in fonts have no sign for, in signs that they have.
_PLAIN: Final = str.maketrans({"≥": ">=", "≤": "<=", "→": "->", "−": "-", "\u00a0": " ", "\u202f": " "})
_ITEM: Final = re.compile(r"^- ")
_ENTRY: Final = re.compile(r"- \*\*(\d+)\.\*\*")
_DEFINITION: Final = re.compile(rf"{MARK.pattern}: (?:https?://|#)\S+$")
_ESCAPED: Final = re.compile(r"\\([\\`*_\[\]</.])")
# Of a line of Markdown: what is bold, a mark, or an address.
_PARTS: Final = re.compile(rf"(\*\*\[[^\]]+\]\*\*|\*\*.+?\*\*|(?<!\\){MARK.pattern}|<https?://[^\s>]+>)")
_INK: Final = (20, 20, 20)
_LINK_COLOUR: Final = (11, 85, 102)
_FOOT_COLOUR: Final = (90, 90, 90)
_FOOT_MM: Final = 13


class _Numbered(FPDF):
    """A PDF with the number of each page at its foot."""

    def footer(self) -> None:
        """Called for each page when it is full, or the last."""
        self.set_y(-_FOOT_MM)
        self.set_font("helvetica", "", 8)
        self.set_text_color(*_FOOT_COLOUR)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="C")


def printed(title: str, markdown: str, numbers: Sequence[int]) -> bytes:
    """The PDF; `numbers` are those of the references that are listed in it, each mark leading to its own.

    Definitions of links are left out; letters that the built-in fonts lack are written in plain ones, or as "?".
    """
    pdf = _Numbered()
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_title(_plain(title))
    pdf.set_lang("en-GB")
    pdf.set_auto_page_break(auto=True, margin=18)
    pdf.add_page()
    places = {number: pdf.add_link() for number in numbers}
    listing = False
    for line in markdown.splitlines():
        if _DEFINITION.match(line):
            continue
        listing = listing or line == REFERENCES
        if listing and (entry := _ENTRY.match(line)):
            pdf.set_link(places[int(entry[1])], y=pdf.get_y(), page=pdf.page_no())
        _write(pdf, line, places)
    return bytes(pdf.output())


def _write(pdf: FPDF, line: str, places: Mapping[int, int]) -> None:
    """One line of the Markdown that is written above."""
    level = len(line) - len(line.lstrip("#")) if re.match(r"#{1,3} ", line) else 0
    size, height = {0: (10, 5.2), 1: (16, 7), 2: (13, 7), 3: (11, 7)}[level]
    is_quoted = line.startswith("> ")
    text = _ITEM.sub("• ", line.lstrip("# ") if level else line.removeprefix("> "))
    if not text.strip():
        pdf.ln(2.5)
        return
    for at, part in enumerate(_PARTS.split(text)):
        is_bold = part.startswith("**") and at % 2 == 1
        pdf.set_font("helvetica", "B" if level or is_bold else "I" if is_quoted else "", size)
        for piece, link in _linked(part.strip("*") if is_bold else part, places, own=at % 2 == 1):
            pdf.set_text_color(*(_LINK_COLOUR if link else _INK))
            pdf.write(height, _plain(_ESCAPED.sub(r"\1", piece)), link)
    pdf.ln(height)


def _linked(part: str, places: Mapping[int, int], *, own: bool) -> list[tuple[str, str | int]]:
    """A part of a line in pieces, each with the address or the place in the PDF that it leads to, or ""."""
    if own and part == REVIEW_MARK:
        return [(part, REVIEW_LINK)]
    if own and part.startswith("<"):
        return [(part[1:-1], part[1:-1])]
    if not (own and MARK.fullmatch(part)):
        return [(part, "")]
    if part[1:-1].isdigit():
        return [(part, places.get(int(part[1:-1]), ""))]
    pieces = re.split(r"(\d+)", part)
    return [(piece, places.get(int(piece), "") if piece.isdigit() else "") for piece in pieces]


def _plain(text: str) -> str:
    return "".join(_letter(character) for character in text.translate(_PLAIN))


def _letter(character: str) -> str:
    try:
        character.encode("windows-1252")
    except UnicodeEncodeError:
        name = unicodedata.name(character, "")
        if name.startswith("GREEK") and " LETTER " in name:
            return name.split(" LETTER ")[1].split()[0].lower()
        plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
        return plain or "?"
    return character if character.isprintable() else " "
