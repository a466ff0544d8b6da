"""Words with offsets, and the forms under which two spellings of one word meet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import snowballstemmer

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)*%?")
# American forms; applied to both sides of every comparison, so that either spelling meets the other.
_SPELLINGS: Final = (
    (re.compile(r"isation(?=s?$)"), "ization"),
    (re.compile(r"is(?=e[sd]?$|ing$)"), "iz"),
    (re.compile(r"ys(?=e[sd]?$|ing$)"), "yz"),
    (re.compile(r"(?<=[bcdfghlmnpt])our(?=s?$|ed$|ing$|al$)"), "or"),
    (re.compile(r"(?<=[bt])re(?=s?$)"), "er"),
    (re.compile(r"ae(?=[mst])|(?<=f)ae(?=c)"), "e"),
    (re.compile(r"oe(?=[des])"), "e"),
    (re.compile(r"ll(?=ing$|ed$)"), "l"),
    (re.compile(r"(?<=og)ue(?=s?$)"), ""),
    (re.compile(r"(?<=sul)ph"), "f"),
)
_IS_LATIN_PLURAL: Final = re.compile(r"(?:ss|us|is|as|os)$")
_STEMMER: Final = snowballstemmer.stemmer("english")

# Words that carry no content in a question or a sentence, for search and for counting what a question names.
STOPWORDS: Final = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing down during each few for from further get gets give given got had has have having he
    her here hers him his how i if in into is it its itself just like me more most my no nor not of off on once only or
    other our out over own please same she should so some such than that the their them then there these they this
    those through to too under until up use used using very was we were what when where which while who whom why will
    with would you your im ive dont doesnt isnt cant""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number of a text: as written, folded for comparison, and where it stands."""

    text: str
    folded: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words and numbers of `text` in order; punctuation is left out."""
    return tuple(Word(match.group(), fold(match.group()), *match.span()) for match in _WORD.finditer(text))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, American spelling, singular: the form under which a term is looked up."""
    folded = word.lower().removesuffix("'s")
    if not folded.isalpha() or len(folded) < 4:
        return folded
    for pattern, replacement in _SPELLINGS:
        folded = pattern.sub(replacement, folded)
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    if folded.endswith("s") and not _IS_LATIN_PLURAL.search(folded):
        return folded[:-1]
    return folded


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem for lexical search (Snowball English after `fold`)."""
    return str(_STEMMER.stemWord(fold(word)))
