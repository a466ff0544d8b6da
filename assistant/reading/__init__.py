"""The one reader of text: pure functions from a string to offsets, sentences, terms, numbers and polarity."""

from assistant.reading.lexicon import Lexicon, Mention
from assistant.reading.normalise import Normalised, normalise
from assistant.reading.numerals import Number, numbers
from assistant.reading.polarity import is_negated
from assistant.reading.segment import Span, clauses, informal_parts, sentences
from assistant.reading.words import STOPWORDS, Word, content_stems, fold, stem, words

__all__ = [
    "STOPWORDS",
    "Lexicon",
    "Mention",
    "Normalised",
    "Number",
    "Span",
    "Word",
    "clauses",
    "content_stems",
    "fold",
    "informal_parts",
    "is_negated",
    "normalise",
    "numbers",
    "sentences",
    "stem",
    "words",
]
