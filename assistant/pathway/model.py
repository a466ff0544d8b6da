"""The encoded algorithm: `algorithm.yaml`, checked against the corpus when it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from assistant.corpus import Corpus, load, read_yaml
from assistant.entries import Entry
from assistant.errors import CorpusError

FILE: Final = Path(__file__).with_name("algorithm.yaml")

Standing = Literal["common", "reported", "may benefit", "not effective", "controversial"]
Evidence = Literal["moderate", "moderate and low", "limited", "weak", "trial", "case series", "none given"]
Recommendation = Literal["strong", "reasonable", "may", "none given"]
Names = Annotated[tuple[str, ...], Field(strict=False)]
Sources = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class Need(Entry):
    """What must have failed, or brought only brief relief, before a step; and what its unknown history means."""

    intervention: str
    unknown: Literal["bars", "asks"]


class Intervention(Entry):
    """One step of the pathway; `includes` are the concepts that count as it."""

    id: str
    includes: Names
    needs: Annotated[tuple[Need, ...], Field(strict=False)]
    alongside: str | None = None
    early_where_studied: bool = False
    modality: str
    statements: Sources


class Site(Entry):
    """The sympathetic blocks for a site; none where the review names none."""

    site: str
    blocks: Names
    statements: Sources


class ConditionSite(Entry):
    """A condition that says where the pain is."""

    condition: str
    site: str
    statements: Sources


class Position(Entry):
    """What the review says of an intervention in a condition, for a course or a pattern where it distinguishes them."""

    intervention: str
    condition: str
    course: Literal["acute", "early", "long-standing"] | None = None
    pattern: Literal["segmental", "diffuse"] | None = None
    standing: Standing
    evidence: Evidence
    recommendation: Recommendation
    statements: Sources


class Reach(Entry):
    """The sites for which an intervention is used at all."""

    intervention: str
    sites: Names
    statements: Sources


class Stage(Entry):
    """The stages of an intervention, in order."""

    intervention: str
    stages: Names
    statements: Sources


class Threshold(Entry):
    """A measured bound and what lies above and below it."""

    id: str
    condition: str
    measure: str
    percent: float
    above: str
    below: str
    statements: Sources


class Caveat(Entry):
    """What to discuss before an intervention."""

    intervention: str
    statements: Sources


class Silence(Entry):
    """What clinicians ask and the review does not say."""

    about: str
    statements: Names = ()


class Algorithm(Entry):
    """The whole algorithm, in the order of the file."""

    interventions: Annotated[tuple[Intervention, ...], Field(strict=False)]
    sites: Annotated[tuple[Site, ...], Field(strict=False)]
    condition_sites: Annotated[tuple[ConditionSite, ...], Field(strict=False)]
    standings: Annotated[tuple[Position, ...], Field(strict=False)]
    reaches: Annotated[tuple[Reach, ...], Field(strict=False)]
    stages: Annotated[tuple[Stage, ...], Field(strict=False)]
    thresholds: Annotated[tuple[Threshold, ...], Field(strict=False)]
    caveats: Annotated[tuple[Caveat, ...], Field(strict=False)]
    silent: Annotated[tuple[Silence, ...], Field(strict=False)]

    def intervention(self, name: str) -> Intervention:
        """The intervention of that id."""
        return next(item for item in self.interventions if item.id == name)


@lru_cache(maxsize=4)
def load_algorithm(path: Path = FILE) -> Algorithm:
    """The algorithm; raises CorpusError for an unknown key, a dangling id, a cycle or a missing source."""
    try:
        algorithm = Algorithm.model_validate(read_yaml(path))
    except ValidationError as error:
        raise CorpusError(f"{path.name}: {_describe(error)}") from None
    _resolve(algorithm, load(), path)
    _no_cycle(algorithm, path)
    return algorithm


def _describe(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"])
        faults.append(f"{place}: {fault['msg']} (got {str(fault['input'])[:60]!r})")
    return "; ".join(faults)


def _resolve(algorithm: Algorithm, corpus: Corpus, path: Path) -> None:
    """Every statement, concept and intervention that the file names exists."""
    own = {item.id for item in algorithm.interventions}
    for place, key, name in _named(algorithm.model_dump(), path.name):
        if key == "statements" and name not in corpus.by_id:
            raise CorpusError(f"{place}: unknown statement {name!r}; allowed: ids in corpus/statements")
        if key in ("intervention", "alongside") and name not in own | set(corpus.concepts):
            raise CorpusError(f"{place}: unknown intervention {name!r}; allowed: {', '.join(sorted(own))}")
        if key in ("includes", "blocks", "site", "sites", "condition") and name not in corpus.concepts:
            raise CorpusError(f"{place}: unknown concept {name!r}; allowed: ids in corpus/vocabulary.yaml")


def _named(value: object, place: str) -> Iterator[tuple[str, str, str]]:
    """(where, key, name) of everything that names something else."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                yield place, str(key), item
            elif isinstance(item, list | tuple) and all(isinstance(name, str) for name in item):
                yield from ((place, str(key), name) for name in item)
            else:
                yield from _named(item, f"{place}: {key}")
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value, 1):
            yield from _named(item, f"{place} entry {position}")


def _no_cycle(algorithm: Algorithm, path: Path) -> None:
    """A step's needs stand before it in the file, so that no step waits for itself."""
    before: list[str] = []
    for item in algorithm.interventions:
        late = [need.intervention for need in item.needs if need.intervention not in before]
        if late:
            raise CorpusError(f"{path.name}: {item.id} needs {late[0]!r}, which does not stand before it; allowed: {_or_none(before)}")
        before.append(item.id)


def _or_none(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


