"""Whether what a sentence names stands among the same words as in its statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.drafting.figures import is_bound
from assistant.drafting.parts import PARTS, told_parts
from assistant.drafting.sameness import is_converse_of, same
from assistant.drafting.sayings import Said, Saying
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement

# Words on either side among which a word must stand as in the statement.
_WINDOW: Final = 4
_LOST: Final = frozenset({"lost", "loss"})
_TAKEN_UP: Final = re.compile(r"\b(?:this|that|these|those|such) $", re.IGNORECASE)
_CONTRAST: Final = re.compile(r"[;:]\s|,\s(?:but|while|whereas|yet)\s")
_PAUSE: Final = re.compile(r"[,;:.()]")
# Kinds of things of which only the neighbours tell the role.
_NOUNS: Final = frozenset({"effect", "effects"})
_NEIGHBOURED: Final = frozenset({"mechanism", "anatomy", "finding", "technique"})


def polar(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A word of direction, such as "more" or "later", that stands beside something else than in the statement."""
    polar = load_wordings().polar
    for at, word in enumerate(said.words):
        if word.stem not in polar or word.text in _NOUNS or is_bound(said, word):
            continue
        like = [i for i, other in enumerate(source.words) if same(word, other)]
        if (
            like
            and word.text.startswith("reliev")
            and len(like) < sum(same(word, other) and not _is_again(said, other) for other in said.words)
        ):
            return f"it says “{word.text}” more often than its statement"
        if like and all(_is_comparative(source.words[i]) != _is_comparative(word) for i in like):
            # "Increased flow" says "more flow"; "increased pain" says nothing of "larger numbers".
            like_next = [other for i in like for other in _after(source, i)]
            if not any(same(one, other) for one in _after(said, at) for other in like_next):
                return f"its statement does not say “{word.text}” of this"
        own = _right_after(said, at)
        theirs = [word for i in like for word in _right_after(source, i)]
        if own and theirs and not any(same(one, other) for one in own for other in theirs):
            return f"its statement does not say “{word.text}” of this"
        near = _near(said, at)
        if like and not any(same(one, other) for i in like for one in near for other in _near(source, i)):
            return f"its statement does not say “{word.text}” of this"
    return _lost_direction(
        said,
        [word for part in told_parts(said, statement.text) for word in part.words if not is_bound(part, word)],
    )


def _lost_direction(said: Saying, told: Sequence[Said]) -> str | None:
    """A word of direction that the sentence leaves out beside what it directs."""
    wordings = load_wordings()
    here = said.words
    for at, word in enumerate(told):
        if word.stem not in wordings.directions or any(same(word, other) for other in here):
            continue
        after = [other for other in told[at + 1 :] if other.stem not in wordings.free][:1]
        if any(same(one, other) for one in after for other in here) and not is_converse_of(word, here):
            return f"it leaves out “{word.text}”"
    return None


def elsewhere(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Something named among other words than in the statement: "calcium" where that has "magnesium"."""
    parts = told_parts(said, source.text)
    parts = parts if len(parts) < len(PARTS.split(source.text)) or len(parts) == 1 else []
    for thing in said.things:
        if thing.kind not in _NEIGHBOURED:
            continue
        own = said.words_in(thing)
        places = [other for other in source.things if other.id == thing.id]
        around = _around(said, thing.start, thing.end)
        if (
            own
            and places
            and around
            and not any(part.is_about(thing.id) for part in parts)
            and not any(
                same(one, other)
                for place in places
                for one in around
                for other in _around(source, place.start, place.end)
            )
        ):
            return f"its statement says something else of “{said.text[thing.start : thing.end]}”"
    return _word_elsewhere(said, source, {word.stem for part in parts for word in part.words})


def _word_elsewhere(said: Saying, source: Saying, told: set[str]) -> str | None:
    """The same for a word that stands for itself alone, such as the name of an ion; told: stems of the parts told."""
    wordings = load_wordings()
    for word in said.free_words():
        if (
            word.groups
            or word.stem in told
            or word.stem in wordings.free | wordings.telling
            or word.stem not in {w.stem for w in source.words}
        ):
            continue
        around = _around(said, word.start, word.start + 1)
        places = [other for other in source.words if other.stem == word.stem]
        near = [other for place in places for other in _around(source, place.start, place.start + 1)]
        if around and near and not any(same(one, other) for one in around for other in near):
            return f"its statement says something else of “{word.text}”"
    return None


def _around(text: Saying, start: int, end: int) -> list[Said]:
    """The words with content next to a stretch, three on either side."""
    idle = load_wordings().free
    before = [word for word in text.words if word.start < start and word.stem not in idle][-_WINDOW:]
    return before + [word for word in text.words if word.start >= end and word.stem not in idle][:_WINDOW]


def _is_again(said: Saying, word: Said) -> bool:
    """Whether it only takes up what was said before: "this loss"."""
    return bool(_TAKEN_UP.search(said.text[: word.start]))


def _is_comparative(word: Said) -> bool:
    return word.text.endswith("er") or word.text in ("more", "less", "worse")


def _after(text: Saying, at: int) -> list[Said]:
    """The words with content right after a word, three at most."""
    idle = load_wordings().free
    return [word for word in text.words[at + 1 :] if word.stem not in idle][:3]


def _right_after(text: Saying, at: int) -> list[Said]:
    """What an adjective of direction stands before: the words with content up to the next that has none."""
    idle = load_wordings().free
    found: list[Said] = []
    for word in text.words[at + 1 :]:
        between = text.text[text.words[at].start : word.start]
        if word.stem in idle or _PAUSE.search(between):
            break
        found.append(word)
    return found


def _near(text: Saying, at: int) -> list[Said]:
    """The words with content next to a word, two on either side."""
    idle = load_wordings().free | load_wordings().polar | _LOST
    start, end = _clause(text.text, text.words[at].start)
    before = [word for word in text.words[:at] if word.stem not in idle and word.start >= start][-2:]
    return before + [word for word in text.words[at + 1 :] if word.stem not in idle and word.start < end][:2]


def _clause(text: str, at: int) -> tuple[int, int]:
    """Where the clause around a place begins and ends."""
    start = max((match.end() for match in _CONTRAST.finditer(text, 0, at)), default=0)
    following = _CONTRAST.search(text, at)
    return start, following.start() if following else len(text)
