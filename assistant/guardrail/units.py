"""A text as the guardrail reads it: units (sentences, list items, table rows) with their terms masked.

In a masked unit each treatment of the pathway stands as a placeholder such as <scs>, and treatments joined by commas,
"and", "or" as one: <block|ketamine>. So a pattern sees what is said of treatments in whatever words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.fragments import with_fragments
from assistant.guardrail.markup import without_tags
from assistant.guardrail.placeholders import COLLECTIVE, STEPS, join
from assistant.guardrail.retraction import retracted
from assistant.guardrail.wording import expanded, without_opener
from assistant.pathway import load_algorithm
from assistant.reading import Lexicon, Mention, Normalised, Number, normalise, numbers, sentences, words

_MARK: Final = re.compile(r"\[((?:\d{1,3})(?:\s*[,;–-]\s*\d{1,3})*)\]|\[Chin 2021\]")
# Emphasis as it stands against a word; a star or a line before a blank marks a list item and stays.
_EMPHASIS: Final = re.compile(r"(?<=\S)[*`]+|[*`]+(?=\S)|(?<![^\W_])_+|_+(?![^\W_])|(?<=\S ) +")
# The last cell of a row that says no to the rest of it: "| SCS before blocks | no |" is read "SCS before blocks: no".
_CELL_OF_NO: Final = re.compile(
    r"[ \t]?\|(?=[ \t]*(?:no|false|wrong|incorrect|untrue|myth|contradicted|unsupported|not supported|✗|❌)[ \t]*\|?"
    r"[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_MARKDOWN: Final = re.compile(r"[*_`#|]+|^\s*>+|^\s*[-•]\s+", re.MULTILINE)

# The key that a list of numbers stands under.
_KEY: Final = re.compile(r"\"([\w -]{1,40})\"\s*:\s*$")
_LONGEST_KEY: Final = 50
_OF_REFERENCES: Final = re.compile(r"ref|cit|source|mark|literature|bibl|evidence|paper", re.IGNORECASE)
# "x8/52" is a course of eight weeks.
_TIMES: Final = re.compile(r"(?<![^\s(,;])[x×](?=\d)")
# Words struck through, "~~so~~", are none of the text's; a dose among them can still be read off.
_STRUCK: Final = re.compile(r"~~(?=[^\s~])(?![^~]{0,400}?\d ?(?:mg|mcg|µg|g|ml)\b)[^~]{1,400}~~")

# A unit at the start of a list's item, its mark before it or its own.
_ITEM: Final = re.compile(r"(?:^|\n)[^\S\n]*(?:[-*•][^\S\n]+|\(?\d{1,2}[.)][^\S\n]*)[^\n]{0,4}$")


# Longer sentences are read in parts, so that no check's work on one grows with more than the length of the text. The
# longest statement of the review has 700 characters.
_LONGEST: Final = 800


@dataclass(frozen=True)
class Unit:
    """One sentence; offsets are those of the normalised text. `masked` is lower case with placeholders."""

    text: str
    start: int
    end: int
    masked: str
    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    marks: tuple[tuple[int, ...], ...]
    is_question: bool
    # It only reports what the text rejects.
    is_retracted: bool = False

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """Ids of the concepts and outside things named, in order."""
        return tuple(dict.fromkeys(mention.id for mention in self.mentions))


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A whole text: its normalised form and its units; each reading of a text is a document of its own."""

    normalised: Normalised
    units: tuple[Unit, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text."""
        return self.normalised.to_original(start, end)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Vocabulary and outside things together."""
    corpus = load()
    outside = {item.id: (item.label, *item.terms) for item in corpus.outside.values()}
    concepts = {item.id: (item.label, *item.terms) for item in corpus.concepts.values()}
    prose = " ".join(" ".join((statement.text, *statement.questions)) for statement in corpus.statements)
    return Lexicon({**outside, **concepts}, {word.text.lower() for word in words(prose)})


@lru_cache(maxsize=1)
def step_of() -> dict[str, str]:
    """Placeholder name of each concept that counts as a step of the pathway."""
    return {name: STEPS[item.id] for item in load_algorithm().interventions for name in (*item.includes, *item.forms)}


def read(text: str) -> Document:
    """The document that a text is; reads the same text once."""
    normalised = expanded(_without_emphasis(_without_struck(without_tags(normalise(text)))))
    answered = _CELL_OF_NO.sub(lambda match: ":".ljust(len(match.group())), normalised.text)
    clean = _MARKDOWN.sub(lambda match: " " * len(match.group()), answered)
    # Cut with the marks of lists and tables still there: they end an item, and are no part of what it says.
    marked = normalised.text.replace("•", "-")
    if "\n" in marked and not _is_list(marked):
        marked, clean = (re.sub(r"(?<=[^\n])\n(?=[^\n])", " ", each) for each in (marked, clean))
    whole = ((clean[start:end], start) for start, end in _sentences(marked))
    pieces = (part for piece, start in whole for part in _bounded(piece, start))
    written = ((piece, start) for piece, start in pieces if any(map(str.isalnum, piece)))
    joined = [(without_opener(piece), start) for piece, start in with_fragments(list(written))]
    units = [_unit(piece.strip(), start + len(piece) - len(piece.lstrip())) for piece, start in joined]
    return Document(normalised, _retracted(units, marked))


def _bounded(text: str, start: int) -> Iterator[tuple[str, int]]:
    """A sentence with its start; one that is too long in parts that end, where they can, behind a stop or a word."""
    while len(text) > _LONGEST:
        ends = (text.rfind(mark, _LONGEST // 2, _LONGEST) + 1 for mark in ";, ")
        end = next(filter(None, ends), _LONGEST)
        yield text[:end], start
        text, start = text[end:], start + end
    yield text, start


def _retracted(units: Sequence[Unit], text: str) -> tuple[Unit, ...]:
    """The units, those marked that only report what the text rejects."""
    items = [bool(_ITEM.search(text[max(0, unit.start - 12) : unit.start + 4])) for unit in units]
    marks = retracted([unit.text for unit in units], items)
    return tuple(replace(unit, is_retracted=True) if mark else unit for unit, mark in zip(units, marks, strict=True))


def _without_struck(normalised: Normalised) -> Normalised:
    """The same with blanks for words struck through; a text that is struck through whole stays as it is."""
    if "~~" not in normalised.text:
        return normalised
    text = _STRUCK.sub(lambda match: " " * len(match.group()), normalised.text)
    return replace(normalised, text=text) if any(map(str.isalnum, text)) else normalised


def _without_emphasis(normalised: Normalised) -> Normalised:
    """The same without marks of emphasis and double spaces; a space in their place would part "SCS" and a comma."""
    text, kept, at = normalised.text, list[int](), 0
    for match in _EMPHASIS.finditer(text):
        kept += range(at, match.start())
        at = match.end()
    if not at:
        return normalised
    kept += range(at, len(text))
    return Normalised(
        normalised.original,
        "".join(text[i] for i in kept),
        tuple(normalised.offsets[i] for i in kept),
        tuple(normalised.ends[i] for i in kept),
    )


# "B (if A fails) = sympathetic block": a line that is a label with its entry.
_LABELLED: Final = re.compile(r"\s*[A-Za-z0-9][\w ()'/-]{0,40}? ?[=:] ?\S.{0,100}$")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends; in a list of labels each line is read for itself."""
    at = 0
    for part in text.split("\n") if _is_of_labels(text) else [text]:
        yield from ((at + span.start, at + span.end) for span in sentences(part))
        at += len(part) + 1


def _is_list(text: str) -> bool:
    return bool(re.search(r"(?m)^\s*(?:[-*•|]|\d{1,2}[.)])\s", text)) or _is_of_labels(text)


def _is_of_labels(text: str) -> bool:
    """Whether every line, a head aside, is a label with its entry."""
    lines = [line for line in text.split("\n") if line.strip()]
    lines = lines[1:] if lines and lines[0].rstrip().endswith(":") else lines
    return len(lines) > 1 and all(map(_LABELLED.match, lines))


def remade(unit: Unit, text: str) -> Unit:
    """The unit that another text of the same length is in its place."""
    return replace(_unit(text, unit.start), is_retracted=unit.is_retracted, is_question=unit.is_question)


def _unit(text: str, start: int) -> Unit:
    marks = tuple(_numbers_of(match[1]) for match in _MARK.finditer(text) if match[1] and not is_value(match))
    plain = without_marks(text)
    mentions = lexicon().find(words(plain))
    return Unit(
        text=text,
        start=start,
        end=start + len(text),
        masked=_masked(plain, mentions),
        mentions=mentions,
        numbers=numbers(_TIMES.sub(" ", plain)),
        marks=marks,
        is_question=text.rstrip(" *\"')").endswith("?"),
    )


def _numbers_of(listed: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in re.split(r"[,;]", listed):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        found += range(ends[0], ends[-1] + 1) if len(ends) == 2 and 0 <= ends[1] - ends[0] < 80 else ends
    return tuple(found)


def _masked(text: str, mentions: Sequence[Mention]) -> str:
    pieces, at = [], 0
    for mention in mentions:
        step = step_of().get(mention.id)
        if step:
            pieces += [text[at : mention.start].lower(), f"<{step}>"]
            at = mention.end
    masked = "".join((*pieces, text[at:].lower()))
    for pattern, placeholder in COLLECTIVE:
        masked = pattern.sub(placeholder, masked)
    return join(re.sub(r"\s+", " ", masked))


def without_marks(text: str) -> str:
    """The text with blanks in place of its marks; offsets stay."""
    return _MARK.sub(lambda match: match.group() if is_value(match) else " " * len(match.group()), text)


def is_value(match: re.Match[str]) -> bool:
    """Whether what looks like a mark is a list of numbers in JSON, under a key that names no references."""
    key = _KEY.search(match.string, max(0, match.start() - _LONGEST_KEY), match.start())
    return bool(key) and not _OF_REFERENCES.search(key[1] if key else "")
