"""What a vignette names: treatments of the pathway, conditions and sites, shorthand and body parts included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.corpus import Corpus
from assistant.pathway import load_algorithm
from assistant.reading import Mention

BLOCKS: Final = frozenset({"sympathetic_block", "stellate_block", "lumbar_block", "celiac_block", "hypogastric_block",
                           "impar_block"})  # fmt: skip
# Daily care: that it brings relief for a while is no result, and that it is only named says that it was tried.
DAILY: Final = frozenset({"pharmacotherapy", "medical_management", "named_drug", "non_drug_care", "physical_therapy",
                          "tens"})  # fmt: skip
# In a history these stand for a step of the pathway, whether or not the review speaks of them.
_STANDS_FOR: Final = {
    **dict.fromkeys(("graded_imagery", "complementary", "physical_modalities"), "non_drug_care"),
    **dict.fromkeys(
        ("capsaicin", "bisphosphonates", "cannabinoids", "steroids", "muscle_relaxants", "anticonvulsants_more",
         "nsaids_more", "opioid_use", "other_opioids", "alpha2_agonists"), "named_drug"),
}  # fmt: skip
# Shorthand of clinic letters, too short or too common a word for a vocabulary that questions in general are read with.
_SHORTHAND: Final = {
    "ketamine": r"[Kk] ?inf(?:usion)?s?\b|IVK\b",
    "stellate_block": r"SGBs\b",
    "lumbar_block": r"LSBs\b",
    "sympathetic_block": r"(?:blocks?|blockade)\b|[Ss]ymps\b|"
    r"[Bb]locked(?= (?:last|her|him|twice|once|again|yesterday|x ?\d|\d)\b)",
    "named_drug": r"(?:PGB|GBP|[Gg]aba|[Dd]ulox|[Aa]mitrip|[Nn]ortrip|[Tt]rama?|TCAs?)\b",
    "pharmacotherapy": r"(?:all |every )?(?:tabs|[Pp]lasters?|[Pp]atches|neuropathics|nerve (?:tablets|agents|"
    r"drugs))\b|"
    r"[Ee]verything(?= (?:by mouth|oral|tried|has|failed|else|in the BNF))|(?:(?<=[Tt]ried )|"
    r"(?<=[Ff]ailed ))everything\b|"
    r"[Nn]othing(?:'s)?(?= (?:\w+ ){0,3}(?:worked|helped|works|helps|tried|touch(?:es|ed)))|[Uu]ntreated\b",
    "physical_therapy": r"(?:[Hh]and therapy|PT)\b",
    "non_drug_care": r"OT\b",
    "interventional_care": r"[Pp]rocedures\b",
}
_BODY: Final = {
    "face": r"(?:eye|eyes|brow|temple|gums?|teeth|tooth)\b",
    "trunk": r"(?:breast|loin|ribs)\b",
    "lower_limb": r"(?:soles?|calcane\w+|BKA|AKA|trans-?tibial|trans-?femoral|legs?|sciatic)\b",
    "perineum": r"(?:vulv\w+|coccyx|coccygeal|tailbone)\b",
}
# A thoracic level is a site where the pain is that of a segment.
_LEVEL: Final = {"trunk": r"T(?:[3-9]|1[0-2])(?:[-/]\d{1,2})?\b"}
_OF_SEGMENT: Final = re.compile(
    r"\b(?:band|girdle|dermatom\w+|shingles|zoster|PHN|postherpetic|at (?:the )?level)\b", re.IGNORECASE
)
# "CRPS 2/12" has lasted two months and is of no type yet.
_IS_TIME: Final = re.compile(r"/(?:12|52|7)\b")
# A drug or block is named, and a person who gives it is none.
_PERSON: Final = re.compile(r"(?:ologist|apist|ician)s?$", re.IGNORECASE)
_TEAM: Final = re.compile(
    r"\s(?:team|nurse|consultant|doctor|registrar|clinic|department|lead|colleagues?)\b", re.IGNORECASE
)
_CONDITIONS: Final = {
    "post_amputation_pain": r"(?:[Ss]tump|[Rr]esidual limb)\b",
    "crps_1": r"CRPS[ -]I\b(?! (?:have|am|was|would|saw|see|use|do|can))",
}
_BEFORE: Final = r"(?<![\w-])"


@dataclass(frozen=True, slots=True)
class Found:
    """What is named, in order of the text."""

    treatments: tuple[Mention, ...]
    conditions: tuple[Mention, ...]
    sites: tuple[Mention, ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether a treatment or condition is named there."""
        return any(m.start < end and start < m.end for m in (*self.treatments, *self.conditions))


def mentioned(text: str, mentions: Sequence[Mention], corpus: Corpus) -> Found:
    """What `text` names; `mentions` are those of the vocabulary."""
    steps = _steps()
    named = [m for m in mentions if not (_PERSON.search(text[m.start : m.end]) or _TEAM.match(text, m.end))]
    treatments = [_as(m, _STANDS_FOR.get(m.id, m.id)) for m in named if _STANDS_FOR.get(m.id, m.id) in steps]
    kinds = {m: corpus.concepts[m.id].kind for m in named if m.id in corpus.concepts}
    conditions = [_untyped(m, text, corpus) for m, kind in kinds.items() if kind == "condition"]
    conditions += [m for m in _matches(_CONDITIONS, text) if m.id == "crps_1" or not _overlaps(m, conditions)]
    sites = [m for m, kind in kinds.items() if kind == "site"]
    # A term that runs on past a comma ("epidurals, blocks") is two things.
    kept = [m for m in (*treatments, *conditions, *sites) if "," not in text[m.start : m.end]]
    treatments += [m for m in _matches(_SHORTHAND, text) if not _overlaps(m, kept)]
    sites += [m for m in _matches(_BODY, text) if not _overlaps(m, kept)]
    sites += _matches(_LEVEL, text) if _OF_SEGMENT.search(text) else ()
    return Found(_sorted(treatments), _sorted(conditions), _sorted(sites))


def _untyped(mention: Mention, text: str, corpus: Corpus) -> Mention:
    if text[mention.end - 1].isdigit() and _IS_TIME.match(text, mention.end):
        return _as(mention, corpus.concepts[mention.id].broader[0])
    return mention


def _as(mention: Mention, name: str) -> Mention:
    return Mention(name, mention.start, mention.end, mention.corrected)


def _matches(patterns: dict[str, str], text: str) -> Iterator[Mention]:
    for name, pattern in patterns.items():
        for match in re.finditer(_BEFORE + f"(?:{pattern})", text):
            yield Mention(name, *match.span())


def _overlaps(one: Mention, others: Sequence[Mention]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _sorted(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: m.start))


@lru_cache(maxsize=1)
def _steps() -> frozenset[str]:
    """Whatever a history may name: the pathway's steps, their forms, and wide names that may have meant them."""
    algorithm = load_algorithm()
    wide = (name for aside in algorithm.asides if aside.may_be for name in aside.interventions)
    return frozenset((*(name for item in algorithm.interventions for name in item.includes), *wide))
