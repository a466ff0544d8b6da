"""The review's own text, cleaned of its printing and scanning defects.

`clean` turns the text of Chin 2021 into sections, paragraphs and sentences whose ordinals the statements of
`corpus/statements` cite. The defects are listed one by one below, each with its reason; nothing else is changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.errors import IngestError

DOI: Final = "10.17925/USN.2021.17.1.16"

SECTIONS: Final = (
    "Abstract",
    "Introduction",
    "Changes in the periphery",
    "Central sensitization",
    "Sympathetically maintained pain",
    "Rational approach to interventions when conventional pharmacotherapy fails",
    "Sympathetic blocks",
    "Stellate ganglion block",
    "Lumbar sympathetic block",
    "Who may benefit from sympathetic blocks?",
    "Sedation during procedures",
    "N-methyl-D-aspartate receptor antagonists",
    "How may ketamine be helpful in neuropathic pain?",
    "What are the issues with ketamine?",
    "Neuromodulation",
    "Spinal cord stimulation",
    "Who may benefit from spinal cord stimulation?",
    "Peripheral nerve stimulation",
    "Peripheral nerve stimulation: evidence and forward-looking perspective",
    "Discussion",
)


@dataclass(frozen=True, slots=True)
class Repair:
    """One defect of the print: a pattern that must occur, what replaces it, and why."""

    pattern: str
    replacement: str
    why: str


# A mark is held as «1,2» from here on, so that a number in running text is never taken for a reference.
REPAIRS: Final = (
    Repair(r"regional syndrome\. These", "regional pain syndrome. These", "the word 'pain' is missing"),
    Repair(r"Mechanisms leading to \w+ \w+ (Changes in the periphery)", r"\1", "two headings on one line"),
    Repair(r"Ketamine infusions (N-methyl-D-aspartate receptor antagonists)", r"\1", "two headings on one line"),
    Repair(r"surgical sympathetic toxicity with", "surgical sympathetic […]. […] toxicity with", "a line is lost"),
    Repair(r"process\.²³ before more", "process,«23» before more", "a stray full stop cuts the order in two"),
    Repair(r"North et al\.,⁵⁰", "North et al., 50", "50 patients, not reference 50: 24 + 26"),
    Repair(r"Kemler et al\.,⁵⁴", "Kemler et al., 54", "54 patients, not reference 54"),
    Repair(r"area of pain, 25 is", "area of pain,«25» is", "a reference set as running text"),
    Repair(r"\$\^\{\\rm (\d+)\}\$", r"«\1»", "LaTeX left by the scan"),
    Repair(r"\\geq\s*", "≥", "LaTeX left by the scan"),
    Repair(r"There were no [a-z ]+ reported\. (?=There was no need)", "", "printed twice"),
    Repair(r"(?<=[a-z)])\.(\d{2}(?:,\d{2})?)(?=\s|$)", r".«\1»", "superscripts glued to the text"),
)

# Share of the headings that a copy has, even where an extraction breaks some of them.
_HEADINGS_FOUND: Final = 0.8
_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_CAPTION: Final = re.compile(r"^(Figure \d|Box \d): ")
_ENDS: Final = re.compile(r"[.?!:][)\"”»\d«,\-–\s]*$")
_MARK: Final = re.compile(r"\s*«([\d,\-–]+)»")
# A full stop that ends no sentence: "et al." before a comma or a name, and "e.g.".
_SENTENCE_END: Final = re.compile(r"(?<!et al)(?<!e\.g)(?<!i\.e)[.?!](?:\s*«[\d,\-–]+»)?(?=\s+[A-Z\[«]|\s*$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text` without marks; `references` as printed, ascending."""

    text: str
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a section; `name` is its ordinal from 1, or "Box 1", "Figure 1"."""

    name: int | str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section under its printed heading."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


def is_article(text: str) -> bool:
    """Whether `text` is the review itself, by its DOI and its headings; a paper that cites it has the DOI too."""
    plain = " ".join(text.lower().split())
    found = sum(heading.lower() in plain for heading in SECTIONS)
    return DOI.lower() in plain and found >= _HEADINGS_FOUND * len(SECTIONS)


def clean(text: str) -> tuple[Section, ...]:
    """The review as sections in printed order; raises IngestError naming what was not found."""
    blocks = _rejoin([block for block in re.split(r"\n\s*\n", _mend(_body(text))) if block.strip()])
    sections: list[Section] = []
    heading, paragraphs = "Abstract", list[Paragraph]()
    for block in blocks:
        following = _next_heading(block, heading)
        if following:
            sections.append(Section(heading, tuple(paragraphs)))
            heading, paragraphs = following, []
        else:
            paragraphs.append(_paragraph(block, paragraphs))
    sections.append(Section(heading, tuple(paragraphs)))
    missing = [name for name in SECTIONS if name not in {section.heading for section in sections}]
    if missing:
        raise IngestError(f"the article's text: headings not found: {', '.join(missing)}; is the text complete?")
    return tuple(sections)


def _body(text: str) -> str:
    """Abstract and running text, without front matter and reference list."""
    parts = []
    for opening, closing in (
        ("The International Association for the Study of Pain defines", "\nKeywords"),
        ("Neuropathic pain arises from", "- 1. Colloca"),
    ):
        start = text.find(opening)
        end = text.find(closing, start)
        if start < 0 or end < 0:
            raise IngestError(f"the article's text: no passage from {opening!r} to {closing.strip()!r}")
        parts.append(text[start:end])
    return "\n\nIntroduction\n\n".join(parts)


def _mend(text: str) -> str:
    for repair in REPAIRS:
        text = re.sub(repair.pattern, repair.replacement, text)
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*", lambda m: f"«{m.group().translate(_SUPERSCRIPT)}»", text)
    text = re.sub(r"\^\{([\d,–\-]+)\}", r"«\1»", text)
    return text.replace("*", "")


def _rejoin(blocks: list[str]) -> list[str]:
    """Blocks with sentences cut by captions and page breaks made whole; captions stand after them."""
    whole: list[str] = []
    open_at: int | None = None
    for block in (re.sub(r"\s+", " ", block).strip() for block in blocks):
        if open_at is not None and not _CAPTION.match(block):
            whole[open_at] += " " + block
            open_at = None if _ENDS.search(block) else open_at
            continue
        whole.append(block)
        is_text = not _CAPTION.match(block) and block not in SECTIONS and not _is_box(whole)
        if is_text and open_at is None and not _ENDS.search(block):
            open_at = len(whole) - 1
    return whole


def _is_box(blocks: list[str]) -> bool:
    """Whether the last block is the list under a box's caption."""
    return len(blocks) > 1 and blocks[-2].startswith("Box ")


def _next_heading(block: str, heading: str) -> str | None:
    position = SECTIONS.index(heading) + 1
    return block if position < len(SECTIONS) and block == SECTIONS[position] else None


def _paragraph(block: str, before: list[Paragraph]) -> Paragraph:
    caption = _CAPTION.match(block)
    if caption:
        return Paragraph(caption.group(1), (Sentence(block[caption.end() :]),))
    if before and str(before[-1].name).startswith("Box") and len(before[-1].sentences) == 1 and "." not in block[-1]:
        box = before.pop()
        return Paragraph(box.name, (*box.sentences, Sentence(block)))
    ordinal = sum(isinstance(paragraph.name, int) for paragraph in before) + 1
    return Paragraph(ordinal, split(block))


def split(paragraph: str) -> tuple[Sentence, ...]:
    """The sentences of one cleaned paragraph whose marks stand as «1,2»."""
    sentences, start = [], 0
    for end in _SENTENCE_END.finditer(paragraph):
        sentences.append(_sentence(paragraph[start : end.end()]))
        start = end.end()
    if paragraph[start:].strip():
        sentences.append(_sentence(paragraph[start:]))
    return tuple(sentences)


def _sentence(marked: str) -> Sentence:
    numbers: set[int] = set()
    for mark in _MARK.findall(marked):
        for part in mark.replace("–", "-").split(","):
            first, _, last = part.partition("-")
            numbers.update(range(int(first), int(last or first) + 1))
    return Sentence(_MARK.sub("", marked).strip(), tuple(sorted(numbers)))
