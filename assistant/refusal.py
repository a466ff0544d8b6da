"""Requests that are refused before anything is looked up: harm, injected instructions, an emergency happening now.

The words are in `refusal.yaml`, as groups of cues and as rules that say which groups must meet; nothing here knows
a sentence. Pure and linear: each text is read once into words, each word is looked up once.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from assistant.reading import Span, is_negated, normalise, sentences

Reason = Literal["harm", "injection", "emergency"]

_CUES: Final = Path(__file__).with_name("refusal.yaml")
# Other words that "..." in a cue may stand for.
_GAP: Final = 4
# Han characters are words of their own; everything else is a run of letters and digits.
_WORD: Final = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+(?:'[^\W_㐀-鿿]+)?")
_PADDING: Final = ((re.compile(r"([.?!])[.?!]+"), r"\1"), (re.compile(r"[^\S\n]+"), " "), (re.compile(r"\n\s+"), "\n\n"))
# A mark before a word after which a command can begin.
_OPENING: Final = re.compile(r"[,:;.!?()\[\]{}<>\"*|/\n-]\s*\Z|'\s*\Z")
_SPELLED: Final = re.compile(r"(?<!\w)(?:[^\W\d_][ ._*-]){7,}[^\W\d_](?!\w)")
_BLOB: Final = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_LEET: Final = str.maketrans("0134579", "oieastg")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused; `trigger` holds the words that decided, in the order they stand."""

    reason: Reason
    trigger: str


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    start: int
    end: int
    opens: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a cue: the forms it may take; after a gap or not; only where a command begins or anywhere."""

    forms: frozenset[str]
    gap: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """`chain`: groups in this order, each within `within` words of the one before; `needs`: groups anywhere near.

    `unless`: groups anywhere near that make it harmless; `unless_before`: only if they stand before the last of the
    chain; `despite`: groups that lift `unless_before`; `affirmed`: the last of the chain must not be denied.
    """

    reason: Reason
    chain: tuple[str, ...]
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    within: int = 12
    affirmed: bool = False


@dataclass(frozen=True, slots=True)
class _Book:
    """The rules in order, and every cue under each word it can begin with."""

    rules: tuple[_Rule, ...]
    cues: Mapping[str, Sequence[tuple[str, tuple[_Part, ...]]]]


def refusal(text: str) -> Refusal | None:
    """Why `text` is refused, None where it is not; emergencies before injections before harm. Empty text is not."""
    plain = normalise(text).text
    for pattern, replacement in _PADDING:
        plain = pattern.sub(replacement, plain)
    found = [hit for part in _windows(plain) for hit in _findings(plain, part)]
    if found:
        return min(found, key=lambda pair: pair[0])[1]
    return _disguised(plain)


def _disguised(plain: str) -> Refusal | None:
    """An injection where text is spelled out letter by letter or hidden in base64."""
    spelled = _SPELLED.search(plain)
    if spelled:
        return Refusal("injection", spelled.group()[:80])
    for blob in _BLOB.finditer(plain):
        body = blob.group().rstrip("=")
        decoded = base64.b64decode(body[: len(body) // 4 * 4]).decode("latin-1")
        if decoded.isascii() and decoded.isprintable() and " " in decoded:
            return Refusal("injection", blob.group()[:80])
    return None


def _windows(plain: str) -> Iterator[list[_Token]]:
    """The words of every pair of neighbouring sentences; of the one sentence where there is only one."""
    spans = sentences(plain)
    read = [list(_tokens(span)) for span in spans]
    if len(read) == 1:
        yield read[0]
    for one, two in pairwise(read):
        yield one + two


def _tokens(sentence: Span) -> Iterator[_Token]:
    commanding = _groups()["commanding"]
    text, end, previous = sentence.text, 0, ""
    for match in _WORD.finditer(text):
        word = _fold(match.group())
        stem, possessive, _ = word.partition("'s")
        opens = not end or previous in commanding or bool(_OPENING.search(text[max(end, match.start() - 3) : match.start()]))
        yield _Token(stem.replace("'", ""), sentence.start + match.start(), sentence.start + match.end(), opens)
        if possessive:
            yield _Token("s", sentence.start + match.end() - 1, sentence.start + match.end(), False)
        end, previous = match.end(), stem


def _fold(word: str) -> str:
    """Lower case without accents; digits that stand for letters inside a word become letters ("1gn0re")."""
    folded = word.lower()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFD", folded) if unicodedata.category(c) != "Mn")
    if not folded.isalpha() and sum(map(str.isalpha, folded)) >= 3 and any(map(str.isdigit, folded)):
        return folded.translate(_LEET)
    return folded


def _findings(plain: str, tokens: list[_Token]) -> Iterator[tuple[int, Refusal]]:
    """Rules that hold in this window, as (place of the rule, refusal)."""
    book = _book()
    hits = _hits(book, tokens)
    for place, rule in enumerate(book.rules):
        if all(hits.get(group) for group in rule.chain + rule.needs) and not any(hits.get(g) for g in rule.unless):
            links = _links(rule, hits, tokens, plain)
            if links:
                shown = links + [hits[group][0] for group in rule.needs]
                words = [plain[tokens[h.first].start : tokens[h.last].end] for h in sorted(shown, key=lambda h: h.first)]
                yield place, Refusal(rule.reason, " ... ".join(dict.fromkeys(words)))


def _links(rule: _Rule, hits: Mapping[str, list[_Hit]], tokens: list[_Token], plain: str) -> list[_Hit]:
    """The first hits that make up the chain of `rule`; empty where there are none."""
    first = [[hit] for hit in hits[rule.chain[0]]]
    for group in rule.chain[1:]:
        starts = [hit.first for hit in hits[group]]
        joined = []
        for links in first:
            at = bisect_right(starts, links[-1].last)
            if at < len(starts) and starts[at] - links[-1].last <= rule.within:
                joined.append([*links, hits[group][at]])
        first = joined
    lifted = any(hits.get(group) for group in rule.despite)
    earliest = min((hits[g][0].first for g in rule.unless_before if hits.get(g) and not lifted), default=len(tokens))
    for links in first:
        if links[-1].first < earliest and not (rule.affirmed and _denied(plain, tokens, links[-1].first)):
            return links
    return []


def _denied(plain: str, tokens: list[_Token], at: int) -> bool:
    """Whether the five words before stand in a negation of what follows."""
    start = tokens[max(0, at - 5)].start
    before = re.split(r"[,;:.!?\n]|\band\b|\bbut\b", plain[start : tokens[at].start])[-1]
    return is_negated(before + "x", len(before))


def _hits(book: _Book, tokens: list[_Token]) -> dict[str, list[_Hit]]:
    """Where each group's cues stand, in order; what overlaps an innocent phrase is left out."""
    found: dict[str, list[_Hit]] = defaultdict(list)
    masked: set[int] = set()
    for at, token in enumerate(tokens):
        for group, parts in book.cues.get(token.form, ()):
            last = _match(parts, tokens, at)
            if last is not None and group == "innocent":
                masked.update(range(at, last + 1))
            elif last is not None:
                found[group].append(_Hit(at, last))
    if masked:
        return {g: [h for h in hits if masked.isdisjoint((h.first, h.last))] for g, hits in found.items()}
    return found


def _match(parts: tuple[_Part, ...], tokens: list[_Token], at: int) -> int | None:
    """Index of the last word of the cue that begins at `at`; None if it does not."""
    if parts[0].opens and not tokens[at].opens:
        return None
    for part in parts[1:]:
        reach = range(at + 1, min(at + 2 + (_GAP if part.gap else 0), len(tokens)))
        at = next((i for i in reach if tokens[i].form in part.forms), -1)
        if at < 0:
            return None
    return at


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(_CUES.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    """The single words of every group, for "{group}" in a cue."""
    return {
        name: frozenset(form for cue in cues if " " not in cue for form in _forms(cue))
        for name, cues in _data()["groups"].items()
    }


@lru_cache(maxsize=1)
def _book() -> _Book:
    rules = tuple(
        _Rule(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
        for entry in _data()["rules"]
    )
    cues: dict[str, list[tuple[str, tuple[_Part, ...]]]] = defaultdict(list)
    for name, group in _data()["groups"].items():
        for parts in map(_parts, group):
            for form in parts[0].forms:
                cues[form].append((name, parts))
    return _Book(rules, cues)


def _parts(cue: str) -> tuple[_Part, ...]:
    """A cue as it is written: words with their endings, "=word" as it stands, "^word" as a command, "..." a gap."""
    parts, gap = [], False
    for piece in cue.split():
        if piece == "...":
            gap = True
            continue
        if piece.startswith("{"):
            parts.append(_Part(_groups()[piece[1:-1]], gap, False))
        else:
            bare = piece.lstrip("^=")
            words = [_fold(word).replace("'", "") for word in _WORD.findall(normalise(bare).text)]
            for place, word in enumerate(words):
                forms = _forms(word) if len(words) == 1 and "=" not in piece else frozenset({word})
                parts.append(_Part(forms, gap and not place, piece.startswith("^") and not place))
        gap = False
    return tuple(parts)


def _forms(word: str) -> frozenset[str]:
    """A word with the endings of English: kill, kills, killed, killing; some are no words, which does no harm."""
    bare = word.lstrip("^=")
    if "=" in word or len(bare) < 3 or not bare.isascii():
        return frozenset({bare})
    forms = {bare, bare + "s", bare + "es"}
    if len(bare) > 3 or bare[-1] not in "e":
        stem = bare.removesuffix("e")
        doubled = bare + bare[-1]
        forms |= {stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"}
    if bare.endswith("y"):
        forms |= {bare[:-1] + "ies", bare[:-1] + "ied"}
    if bare.endswith("ise"):
        forms |= _forms(bare[:-3] + "ize")
    return frozenset(forms)
