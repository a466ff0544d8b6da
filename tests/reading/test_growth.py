"""Reading takes time in proportion to the text, whatever the text is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.reading import Lexicon, clauses, is_negated, normalise, numbers, sentences, words

LEXICON = Lexicon({"scs": ["spinal cord stimulation"], "ketamine": ["ketamine infusion"]})
READERS: dict[str, Callable[[str], object]] = {
    "normalise": normalise,
    "numbers": numbers,
    "sentences": sentences,
    "clauses": lambda text: [clauses(sentence) for sentence in sentences(text)],
    "words": words,
    "lexicon": lambda text: LEXICON.find(words(text)),
    "polarity": lambda text: is_negated(text, len(text)),
}
UNITS = [
    ".",
    "?",
    "1",
    "1,",
    "1.",
    "a",
    "a ",
    " ",
    "\n",
    "\n ",
    "- ",
    "1 ",
    "1 -",
    "&",
    "&a",
    "&#1",
    "(",
    '"',
    ", ",
    "| ",
]
UNITS += [
    "x, ",
    "one ",
    "a hundred and ",
    "twenty-",
    "[1,",
    ".[1] ",
    "e.g. ",
    "A. ",
    "a half ",
    "a third ",
    "not ",
    "nor ",
]
UNITS += ["9)\n", "\n1", "# ", "\n#", "\u200b", "\u0301", "\ufb01", "spinal cord ", "but ", "*", "_", "'"]
SIZE = 100_000
# Four times the text: four times the time, or sixteen where it grows with the square.
FACTOR = 4
ALLOWED = 9.0
# Below this a measurement is noise.
NOISE_S = 0.06


def seconds(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text(reader: str, unit: str) -> None:
    read = READERS[reader]
    small, large = (f"1{unit * (size // len(unit))}x" for size in (SIZE // FACTOR, SIZE))
    # The small one first: where it already takes long, the large one would never end.
    first = seconds(read, small)
    assert first < 5, f"{reader} takes {first:.1f} s for {SIZE // FACTOR} characters of {unit!r}"
    allowed = max(NOISE_S, ALLOWED * first)
    # Once more where the machine was busy with something else.
    assert seconds(read, large) <= allowed or seconds(read, large) <= allowed
