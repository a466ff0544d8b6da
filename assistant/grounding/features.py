"""What tells a sentence that its context carries from one that it doesn't, each as a number.

Chosen by cross-validation over sources. Tried and left out, since they added nothing on sources not fitted on: cosine
similarity of sentence embeddings, alignment of token embeddings, runs of three and more words, the longest copied
run, names, place in the response, length, means over the response and of neighbours, words that share a beginning
with one of the context, pairs of words that stand near each other there, words of advice, cause or example; and
products of features or trees in place of a weighted sum, which do worse on sources not fitted on. `turned` and
`direction` fire too seldom in marked responses to be judged there; they are kept for contradictions, which overlap
can't see.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assistant.grounding.texts import Context, Text

_SOURCE: Final = re.compile(r"\b(?:passages?|provided|given|information|context|text|above)\b", re.IGNORECASE)
_SILENCE: Final = re.compile(
    r"\b(?:no (?:information|mention|specific|answer|direct)|not (?:mention|provide|specif|state|contain|address|"
    r"enough|clear|possible|explicit|include|discuss|explain|"
    r"directly)\w*|unable|cannot|does(?:n't| not)|do(?:n't| not)|"
    r"is(?:n't| not)|insufficient|unclear)",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])")
# Below, sentence and window are about different things, and opposite words in them say nothing.
_CARRIED: Final = 0.5
_TURNED: Final = 0.4
_OPPOSITES: Final = tuple(
    (re.compile(rf"\b(?:{one})", re.IGNORECASE), re.compile(rf"\b(?:{other})", re.IGNORECASE))
    for one, other in (
        (r"increas|rais|ris(?:e|ing)|grow|improv", r"decreas|reduc|lower(?:s|ed|ing)|fall|declin|worsen|drop"),
        (r"higher\b|greater\b|larger\b|bigger\b|more\b", r"lower\b|smaller\b|less\b|fewer\b"),
        (r"before\b|prior to\b", r"after\b|following\b"),
        (r"left\b", r"right\b"),
        (r"above\b|over\b|at least\b|more than\b", r"below\b|under\b|at most\b|less than\b|up to\b"),
        (r"always\b|all\b", r"never\b|none\b"),
        (r"longer\b", r"shorter\b"),
        (r"warm|hot\b", r"cold\b|cool"),
        (r"first\b", r"last\b"),
        (r"effective\b|beneficial\b", r"ineffective\b|harmful\b"),
    )
)


@dataclass(frozen=True)
class Pair:
    """One sentence of a response beside the context; at: its place in the response, from 0."""

    sentence: Text
    context: Context
    at: int

    @cached_property
    def missing(self) -> tuple[float, ...]:
        """Rarities of the content words that stand nowhere in the context, rarest first."""
        return tuple(sorted((t.rarity for t in self.sentence.terms if t.stem not in self.context.stems), reverse=True))

    @cached_property
    def window(self) -> tuple[Text, float]:
        """The window of the context that carries most, and the share (0 to 1) that it carries."""
        at, share = self.context.best_window(self.sentence)
        return self.context.windows[at], share


def missing(pair: Pair) -> float:
    """Rarities of the content words that stand nowhere in the context, summed."""
    return sum(pair.missing)


def rarest_missing(pair: Pair) -> float:
    """Rarity of the rarest missing word, 0 to 1."""
    return pair.missing[0] if pair.missing else 0.0


def second_missing(pair: Pair) -> float:
    """Rarity of the second."""
    return pair.missing[1] if len(pair.missing) > 1 else 0.0


def scattered(pair: Pair) -> float:
    """Rarities of the content words that the best window of two sentences lacks, summed."""
    return (1 - pair.window[1]) * pair.sentence.weight


def new_wording(pair: Pair) -> float:
    """Share of words that stand in no run of two words of the context, 0 to 1."""
    stems = pair.sentence.stems
    held = [False] * len(stems)
    for i in range(len(stems) - 1):
        if stems[i : i + 2] in pair.context.pairs:
            held[i] = held[i + 1] = True
    return 1 - sum(held) / len(held) if held else 0.0


def number(pair: Pair) -> float:
    """1 where a figure is not in the context."""
    return float(any(digits not in pair.context.digits for digits in pair.sentence.digits))


def turned(pair: Pair) -> float:
    """1 where most of the words shared with the best window are denied in one and affirmed in the other."""
    window, share = pair.window
    own, carried = pair.sentence.denied, window.denied
    shared = [t for t in pair.sentence.terms if t.stem in own and t.stem in carried]
    opposed = sum(t.rarity for t in shared if own[t.stem] != carried[t.stem])
    return float(opposed * share > _TURNED * sum(t.rarity for t in shared))


def direction(pair: Pair) -> float:
    """1 where the sentence has a word of direction of which the window that carries it has only the opposite."""
    if pair.window[1] < _CARRIED:
        return 0.0
    said, carried = pair.sentence.text, pair.window[0].text
    return float(any(_is_turned(said, carried, *words) for one, other in _OPPOSITES
                     for words in ((one, other), (other, one))))  # fmt: skip


def _is_turned(said: str, carried: str, word: re.Pattern[str], opposite: re.Pattern[str]) -> bool:
    return bool(word.search(said) and not opposite.search(said)
                and opposite.search(carried) and not word.search(carried))  # fmt: skip


def about_source(pair: Pair) -> float:
    """1 where the sentence speaks of the passages or the information given."""
    return float(bool(_SOURCE.search(pair.sentence.text)))


def says_silent(pair: Pair) -> float:
    """1 where it says that they do not tell."""
    return float(bool(_SOURCE.search(pair.sentence.text) and _SILENCE.search(pair.sentence.text)))


def item(pair: Pair) -> float:
    """1 for an item of a list."""
    return float(bool(_ITEM.search(pair.sentence.text)))


def lead_in(pair: Pair) -> float:
    """1 for what ends with a colon and leads to a list."""
    return float(pair.sentence.text.rstrip().endswith(":"))


def first(pair: Pair) -> float:
    """1 for the first sentence of the response."""
    return float(pair.at == 0)


FEATURES: Final[tuple[Callable[[Pair], float], ...]] = (
    missing, rarest_missing, second_missing, scattered, new_wording, number, turned, direction, about_source,
    says_silent, item, lead_in, first,
)  # fmt: skip
