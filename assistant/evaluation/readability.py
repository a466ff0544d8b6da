"""How hard a text is to read, from the lengths of its words and sentences alone.

No package is used: those that count syllables fetch a dictionary over the network when first called.
"""

from __future__ import annotations

import re

from assistant.reading import sentences

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
_LETTER = re.compile(r"[A-Za-z0-9]")


def grade(text: str) -> float | None:
    """The Automated Readability Index, years of school in the United States; None for a text without words.

    4.71 characters per word + 0.5 words per sentence - 21.43 (Smith and Senter, AMRL-TR-66-220, 1967).
    """
    words = _WORD.findall(text)
    spans = [span for span in sentences(text) if _WORD.search(span.text)]
    if not words or not spans:
        return None
    letters = sum(len(_LETTER.findall(word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(spans) - 21.43
