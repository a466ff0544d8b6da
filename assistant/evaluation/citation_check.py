"""A self-check of citations: ALCE's recall and precision, with the guardrail's own reading in place of a judge.

Gao et al., EMNLP 2023: a sentence counts for recall if what it cites, together, carries it; a citation for precision if
its sentence is carried and it carries the sentence alone or is needed by the others. Here "carries" is the share of
the weight of a sentence's concepts, words and numbers that the statements of the cited reference have. Since the same
code writes the answers, this measures no outside truth: anything far below 1 is a fault of the assembly, and the
same answers with their marks exchanged stand beside it to show that the check sees a wrong citation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.evaluation.intervals import Part
from assistant.guardrail.support import Passage, passages, tokens, weight
from assistant.reading import sentences

# Share of a sentence's weight from which on it counts as carried. Chosen on the tuned questions, between the answers as
# they are and the same with their marks exchanged.
CARRIED: Final = 0.6
# What the review says without a reference of its own.
REVIEW: Final = 0
_MARK: Final = re.compile(r"\s*\[([^\[\]]*)\](?!\()")
_NUMBERS: Final = re.compile(r"\d{1,2}(?:\s*,\s*\d{1,2})*")
_NOTHING: Final[Part] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence without its marks, and the references that they name; REVIEW for the review itself."""

    text: str
    references: tuple[int, ...]


def cited(text: str) -> tuple[Cited, ...]:
    """The sentences of a text with what they cite; headings, questions and what has no word are left out."""
    found = []
    for span in sentences(text):
        named = {number for mark in _MARK.findall(span.text) for number in _named(mark)}
        plain = _MARK.sub("", span.text).strip()
        if re.search(r"\w", plain) and not plain.endswith((":", "?")) and not plain.startswith("#"):
            found.append(Cited(plain, tuple(sorted(named))))
    return tuple(found)


def exchanged(found: Sequence[Cited], seed: int = 0) -> tuple[Cited, ...] | None:
    """The same sentences, each with the marks of another that cites otherwise; None where all cite the same."""
    marked = [at for at, one in enumerate(found) if one.references]
    if len({found[at].references for at in marked}) < 2:
        return None
    drawn = random.Random(seed)
    changed = list(found)
    for at in marked:
        others = [found[other].references for other in marked if found[other].references != found[at].references]
        changed[at] = Cited(found[at].text, drawn.choice(others))
    return tuple(changed)


def recall(found: Iterable[Cited]) -> Part:
    """Count sentences that what they cite carries, of all sentences."""
    every = list(found)
    return float(sum(carries(one.text, one.references) for one in every)), float(len(every))


def precision(found: Iterable[Cited]) -> Part:
    """Count citations that their sentence is carried by or needs, of all citations."""
    good, of = 0, 0
    for one in found:
        of += len(one.references)
        if carries(one.text, one.references):
            good += sum(_is_needed(one, reference) for reference in one.references)
    return (float(good), float(of)) if of else _NOTHING


def carries(text: str, references: Sequence[int]) -> bool:
    """Whether the best statement of each reference, together, have enough of a text's weight."""
    own = tokens(text)
    whole = sum(map(weight, own))
    if not whole:
        return bool(references)
    held = frozenset[str]().union(*(_best(own, reference) for reference in references))
    return sum(map(weight, own & held)) >= CARRIED * whole


def _is_needed(one: Cited, reference: int) -> bool:
    others = tuple(number for number in one.references if number != reference)
    return carries(one.text, (reference,)) or not carries(one.text, others)


def _best(own: frozenset[str], reference: int) -> frozenset[str]:
    shared = (passage.tokens & own for passage in _of(reference))
    return max(shared, key=lambda found: (sum(map(weight, found)), sorted(found)), default=frozenset())


@lru_cache(maxsize=128)
def _of(reference: int) -> tuple[Passage, ...]:
    """The statements with a reference; for REVIEW those without any."""
    return tuple(
        one for one in passages() if one.id and (reference in one.references if reference else not one.references)
    )


def _named(mark: str) -> tuple[int, ...]:
    if _NUMBERS.fullmatch(mark.strip()):
        return tuple(int(number) for number in re.findall(r"\d+", mark))
    return (REVIEW,) if mark.strip().lower().startswith("chin") else ()
