"""The entries of the corpus, one model per kind; unknown keys are errors, nothing changes after loading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Aspect = Literal[
    "definition", "classification", "prevalence", "burden", "symptom", "mechanism", "anatomy", "pharmacology",
    "technique", "indication", "evidence", "recommendation", "design", "result", "order", "risk", "gap", "history",
    "source",
]  # fmt: skip
Kind = Literal["intervention", "condition", "site", "finding", "mechanism", "anatomy", "technique", "study", "source"]
OutsideKind = Literal["treatment", "drug", "condition", "topic", "population"]
Unit = Literal[
    "percent", "patients", "days", "hours", "minutes", "weeks", "months", "years", "decades", "fold", "fraction",
    "groups", "blocks", "trials", "controls", "infusions",
]  # fmt: skip
Role = Literal[
    "enrolled", "arm size", "evaluated", "outcome", "crossover", "threshold", "schedule", "follow-up", "complication",
    "prevalence", "pharmacology", "design",
]  # fmt: skip


class Entry(BaseModel):
    """Base of every entry of the corpus: unknown keys are errors, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Quantity(Entry):
    """A typed number of a statement: what it counts, in which arm, when."""

    value: float
    unit: Unit
    role: Role
    measure: str | None = None
    arm: str | None = None
    time: str | None = None
    of: float | None = None
    upper: float | None = None
    bound: Literal["at least", "more than", "less than", "about", "up to", "over"] | None = None


Strings = Annotated[tuple[str, ...], Field(strict=False)]
Numbers = Annotated[tuple[int, ...], Field(strict=False)]


class Statement(Entry):
    """One atomic evidence statement in our own words; its fields are described in `corpus/README.md`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    text: Annotated[str, Field(min_length=20, max_length=700)]
    section: str
    paragraph: int | str
    sentences: Numbers
    references: Numbers = ()
    about: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    aspects: Annotated[tuple[Aspect, ...], Field(strict=False, min_length=1)]
    questions: Annotated[tuple[str, ...], Field(strict=False, min_length=2)]
    trial: str | None = None
    numbers: Annotated[tuple[Quantity, ...], Field(strict=False)] = ()
    restates: str | None = None
    silent: bool = False
    note: str | None = None


class Concept(Entry):
    """A thing that the review speaks of, and the words that clinicians use for it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    kind: Kind
    label: str
    terms: Strings = ()
    broader: Strings = ()
    references: Numbers = ()


class AspectCues(Entry):
    """What is asked about a thing, and the words that show it."""

    id: Aspect
    label: str
    cues: Strings


class Outside(Entry):
    """A thing that clinicians ask about and the review does not cover; `nearby` is what it covers close to it."""

    id: str
    kind: OutsideKind
    label: str
    terms: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    nearby: Strings = ()


class Erratum(Entry):
    """A reference number that the article prints wrong at one place; None: nothing printed, or no reference meant."""

    section: str
    paragraph: int
    sentence: int
    printed: int | None
    right: int | None
    why: str


@dataclass(frozen=True)
class Reference:
    """One of the review's references, from CSL-JSON."""

    number: int
    csl: dict[str, Any]

    @property
    def first_author(self) -> str:
        """Family name of the first author."""
        return str(self.csl["author"][0]["family"])

    @property
    def year(self) -> int:
        """Year of publication."""
        return int(self.csl["issued"]["date-parts"][0][0])

    @cached_property
    def formatted(self) -> str:
        """The full reference on one line, in the review's own (Vancouver) style."""
        csl = self.csl
        names = [f"{name['family']} {name.get('given', '')}".strip() for name in csl["author"]]
        authors = ", ".join(names) + (", et al" if "et al" in csl.get("note", "") else "")
        title = str(csl["title"]).rstrip(".")
        title += "" if title.endswith("?") else "."
        page = f":{csl['page']}" if csl.get("page") else ""
        if csl.get("type") == "chapter":
            house = f"{csl['publisher-place']}: {csl['publisher']}"
            return f"{authors}. {title} In: {csl['container-title']}. {house}; {self.year}{page}."
        where = str(csl.get("container-title-short") or csl["container-title"]).rstrip(".")
        volume = f"{csl.get('volume', '')}" + (f"({csl['issue']})" if csl.get("issue") else "")
        return f"{authors}. {title} {where}. {self.year}{';' if volume else ''}{volume}{page}."

    @property
    def link(self) -> str | None:
        """A link to the work where its DOI or PMID is known."""
        if "DOI" in self.csl:
            return f"https://doi.org/{self.csl['DOI']}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.csl['PMID']}/" if "PMID" in self.csl else None
