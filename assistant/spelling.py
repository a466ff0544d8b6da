"""What people type in haste, spelled out: shorthand of chats, and "the lumbar one" for the block that it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.reading import STOPWORDS, words
from assistant.terms import TREATMENTS, Terms

# Never a word of plain English or of the vocabulary, so that nothing else can be meant.
_SHORTHAND: Final = {
    "abt": "about",
    "wat": "what",
    "wht": "what",
    "wot": "what",
    "whats": "what's",
    "hows": "how's",
    "shld": "should",
    "shud": "should",
    "wld": "would",
    "cld": "could",
    "dun": "done",
    "wrk": "work",
    "wrks": "works",
    "wrkd": "worked",
    "nxt": "next",
    "b4": "before",
    "cos": "because",
    "coz": "because",
    "bcos": "because",
    "pls": "please",
    "plz": "please",
    "didnt": "didn't",
    "doesnt": "doesn't",
    "dont": "don't",
    "hasnt": "hasn't",
    "havent": "haven't",
    "wasnt": "wasn't",
    "cant": "can't",
    "wont": "won't",
    "isnt": "isn't",
    "thats": "that's",
    "shes": "she's",
    "hes": "he's",
}
_SHORT: Final = re.compile(rf"\b(?:{'|'.join(_SHORTHAND)})\b", re.IGNORECASE)


def spelled_out(text: str) -> str:
    """The text with the shorthand of chats in full."""
    return _SHORT.sub(lambda found: _SHORTHAND[found.group().lower()], text)


def with_forms_named(text: str, spoken_of: tuple[str, ...], terms: Terms) -> str:
    """The text with "the lumbar one", or a bare "lumbar?", named in full where things of its kind are spoken of.

    spoken_of: ids of the concepts that the conversation is about.
    """
    heads = {head for concept in spoken_of for head in _heads(concept, terms)}
    # "The cord" is no short name of spinal cord stimulation where that is spoken of.
    own = {word for concept in spoken_of for word in terms.corpus.concepts[concept].label.lower().split()}
    forms = {word: name for (word, head), name in _forms(terms).items() if head in heads and word not in own}
    found = terms.find(text) if forms else ()
    for token in words(text) if forms else ():
        name = forms.get(token.text.lower())
        if name is None or any(m.start <= token.start < m.end for m in found):
            continue
        one = re.match(r" (?:ones?|kind|type|version|route)\b", text[token.end :])
        rest = {w.text.lower() for w in words(text)} - {token.text.lower()}
        is_last = _COMPARED.search(text[: token.start]) and not text[token.end :].strip(" ?.!")
        if one or is_last or rest <= _SMALL:
            return f"{text[: token.start]}{name}{text[token.end + (one.end() if one else 0) :]}"
    return text


_COMPARED: Final = re.compile(r"\b(?:from|than|vs|versus|against|or) (?:the )?$", re.IGNORECASE)
_SMALL: Final = frozenset(
    "and or so but what what's about how for the with in of same a is it now then ok also whats any".split()
)


def _heads(concept: str, terms: Terms) -> frozenset[str]:
    """What things of a concept's kind are called beside the word that sets them apart: "block", "sensitization"."""
    kinds = terms.corpus.with_broader([concept]) & TREATMENTS
    named = {terms.corpus.concepts[c].label.lower().split()[-1] for c in kinds} or {
        terms.corpus.concepts[concept].label.lower().split()[-1]
    }
    return frozenset(named)


@lru_cache(maxsize=4)
def _forms(terms: Terms) -> dict[tuple[str, str], str]:
    """The word that sets a thing apart from others of its kind, and what the kind is called -> its label."""
    found: dict[tuple[str, str], set[str]] = {}
    for concept in terms.corpus.concepts.values():
        for phrase in (concept.label, *concept.terms):
            word, _, head = phrase.lower().partition(" ")
            if head and word not in STOPWORDS:
                found.setdefault((word, head), set()).add(concept.label)
    return {key: next(iter(of)) for key, of in found.items() if len(of) == 1}
