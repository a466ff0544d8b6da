"""Text as Markdown that shows it as it is, and an answer's marks as links to their evidence."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import Final

from assistant.types import Citation

# Every character that starts something in Markdown, in Streamlit's directives, emoji codes or formulas.
_ACTIVE: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:&@=^])")
# The answer's own Markdown is bold, lists and paragraphs; images, links, HTML, code, formulas and directives are not.
_FOREIGN: Final = re.compile(r"([\\`\[\]<>!|~$:&@=^])")
# Where an address shows that it is one: the letters before "//", "www", and what stands before "@".
_ADDRESS: Final = re.compile(r"\bhttps?:(?=//)|\bwww(?=\.)|[-.\w+](?=@)", re.IGNORECASE)
MARK: Final = re.compile(r"\[(?:\d{1,3}(?:, \d{1,3})*|Chin 2021|[^\[\]\n]{1,40}, p\. ?\d{1,4})\]")
_WORD: Final = re.compile(r"[^\W_]+")
# A mark of reference numbers names its evidence; the review's own mark stands behind very different sentences, so the
# sentence must share this much of its words with the statement.
_SHARED: Final = 0.5


def as_text(text: str) -> str:
    """Markdown that shows `text` exactly, on one line: nothing in it is a link, an image, HTML or a formula."""
    return _ACTIVE.sub(r"\\\1", unlinked(" ".join(text.split())))


def unlinked(text: str) -> str:
    """The text with an invisible sign in each address, of which Markdown would make a link whatever is escaped."""
    return _ADDRESS.sub(lambda found: f"{found.group()}\u2060", text)


def with_links(text: str, citations: Sequence[Citation], link: Callable[[int], str]) -> tuple[str, tuple[int, ...]]:
    """An answer's Markdown with its marks as links, and which of the citations they lead to, in order of appearance.

    `link(i)` is the Markdown link target for `citations[i]`. A mark that no citation stands behind stays text; so
    does every other link, image or HTML in the answer.
    """
    parts: list[str] = []
    used: list[int] = []
    end = 0
    for found in MARK.finditer(text):
        before = text[end : found.start()]
        position = behind(found.group(), before, citations)
        parts.append(_FOREIGN.sub(r"\\\1", unlinked(before)))
        label = as_text(found.group())
        parts.append(label if position is None else f"[{label}]({link(position)})")
        used += [] if position is None else [position]
        end = found.end()
    parts.append(_FOREIGN.sub(r"\\\1", unlinked(text[end:])))
    return "".join(parts), tuple(dict.fromkeys(used))


def passage_html(sentences: Sequence[tuple[str, bool]]) -> str:
    """The article's sentences as HTML that shows them as they are, those that are the evidence marked."""
    said = " ".join(f"<mark>{html.escape(text)}</mark>" if own else html.escape(text) for text, own in sentences)
    return f'<blockquote class="passage">{said}</blockquote>'


def behind(mark: str, sentence: str, citations: Sequence[Citation]) -> int | None:
    """The position of the citation behind a mark: the one with that mark whose statement is most like the sentence."""
    words = _words(sentence)
    shares = {
        position: len(words & _words(citation.text)) / len(words) if words else 0.0
        for position, citation in enumerate(citations)
        if citation.mark == mark
    }
    if not shares:
        return None
    best = max(shares, key=lambda position: shares[position])
    return best if mark[1].isdigit() or shares[best] >= _SHARED else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
