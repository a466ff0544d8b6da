"""Words with offsets, and the forms under which two spellings of one word meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

import snowballstemmer

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)*%?")
# American forms; applied to both sides of every comparison, so that either spelling meets the other.
_SPELLINGS: Final = (
    (re.compile(r"isation(?=s?$)"), "ization"),
    (re.compile(r"is(?=e[sd]?$|ing$)"), "iz"),
    (re.compile(r"ys(?=e[sd]?$|ing$)"), "yz"),
    # Not in "four", "hour", "tour".
    (re.compile(r"(?:(?<=[a-z]{2}[bcdfghlmnprtv])|(?<=vi)|(?<=^od))our(?=(?:s|ed|ing|al|able|ably|less)?$)"), "or"),
    (re.compile(r"oe(?=uv)"), "e"),
    (re.compile(r"(?<=[btv])re(?=s?$)|(?<=^fib)re(?=optic)"), "er"),
    (re.compile(r"ae(?=[dmst])|(?<=[cfn])ae(?=c)"), "e"),
    # At the beginning only, where it is Greek: not in "does" or "goes".
    (re.compile(r"^oe(?=[des])|(?<=^f)oe(?=t)|(?<=^c)oe(?=l)|(?<=[hn])oe(?=a$)"), "e"),
    # "signalling", not "swelling": the doubling belongs to an unstressed second syllable.
    (re.compile(r"^(.*[aeiouy][^aeiouy]+[aeiou])ll(?=(?:ing|ed)$)"), r"\1l"),
    (re.compile(r"(?<=og)ue(?=s?$)"), ""),
    (re.compile(r"(?<=sul)ph"), "f"),
)
# Words that only look like a plural: "ten" is no TENS.
_ONLY_LIKE_PLURALS: Final = ("biceps", "diabetes", "does", "forceps", "goes", "herpes", "lens", "news", "series") + (
    "species", "tens", "triceps",
)  # fmt: skip
# Plurals that no rule gives.
_IRREGULAR: Final = {
    "crises": "crisis", "diagnoses": "diagnosis", "feet": "foot", "ganglia": "ganglion", "men": "man",
    "neurone": "neuron", "neurones": "neuron", "programme": "program", "programmes": "program",
    "prognoses": "prognosis", "stimuli": "stimulus", "vertebrae": "vertebra", "women": "woman",
    **{word: word for word in _ONLY_LIKE_PLURALS},
}  # fmt: skip
_LONG_PLURAL: Final = re.compile(r"(?:(?<=ss|sh)|(?<=x)|(?<=[lnrx]us))es$")
_IS_NO_PLURAL: Final = re.compile(r"(?:ss|us|is|[^im]as|os)$|^[^aeiouy]+$")
# Longer runs of letters are no words and are compared as they stand.
_LONGEST_WORD: Final = 40
_STEMMER: Final = snowballstemmer.stemmer("english")

# Words that carry no content in a question or a sentence, for search and for counting what a question names.
STOPWORDS: Final = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "down",
        "during",
        "each",
        "few",
        "for",
        "from",
        "further",
        "get",
        "gets",
        "give",
        "given",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "like",
        "me",
        "more",
        "most",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "once",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "please",
        "same",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "use",
        "used",
        "using",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "im",
        "ive",
        "dont",
        "doesnt",
        "isnt",
        "cant",
    ]
)


class Word(NamedTuple):
    """One word or number of a text: as written, folded for comparison, and where it stands.

    begins: a colon, semicolon or bar stands between it and the word before.
    """

    text: str
    folded: str
    start: int
    end: int
    begins: bool = False


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[Word, ...]:
    """The words and numbers of `text` in order; punctuation is left out."""
    found, end = [], 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        begins = len(between) > 1 and (": " in between or "; " in between or "| " in between)
        found.append(Word(match.group(), fold(match.group()), match.start(), match.end(), begins))
        end = match.end()
    return tuple(found)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, no accents, American spelling, singular: the form under which a term is looked up."""
    folded = word.lower().removesuffix("'s").replace("'", "")
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) != "Mn")
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if not folded.isalpha() or not 4 <= len(folded) <= _LONGEST_WORD:
        return folded
    for pattern, replacement in _SPELLINGS:
        folded = pattern.sub(replacement, folded)
    return _singular(folded)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if _LONG_PLURAL.search(word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not _IS_NO_PLURAL.search(word) else word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem for lexical search (Snowball English after `fold`)."""
    return str(_STEMMER.stemWord(fold(word)))


def content_stems(text: str) -> list[str]:
    """The stems of the words of `text` that carry content, in order, repeats kept: what lexical search compares."""
    return [stem(word.folded) for word in words(text) if word.folded not in STOPWORDS]
