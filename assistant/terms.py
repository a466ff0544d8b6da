"""What a text names, by one corpus's vocabulary: concepts, aspects, things outside the review, content words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Kind
from assistant.reading import STOPWORDS, Lexicon, Mention, Word, stem, words

# The treatments that a conversation turns about, their forms included.
TREATMENTS: Final = frozenset({"sympathetic_block", "ketamine", "pns", "scs"})
# A text of a conversation is read again with every later turn.
_KEPT: Final = 512


class Terms:
    """Finds what texts name; pure, and keeps what it found in recent texts.

    everyday: words of plain English, which name nothing that a review could be asked about.
    """

    def __init__(self, corpus: Corpus, everyday: frozenset[str] = frozenset()) -> None:
        self.corpus = corpus
        self._everyday = everyday
        prose = " ".join(" ".join((s.text, *s.questions)) for s in corpus.statements)
        concepts = {c.id: (c.label, *c.terms) for c in corpus.concepts.values()}
        outside = {o.id: (o.label, *o.terms) for o in corpus.outside.values()}
        aspects = {str(a.id): a.cues for a in corpus.aspects.values()}
        terms = " ".join(
            term for phrases in (*concepts.values(), *outside.values(), *aspects.values()) for term in phrases
        )
        used = {word.text.lower() for word in words(prose)}
        known = used | {word.text.lower() for word in words(terms)} | everyday
        self._terms = Lexicon({**outside, **concepts}, known)
        self._aspects = Lexicon(aspects, known)
        self._known_stems = frozenset(stem(word) for word in used)
        self._treatments = frozenset(
            c.id
            for c in corpus.concepts.values()
            if c.kind == "intervention" and corpus.with_broader([c.id]) & TREATMENTS
        )
        self.find = lru_cache(maxsize=_KEPT)(self._find)

    def _find(self, text: str) -> tuple[Mention, ...]:
        """Concepts and things outside the review that the text names, in order."""
        return self._terms.find(words(text))

    def concepts(self, text: str) -> tuple[str, ...]:
        """Ids of the concepts that the text names, in order."""
        return self.among(self.find(text), self.corpus.concepts)

    def among(self, mentions: Sequence[Mention], known: Mapping[str, object]) -> tuple[str, ...]:
        """Ids in order of mention that are in `known`."""
        return tuple(dict.fromkeys(mention.id for mention in mentions if mention.id in known))

    def aspects(self, text: str) -> tuple[str, ...]:
        """Ids of the aspects that the text asks for, in order."""
        return tuple(dict.fromkeys(mention.id for mention in self._aspects.find(words(text))))

    def corrected(self, text: str) -> str:
        """The text with its slips of the keyboard mended."""
        pieces, at = [], 0
        for token in words(text):
            mended = self._aspects.correct(self._terms.correct(token.folded))
            if mended != token.folded:
                pieces += [text[at : token.start], mended]
                at = token.end
        return "".join((*pieces, text[at:]))

    def stems(self, text: str) -> tuple[str, ...]:
        """Stems of the content words, for lexical search."""
        folded = (self._terms.correct(token.folded) for token in words(text) if token.folded not in STOPWORDS)
        return tuple(dict.fromkeys(stem(word) for word in folded))

    def strange(self, text: str) -> tuple[Word, ...]:
        """Words that neither the corpus nor plain English has, outside of what the text names."""
        covered = [(mention.start, mention.end) for mention in self.find(text)]
        return tuple(
            token
            for token in words(text)
            if token.folded.isalpha()
            and len(token.folded) > 1
            and not {token.folded, token.text.lower()} & self._everyday
            and stem(self._terms.correct(token.folded)) not in self._known_stems
            and not any(start <= token.start < end for start, end in covered)
        )

    def kind(self, concept: str) -> Kind | None:
        """The kind of a concept; None for a thing outside the review."""
        known = self.corpus.concepts.get(concept)
        return known.kind if known else None

    def is_treatment(self, concept: str) -> bool:
        """Whether it is one of the treatments that the review is about, or a form of one."""
        return concept in self._treatments

    def label(self, concept: str) -> str:
        """The concept in words; a study as somebody's."""
        known = self.corpus.concepts[concept]
        return f"the {known.label} study" if known.kind == "study" else known.label

    def labels(self, concepts: Iterable[str]) -> str:
        """The concepts in words, separated by commas."""
        return ", ".join(self.label(concept) for concept in concepts)
