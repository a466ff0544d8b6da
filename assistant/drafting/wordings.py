"""Which words may stand for which: the data of `wordings.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from assistant.corpus import read_yaml
from assistant.errors import CorpusError
from assistant.reading import stem

WORDINGS: Final = Path(__file__).parent / "wordings.yaml"
THESAURUS: Final = Path(__file__).parent / "thesaurus.yaml"
_KEYS: Final = (
    "free",
    "telling",
    "groups",
    "phrases",
    "converse",
    "hedges",
    "grades",
    "conditions",
    "limits",
    "never",
    "polar",
    "directions",
)


@dataclass(frozen=True)
class Wordings:
    """Stems by class; `groups` numbers the lists of words that say the same.

    phrases: turns of phrase with what they are read as, the longest first;
    free: carry nothing that could be wrong; telling: speak of the review and its studies; converse: pairs of groups
    that say the same when what they relate changes places; hedges, grades, conditions, limits: words whose loss would
    make a sentence say more than its statement; never: words that no sentence may have unless its statement does;
    polar: words of direction, which must stand beside the same words as in the statement;
    directions: those of them that must not be left out.
    """

    free: frozenset[str]
    telling: frozenset[str]
    groups: dict[str, frozenset[int]]
    phrases: tuple[tuple[str, str], ...]
    converse: dict[int, frozenset[int]]
    hedges: frozenset[str]
    grades: frozenset[str]
    conditions: frozenset[str]
    limits: frozenset[str]
    never: frozenset[str]
    polar: frozenset[str]
    directions: frozenset[str]

    @cached_property
    def critical(self) -> frozenset[str]:
        """Stems that may turn a claim."""
        return self.never | self.grades | self.conditions | self.limits | self.polar | self.directions

    def groups_of(self, word: str) -> frozenset[int]:
        """Ids of the groups that hold the word."""
        return self.groups.get(stem(word), frozenset())


@lru_cache(maxsize=1)
def load_wordings(path: Path = WORDINGS, thesaurus: Path = THESAURUS) -> Wordings:
    """The wordings; raises CorpusError naming file, key and what is allowed."""
    content = read_yaml(path)
    if set(content) != set(_KEYS):
        raise CorpusError(f"{path}: expected the keys {', '.join(_KEYS)}; got {', '.join(map(str, content))}")
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines(path, content, "groups")):
        for word in line.split():
            groups.setdefault(stem(word), set()).add(number)
    for number, (head, others) in enumerate(_thesaurus(thesaurus).items(), len(content["groups"])):
        for word in (head, *others):
            groups.setdefault(stem(word), set()).add(number)
    converse: dict[int, set[int]] = {}
    for line in _lines(path, content, "converse"):
        one, _, other = line.partition(" / ")
        for a in groups.get(stem(one.strip()), set()):
            for b in groups.get(stem(other.strip()), set()):
                converse.setdefault(a, set()).add(b)
                converse.setdefault(b, set()).add(a)
    lists = {key: frozenset(stem(word) for line in _lines(path, content, key) for word in line.split())
             for key in _KEYS if key not in ("groups", "phrases", "converse")}  # fmt: skip
    phrases = []
    for line in _lines(path, content, "phrases"):
        one, _, other = line.partition(" / ")
        phrases.append((one.strip(), other.strip()))
    return Wordings(
        phrases=tuple(sorted(phrases, key=lambda pair: -len(pair[0]))),
        groups={name: frozenset(ids) for name, ids in groups.items()},
        converse={number: frozenset(others) for number, others in converse.items()},
        **lists,
    )


def _thesaurus(path: Path) -> dict[str, list[str]]:
    """The words that may stand for each word of the statements; raises CorpusError for a line that is no such list."""
    content = read_yaml(path)
    for head, others in content.items():
        if not isinstance(head, str) or not isinstance(others, str) or not others.split():
            raise CorpusError(f"{path}: {head}: expected a line of words that may stand for it; got {others!r:.60}")
    return {head: others.split() for head, others in content.items()}


def _lines(path: Path, content: dict[str, Any], key: str) -> list[str]:
    lines = content[key]
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise CorpusError(f"{path}: {key}: expected a list of lines of words; got {lines!r:.60}")
    return lines
