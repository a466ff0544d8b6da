"""A sentence that stays true: other wordings for what it names, other ways to write its figures, other formatting."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from assistant.entries import Statement
from assistant.evaluation.mutation.exceptions import load_exceptions
from assistant.evaluation.mutation.variants import Variant

# Of the wordings that a sentence could have, so many are tried.
_MOST: Final = 3
_WORDS: Final = "zero one two three four five six seven eight nine ten eleven twelve".split()
_AMERICAN: Final = (
    ("randomis", "randomiz"), ("anaesth", "anesth"), ("ischaem", "ischem"), ("haemat", "hemat"), ("oesoph", "esoph"),
    ("fibre", "fiber"), ("centre", "center"), ("tumour", "tumor"), ("sensitis", "sensitiz"), ("organis", "organiz"),
)  # fmt: skip


def synonyms(statement: Statement, seed: int) -> Iterator[Variant]:
    """The sentence with one thing named otherwise throughout; at most three, chosen by seed and statement."""
    found = [
        Variant("synonym", statement.id, text, f"{one} -> {other}", is_true=True)
        for one, other, text in _renamed(statement.text)
    ]
    picks = random.Random(f"{seed} {statement.id}").sample(range(len(found)), min(_MOST, len(found)))
    yield from (found[at] for at in sorted(picks))


def formats(statement: Statement) -> Iterator[Variant]:
    """A sentence with typed numbers, written and formatted in other ways."""
    for name, work in _FORMATS.items() if statement.numbers else ():
        text = work(statement.text)
        if text != statement.text:
            yield Variant("format", statement.id, text, name, is_true=True)


def _renamed(text: str) -> Iterator[tuple[str, str, str]]:
    for wordings in load_exceptions().same:
        written = [wording for wording in wordings if _pattern(wording).search(text)]
        # "Spinal cord stimulation (SCS)" would name the same thing twice.
        if len(written) != 1 or _is_in_longer(written[0], text):
            continue
        for other in wordings:
            if other != written[0]:
                yield written[0], other, _pattern(written[0]).sub(_as(other), text)


def _is_in_longer(wording: str, text: str) -> bool:
    """Whether the wording stands in the text as a part of another one: "CRPS" in "CRPS type 1"."""
    longer = (other for same in load_exceptions().same for other in same if len(other) > len(wording))
    return any(_pattern(wording).search(other) and _pattern(other).search(text) for other in longer)


def _as(other: str) -> Callable[[re.Match[str]], str]:
    def written(match: re.Match[str]) -> str:
        new = other + ("s" if match["plural"] else "")
        return new[0].upper() + new[1:] if match.start() == 0 else new

    return written


@lru_cache(maxsize=256)
def _pattern(wording: str) -> re.Pattern[str]:
    """The wording as a whole word, in the plural too; an abbreviation in its own letters only."""
    flags = 0 if wording.isupper() else re.IGNORECASE
    return re.compile(rf"(?<![\w-]){re.escape(wording)}(?P<plural>s)?(?![\w-])", flags)


def _small_in_words(text: str) -> str:
    """Whole numbers up to twelve that stand before a noun in words: "6 months", "5 of 24"."""
    return re.sub(r"(?<![\w.–-])(\d{1,2})(?= [a-z])(?! mg)", lambda m: _word(m.group()), text)


def _word(digits: str) -> str:
    return _WORDS[int(digits)] if int(digits) < len(_WORDS) else digits


def _american(text: str) -> str:
    for british, american in _AMERICAN:
        text = text.replace(british, american).replace(british.capitalize(), american.capitalize())
    return text


_FORMATS: Final[Mapping[str, Callable[[str], str]]] = {
    "bold": lambda text: re.sub(r"\b([A-Za-z]{5,})\b", r"**\1**", text),
    "bold figures": lambda text: re.sub(r"(?<![\w.–-])(\d+%?)(?![\w.–-])", r"**\1**", text),
    "italic": lambda text: re.sub(r"\b([A-Za-z]{5,})\b", r"_\1_", text),
    "list item": lambda text: f"- {text}",
    "quotation": lambda text: f"> {text}",
    "&nbsp;": lambda text: text.replace(" ", "&nbsp;"),
    "no-break space": lambda text: re.sub(r"(?<=\d) (?=[a-z])", "\u00a0", text),
    "hard wraps": lambda text: textwrap.fill(text, 40, break_on_hyphens=False),
    "zero-width": lambda text: re.sub(r"(?<=[a-z])(?=[a-z]{2}\b)", "\u200b", text),
    "per cent": lambda text: re.sub(r"(?<=\d)%", " per cent", text),
    "spaced %": lambda text: re.sub(r"(?<=\d)%", " %", text),
    "small numbers in words": _small_in_words,
    "n/m": lambda text: re.sub(r"\b(\d+) of (\d+)\b", r"\1/\2", text),
    "n out of m": lambda text: re.sub(r"\b(\d+) of (\d+)\b", r"\1 out of \2", text),
    "ranges in words": lambda text: re.sub(r"(?<=\d)[–-](?=\d)", " to ", text),
    "American spelling": _american,
}
