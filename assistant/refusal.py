"""Requests that are refused before anything is looked up: harm, injected instructions, an emergency happening now.

The words are in `refusal.yaml`: groups of cues, and rules that say which groups must meet. Nothing here knows a
sentence. Pure and linear: a text is read once into words, and a word opens only the cues that begin with it.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, NamedTuple

import yaml
from pydantic import ConfigDict, TypeAdapter

from assistant.reading import is_negated, normalise, sentences

Reason = Literal["harm", "injection", "emergency"]

_CUES: Final = Path(__file__).with_name("refusal.yaml")
# A question is some hundred characters long; what is read of anything longer keeps the time below 0.2 s.
_READ: Final = 30_000
# Other words that "..." in a cue may stand for.
_GAP: Final = 4
# Han characters are words of their own; everything else is a run of letters and digits.
_WORD: Final = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+(?:'[^\W_㐀-鿿]+)?")
# Written-out escapes, and runs that say nothing and cost the cutting into sentences its linear time.
_PADDING: Final = (
    (re.compile(r"\\[nrt]"), "\n"),
    (re.compile(r"([.?!])[.?!]+"), r"\1"),
    (re.compile(r"[^\S\n]+"), " "),
    (re.compile(r"\n\s+"), "\n\n"),
)
_SPELLED: Final = re.compile(r"(?<!\w)(?:[^\W\d_][ ._*-]){7,}[^\W\d_](?!\w)")
_BLOB: Final = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_LEET: Final = str.maketrans("0134579", "oieastg")
# How many words before a sign are searched for its denial, and how much of a trigger is kept.
_DENIAL: Final = 5
TRIGGER: Final = 120


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused; `trigger` holds the words that decided, in the order they stand."""

    reason: Reason
    trigger: str


class _Token(NamedTuple):
    """A word as compared; `opens` where a command can begin; `sentence` counts from 0."""

    form: str
    start: int
    end: int
    opens: bool
    sentence: int


class _Hit(NamedTuple):
    """A cue found: its first and its last word."""

    first: int
    last: int


class _Part(NamedTuple):
    """One word of a cue: the forms it may take, whether a gap comes before it, whether it must open a command."""

    forms: frozenset[str]
    gap: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """When to refuse, in names of groups; what each key asks for is explained at the head of `refusal.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    reason: Reason
    chain: tuple[str, ...]
    within: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    affirmed: bool = False


# Cues by first word, then by second word; the second key is "" for cues of one word.
_Cues = Mapping[str, Mapping[str, Sequence[tuple[str, tuple[_Part, ...]]]]]
_Hits = Mapping[str, Sequence[_Hit]]


def refusal(text: str) -> Refusal | None:
    """Why `text` is refused, None where it is not: emergencies before injections before harm. Empty text is not.

    Of a text longer than 30,000 characters the first and the last 15,000 are read.
    """
    plain = normalise(text if len(text) <= _READ else f"{text[: _READ // 2]}\n\n{text[-_READ // 2 :]}").text
    for pattern, replacement in _PADDING:
        plain = pattern.sub(replacement, plain)
    tokens = _tokens(plain)
    rules, best, refused = _rules(), len(_rules()), None
    for hits in _windows(tokens, _hits(tokens)):
        for place in sorted({place for group in hits for place in _ending_in(group) if place < best}):
            links = _links(rules[place], hits, tokens, plain)
            if links:
                best, refused = place, Refusal(rules[place].reason, _trigger(links, tokens, plain))
                break
    return refused or _disguised(plain)


def _disguised(plain: str) -> Refusal | None:
    """Find an instruction that is spelled out letter by letter or hidden in base64."""
    spelled = _SPELLED.search(plain)
    if spelled:
        return Refusal("injection", spelled.group()[:TRIGGER])
    for blob in _BLOB.finditer(plain):
        body = blob.group().rstrip("=")
        decoded = base64.b64decode(body[: len(body) // 4 * 4]).decode("latin-1")
        if decoded.isascii() and decoded.isprintable() and " " in decoded:
            return Refusal("injection", blob.group()[:TRIGGER])
    return None


def _tokens(plain: str) -> list[_Token]:
    commanding, found = _groups()["commanding"], []
    for number, span in enumerate(sentences(plain)):
        end, previous = 0, ""
        for match in _WORD.finditer(span.text):
            word, _, rest = _fold(match.group()).partition("'s")
            opens = not end or previous in commanding or bool(span.text[end : match.start()].strip())
            begins, end, previous = span.start + match.start(), match.end(), word
            found.append(_Token((word + rest).replace("'", ""), begins, span.start + end, opens, number))
            if "'s" in match.group().lower():
                found.append(_Token("s", span.start + end, span.start + end, False, number))
    return found


@lru_cache(maxsize=20_000)
def _fold(word: str) -> str:
    """Lower case without accents; digits that stand for letters inside a word become letters ("1gn0re")."""
    folded = word.lower()
    if not folded.isascii():
        # Lower case shows look-alikes that have no Latin twin among the capitals.
        folded = normalise(folded).text
        folded = "".join(c for c in unicodedata.normalize("NFD", folded) if unicodedata.category(c) != "Mn")
    if sum(map(str.isalpha, folded)) >= 3 and any(map(str.isdigit, folded)):
        return folded.translate(_LEET)
    return folded


def _hits(tokens: Sequence[_Token]) -> list[tuple[str, _Hit]]:
    """Find the cues of all groups, in order of the text; what overlaps an innocent phrase is left out."""
    cues, found = _cues(), []
    masked: set[int] = set()
    for at, token in enumerate(tokens):
        if token.form not in cues:
            continue
        seconds = cues[token.form]
        nearby = dict.fromkeys(["", *(other.form for other in tokens[at + 1 : at + 2 + _GAP])])
        for group, parts in (cue for second in nearby for cue in seconds.get(second, ())):
            last = _match(parts, tokens, at)
            if last is not None and group == "innocent":
                masked.update(range(at, last + 1))
            elif last is not None:
                found.append((group, _Hit(at, last)))
    return [(group, hit) for group, hit in found if masked.isdisjoint((hit.first, hit.last))]


def _match(parts: tuple[_Part, ...], tokens: Sequence[_Token], at: int) -> int | None:
    """Return the index of the last word of the cue that begins at `at`, None if it does not."""
    if parts[0].opens and not tokens[at].opens:
        return None
    for part in parts[1:]:
        reach = range(at + 1, min(at + 2 + (_GAP if part.gap else 0), len(tokens)))
        at = next((i for i in reach if tokens[i].form in part.forms), -1)
        if at < 0:
            return None
    return at


def _windows(tokens: Sequence[_Token], found: Iterable[tuple[str, _Hit]]) -> Iterator[_Hits]:
    """Group the hits of every sentence with those of the sentence after it."""
    here: dict[int, dict[str, list[_Hit]]] = defaultdict(lambda: defaultdict(list))
    for group, hit in found:
        last = tokens[hit.last].sentence
        here[tokens[hit.first].sentence][group].append(hit)
        here[last - 1][group].append(hit)
    for number in sorted(here):
        yield here[number]


def _links(rule: _Rule, hits: _Hits, tokens: Sequence[_Token], plain: str) -> list[_Hit]:
    """Find the first hits that make up the chain of `rule` and what it needs; empty where it does not hold."""
    if not all(group in hits for group in rule.chain + rule.needs) or any(group in hits for group in rule.unless):
        return []
    ways = [[hit] for hit in sorted(hits[rule.chain[0]], key=lambda hit: hit.last)]
    for group, reach in zip(rule.chain[1:], rule.within, strict=True):
        ends, joined = [way[-1].last for way in ways], []
        for hit in sorted(hits[group], key=lambda hit: hit.last):
            at = bisect_left(ends, hit.first) - 1
            if at >= 0 and hit.first - ends[at] <= reach:
                joined.append([*ways[at], hit])
        ways = joined
    lifted = any(group in hits for group in rule.despite)
    stops = [hits[group][0].first for group in rule.unless_before if group in hits and not lifted]
    for way in ways:
        if way[-1].first < min(stops, default=len(tokens)) and not (rule.affirmed and _denied(way[-1], tokens, plain)):
            return way + [hits[group][0] for group in rule.needs]
    return []


def _denied(hit: _Hit, tokens: Sequence[_Token], plain: str) -> bool:
    before = plain[tokens[max(0, hit.first - _DENIAL)].start : tokens[hit.first].start]
    clause = re.split(r"[,;:.!?\n]|\b(?:and|but)\b", before)[-1]
    return is_negated(clause + "sign", len(clause))


def _trigger(links: Iterable[_Hit], tokens: Sequence[_Token], plain: str) -> str:
    ordered = sorted(links, key=lambda hit: hit.first)
    pieces = dict.fromkeys(plain[tokens[hit.first].start : tokens[hit.last].end] for hit in ordered)
    return " ... ".join(pieces)[:TRIGGER]


@lru_cache(maxsize=1)
def _data() -> Any:
    return yaml.load(_CUES.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return TypeAdapter(tuple[_Rule, ...]).validate_python(_data()["rules"])


@cache
def _ending_in(group: str) -> tuple[int, ...]:
    return tuple(place for place, rule in enumerate(_rules()) if rule.chain[-1] == group)


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, tuple[str, ...]]:
    """Cues by group; a group that takes in another (`*name` in YAML) holds it as a list."""
    groups = TypeAdapter(dict[str, list[str | list[str]]]).validate_python(_data()["groups"])
    return {
        name: tuple(cue for one in entries for cue in ([one] if isinstance(one, str) else one))
        for name, entries in groups.items()
    }


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, frozenset[str]]:
    """Every form of the single words of every group, for "{group}" in a cue."""
    return {
        name: frozenset(form for cue in cues if " " not in cue for form in _forms(cue))
        for name, cues in _lists().items()
    }


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    index: dict[str, dict[str, list[tuple[str, tuple[_Part, ...]]]]] = defaultdict(lambda: defaultdict(list))
    for name, parts in ((name, _parts(cue)) for name, cues in _lists().items() for cue in cues):
        for first in parts[0].forms:
            for second in parts[1].forms if len(parts) > 1 else ("",):
                index[first][second].append((name, parts))
    return {first: dict(seconds) for first, seconds in index.items()}


def _parts(cue: str) -> tuple[_Part, ...]:
    """Read a cue in the notation explained at the head of `refusal.yaml`."""
    parts: list[_Part] = []
    gap = False
    for piece in cue.split():
        bare, opens = piece.lstrip("^="), piece.startswith("^")
        if bare.startswith("{"):
            parts.append(_Part(_groups()[bare[1:-1]], gap, opens))
        elif piece != "...":
            words = [_fold(word).replace("'", "") for word in _WORD.findall(normalise(bare).text)]
            inflected = len(words) == 1 and bare == piece
            for place, word in enumerate(words):
                forms = _forms(word) if inflected else frozenset({word})
                parts.append(_Part(forms, gap and not place, opens and not place))
        gap = piece == "..."
    return tuple(parts)


def _forms(word: str) -> frozenset[str]:
    """Add the endings of English: kill, kills, killed, killing; some results are no words, which does no harm."""
    bare = word.lstrip("^=")
    if bare != word or len(bare) < 3 or not bare.isascii():
        return frozenset({bare})
    forms = {bare, bare + "s", bare + "es"}
    if len(bare) > 3 or not bare.endswith("e"):
        forms |= {stem + ending for stem in (bare.removesuffix("e"), bare + bare[-1]) for ending in ("ed", "ing")}
    if bare.endswith("y"):
        forms |= {bare[:-1] + "ies", bare[:-1] + "ied"}
    if bare.endswith("ise"):
        forms |= _forms(bare[:-3] + "ize")
    return frozenset(forms)
