"""Text as Markdown that shows it as it is, and an answer's marks as links to their evidence."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import Final

from assistant.answering.cite import REVIEW_MARK
from assistant.types import Citation

# Every character that starts something in Markdown, in Streamlit's directives, emoji codes or formulas.
_ACTIVE: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:&@=^])")
# The answer's own Markdown is bold, lists and paragraphs; images, links, HTML, code, formulas and directives are not.
_FOREIGN: Final = re.compile(r"([\\`\[\]<>!|~$:&@=^])")
# Where an address shows that it is one: the letters before "//", "www", and what stands before "@".
_ADDRESS: Final = re.compile(r"\bhttps?:(?=//)|\bwww(?=\.)|[-.\w+](?=@)", re.IGNORECASE)
MARK: Final = re.compile(r"\[(?:\d{1,3}(?:, \d{1,3})*|Chin 2021|[^\[\]\n]{1,40}, p\. ?\d{1,4})\]")
_KEPT_ACTIVE: Final = re.compile(r"[\\`*_\[\]<]|(?<=:)//|(?<=www)\.")
_BLANKS: Final = re.compile(r"[^\S\n]+")
# A sentence without a mark may stand before the one whose mark it is.
_SENTENCE_END: Final = re.compile(r"[.?!:]\s+(?=\S)|\n+(?=\S)")
_WORD: Final = re.compile(r"[^\W_]+")
# In place of a citation's position: the review as a whole stands behind the mark.
WHOLE: Final = -1
# A mark of reference numbers names its evidence; the review's own mark stands behind very different sentences, so the
# sentence must share this much of its words with the statement.
_SHARED: Final = 0.5


def as_text(text: str) -> str:
    """Markdown that shows `text` exactly, on one line: nothing in it is a link, an image, HTML or a formula."""
    return _ACTIVE.sub(r"\\\1", unlinked(" ".join(text.split())))


def unlinked(text: str) -> str:
    """The text with an invisible sign in each address, of which Markdown would make a link whatever is escaped."""
    return _ADDRESS.sub(lambda found: f"{found.group()}\u2060", text)


def harmless(text: str) -> str:
    """Markdown to keep as a file that shows the text, and is still read easily as it is: no image, link or HTML."""
    return _KEPT_ACTIVE.sub(r"\\\g<0>", text)


def as_lines(text: str) -> str:
    """Markdown that shows `text` as it is, as `as_text` does, but in its own lines; blanks at the ends stay."""
    return _ACTIVE.sub(r"\\\1", unlinked(_BLANKS.sub(" ", text))).replace("\n", "  \n")


def _own(text: str) -> str:
    """An answer's own Markdown, in which links, images, HTML, code and formulas are text."""
    return _FOREIGN.sub(r"\\\1", unlinked(text))


def with_links(
    text: str, citations: Sequence[Citation], link: Callable[[int], str], escaped: Callable[[str], str] = _own
) -> tuple[str, tuple[int, ...]]:
    """An answer's Markdown with its marks as links, and which of the citations they lead to, in order of appearance.

    `link(i)` is the Markdown link target for `citations[i]`, `link(WHOLE)` that for the review's own mark where none of
    them says what its sentence says. Reference numbers that no citation stands behind stay text; so does every other
    link, image or HTML in the answer, and a mark whose target is "". `escaped` makes what stands between
    the marks harmless.
    """
    parts: list[str] = []
    used: list[int] = []
    end = 0
    for found in MARK.finditer(text):
        before = text[end : found.start()]
        position = behind(found.group(), _SENTENCE_END.split(before)[-1], citations)
        parts.append(escaped(before))
        label = as_text(found.group())
        target = "" if position is None else link(position)
        parts.append(f"[{label}]({target})" if target else label)
        used += [position] if position is not None and target else []
        end = found.end()
    parts.append(escaped(text[end:]))
    return "".join(parts), tuple(dict.fromkeys(used))


def passage_html(sentences: Sequence[tuple[str, bool]]) -> str:
    """The article's sentences as HTML that shows them as they are, those that are the evidence marked."""
    said = " ".join(f"<mark>{html.escape(text)}</mark>" if own else html.escape(text) for text, own in sentences)
    return f'<blockquote class="passage">{said}</blockquote>'


def behind(mark: str, sentence: str, citations: Sequence[Citation]) -> int | None:
    """The position of the citation behind a mark: the one with that mark whose statement is most like the sentence.

    WHOLE for the review's own mark where none of them is like it, None for numbers that no citation carries.
    """
    words = _words(sentence)
    shares = {
        position: len(words & _words(citation.text)) / len(words) if words else 0.0
        for position, citation in enumerate(citations)
        if citation.mark == mark
    }
    best = max(shares, key=lambda position: shares[position], default=None)
    if mark == REVIEW_MARK and (best is None or shares[best] < _SHARED):
        return WHOLE
    return best


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
