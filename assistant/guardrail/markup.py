"""HTML in a text: its tags give way to blanks, line breaks and the marks of lists; every character keeps its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from assistant.reading import Normalised

_TAG: Final = re.compile(
    r"<(?P<close>/)?(?P<name>b|i|em|strong|u|p|br|hr|li|ol|ul|div|span|h[1-6]|table|thead|tbody|tr|td|th|sup|sub|mark|code|"
    r"pre)(?:\s[^<>]{0,80})?\s?/?>",
    re.IGNORECASE,
)
_BREAKING: Final = frozenset(
    {"p", "br", "hr", "div", "tr", "li", "ol", "ul", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_CELLS: Final = frozenset({"td", "th"})


def without_tags(normalised: Normalised) -> Normalised:
    """The same without tags; an item of an ordered list gets its number, any other a dash."""
    if "<" not in normalised.text or not _TAG.search(normalised.text):
        return normalised
    pieces, at, count = list[str](), 0, 0
    is_ordered = False
    for match in _TAG.finditer(normalised.text):
        name, width = match["name"].lower(), len(match.group())
        if name in ("ol", "ul"):
            is_ordered, count = name == "ol" and not match["close"], 0
        count += name == "li" and not match["close"]
        pieces += [normalised.text[at : match.start()], _mark(name, match["close"], count if is_ordered else 0, width)]
        at = match.end()
    return replace(normalised, text="".join((*pieces, normalised.text[at:])))


def _mark(name: str, close: str | None, number: int, width: int) -> str:
    """What stands in a tag's place, as long as the tag."""
    if name == "li" and not close:
        mark = f"\n{number}. " if 0 < number < 10 else "\n- "
    elif name in _CELLS:
        mark = "" if close else " | "
    else:
        mark = "\n" if name in _BREAKING else ""
    return mark.ljust(width)[:width]
