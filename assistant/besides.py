"""What a turn says besides what it names, and asks besides what it tells."""

from __future__ import annotations

import re
from typing import Final

from assistant.conversation import told_parts
from assistant.reading import STOPWORDS, Mention, words
from assistant.terms import Terms
from assistant.vignette.clauses import clauses_of

_ASKING: Final = re.compile(r"^\W*(?:\w+\W+)?(?:what|which|who|when|where|why|how)\b", re.IGNORECASE)
_FILLERS: Final = STOPWORDS | frozenset(
    "what about how same but like actually sorry meant mean i'm it's its thats that's correction instead "
    "rather else case cases likewise similarly ditto too "
    "patients patient pain people say tell me ok okay then now well hmm oh no yes wait make one ones".split()
)
_NEXT_WORDS: Final = _FILLERS | frozenset(
    "next left where what's whats option options order plan go going should would could can do does step steps try "
    "here think thought thoughts idea ideas suggestion suggestions suggest advise advice recommend you we i after any "
    "further more move on up to in from she her he him them come comes available".split()
)


def bare_mentions(text: str, terms: Terms) -> tuple[Mention, ...]:
    """The mentions of a text that says nothing besides; none where it has other words, or asks an aspect."""
    found = tuple(m for m in terms.find(text) if m.id in terms.corpus.concepts)
    rest = text
    for mention in reversed(found):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    return found if found and not content(rest) and not re.search(r"\b(?:why|who|when)\b", rest, re.IGNORECASE) else ()


def content(text: str) -> list[str]:
    """The words of a text that say something of their own."""
    return [word.folded for word in words(text) if word.folded not in _FILLERS and word.text.lower() not in _FILLERS]


def asks_only_next(text: str) -> bool:
    """Whether nothing is asked besides what to do next: "done both, no joy. what's left?"."""
    rest = text
    for part in reversed(told_parts(text)):
        rest = rest[: part.start] + " " + rest[part.end :]
    return rest != text and {word.text.lower() for word in words(rest)} <= _NEXT_WORDS


def asks(text: str) -> bool:
    """Whether anything is asked besides what is told; without a question mark more than what comes next."""
    if text.rstrip().endswith("?") or not told_parts(text):
        return True
    is_asked = any(clause.asks and _ASKING.search(clause.text) for clause in clauses_of(text))
    return is_asked and not asks_only_next(text)
