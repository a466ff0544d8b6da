"""Condition, site, course and pattern of the pain that a vignette is about: one function each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.corpus import Corpus
from assistant.reading import Mention
from assistant.vignette.clauses import Clause
from assistant.vignette.cues import cues_of
from assistant.vignette.mentions import Found
from assistant.vignette.times import Length, spans_of_time
from assistant.vignette.zoster import is_after_zoster

# Diseases and events named on the way: the pain is of these only where nothing else is named for it.
_CAUSES: Final = re.compile(
    r"diabet\w*(?: mellitus)?|stroke|CVA|cerebrovascular \w+|HIV|chemo(?:therapy)?|tumour|tumor|MS|amputation|"
    r"amputee|amputated|"
    r"carpal tunnel|fusion|myelopathy|headache|vascular disease|PVD|PAD|CLI",
    re.IGNORECASE,
)
# The pain of root or back after surgery is that of failed back surgery.
_TAKES_IN: Final = {"failed_back_surgery": ("radiculopathy", "spinal_pain")}
# What a condition began as: its time and place are those of the condition.
_BEGINS_AS: Final = {
    "phn": ("acute_zoster",),
    "phantom_limb_pain": ("post_amputation_pain",),
    "crps_2": ("nerve_injury",),
}
_OVER: Final = re.compile(
    r"\b(?:settled|resolved|cleared|recovered|h/o|history of|PMH|background|comorbid\w*|known|type [12]|T2DM|"
    r"also has)\b",
    re.IGNORECASE,
)
# "As good as in CRPS": of somebody else.
_COMPARED: Final = re.compile(
    r"\b(?:than|like|unlike|versus|compared (?:with|to)|\bas (?:\w+ )?as)"
    r"(?: (?:in|for|with|it is in|that in|those (?:with|in)))?\s*$",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"(?:\b(?:no|not|never|without|ruled? out|prevent\w*|avoid\w*|getting|becoming|turning into|in case of|"
    r"risk of)(?: \w+)?\s*$|"
    r"\?$|\bnon[- ]$)",
    re.IGNORECASE,
)
_PAIN: Final = re.compile(
    r"\b(?:pain\w*|burn\w*|hurts?|aches?|aching|agony|sore|tender|stabbing|shooting|electric|lancinating|throbbing|"
    r"dysaesthesia|allodyni\w+|swollen|swelling|mottled|sweaty|blotchy|numb)\b",
    re.IGNORECASE,
)
_NERVE: Final = re.compile(
    r"\b(?:ulnar|median|radial|sciatic|femoral|saphenous|sural|peroneal|tibial|intercostal|ilio-?inguinal|"
    r"genitofemoral|"
    r"pudendal|occipital|axillary|musculocutaneous|obturator|digital|single|one) (?:nerve|neuropath\w+|neuralg\w+|"
    r"neuroma)",
    re.IGNORECASE,
)
_OPERATION: Final = re.compile(
    r"\b(?:mastectomy|thoracotomy|VATS|herni(?:a repair|orrhaphy|otomy)|(?:knee|hip) replacement|TKR|THR|vasectomy|"
    r"caesarean|c-section|nephrectomy|sternotomy)\b|"
    r"\b(?:after|following|since|post) (?:\w+ ){0,3}(?:surgery|operation|repair|replacement|release|arthroscopy)\b",
    re.IGNORECASE,
)
_INJURED: Final = re.compile(
    r"\b(?:lacerat\w+|lac|injur\w+|cut|sever\w+|divided|transect\w+|damage\w*|avuls\w+|crush\w*|stab\w*)\b"
)
# What stands between a condition and how long it has lasted: "shingles pain for", "CRPS of"; "PHN for" is that of a
# patient who has it, as relief may be for years, too.
_LASTS: Final = re.compile(
    r"\W+(?:(?:pain|type \w+|symptoms)\W+)?(?:of|since|x|lasting|now|going on|(?:pain|symptoms) for|"
    r"(?:that |which |who )?(?:has|have)(?: \w+){1,3} for)\W+(?:(?:the (?:last|past)|over|more than|about|nearly)\W+)?",
    re.IGNORECASE,
)
_HAS: Final = re.compile(r"\b(?:with|has|have|having|had)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_FOR: Final = re.compile(r"\W+(?:for)\W+(?:(?:the (?:last|past)|over|more than|about|nearly)\W+)?", re.IGNORECASE)
_LENGTH_OF: Final = re.compile(
    r"(?:'s?)?\W+(?:history )?(?:of|after|with|from)\W+(?:(?:his|her|their|an?|the|established|known)\W+)?",
    re.IGNORECASE,
)
# Shingles whose pain lasts longer than this is postherpetic; the review does not say from when.
_ZOSTER_MONTHS: Final = 3
# "Acute", "early" and "long-standing" without these words. Between the last two the course is asked for.
_ACUTE_MONTHS: Final = 3
_EARLY_MONTHS: Final = 6
_LONG_MONTHS: Final = 12
_SAID: Final = (
    ("long-standing", re.compile(
        r"\blong[- ]?standing|\bchronic\b(?! (?:kidney|obstructive|heart|renal|liver|lung|fatigue))|\bfor years\b|"
        r"\byears ago\b",
        re.IGNORECASE)),
    ("early", re.compile(
        r"\bearly (?:CRPS|RSD|disease|stage|PHN|in the)|\bnew(?:ly)?[- ](?:onset|diagnosed|diagnosis|painful|CRPS|dx)|"
        r"\brecent(?:ly)? (?:onset|diagnosed)", re.IGNORECASE)),
    ("acute", re.compile(r"\bacute\b(?! on)", re.IGNORECASE)),
)  # fmt: skip
_DIFFUSE: Final = re.compile(
    r"\b(?:diffuse\w*|widespread|all over|everywhere|whole (?:lower )?body|everything below|generali[sz]ed)\b",
    re.IGNORECASE,
)
_NOT_DIFFUSE: Final = re.compile(
    r"\b(?:not|isn't|wasn't|never|no longer) (?:\w+ ){0,2}?"
    r"(?:diffuse\w*|widespread|all over|everywhere|generali[sz]ed)\b",
    re.IGNORECASE,
)
_NOT_SEGMENTAL: Final = re.compile(r"\b(?:not|isn't|no) (?:\w+ ){0,2}?(?:band\w*|girdle)\b", re.IGNORECASE)
_SEGMENTAL: Final = re.compile(r"\bsegmental\w*\b", re.IGNORECASE)
_AT_LEVEL: Final = re.compile(
    r"\b(?:band\w*|girdle|dermatom\w+|at[- ](?:the )?(?:\w+ )?level|at (?:the )?level of)\b", re.IGNORECASE
)
_CORD: Final = "spinal_cord_injury_pain"
# "T10 injury", "complete C6".
_CORD_LEVEL: Final = re.compile(
    r"\b[CT]\d{1,2}(?:[-/][CT]?\d{1,2})? (?:cord |spinal )?(?:injury|lesion|para\w*|tetra\w*|asia)\b|"
    r"\b(?:complete|incomplete) [CT]\d{1,2}\b|\b[CT]\d{1,2} (?:complete|incomplete)\b",
    re.IGNORECASE,
)


def condition_of(text: str, clauses: Sequence[Clause], found: Found, corpus: Corpus) -> str | None:
    """The condition whose pain is asked about; neuropathic pain where a pain and its site are told, without a name."""
    named = [m for m in found.conditions if not _DENIED.search(text[: m.start][-30:])]
    ranked = sorted(named, key=lambda m: _rank(m, text, clauses, corpus))
    condition = ranked[0].id if ranked else None
    if condition in ("acute_zoster", "phn"):
        is_after = is_after_zoster(named, text)
        condition = "phn" if is_after else _zoster(condition, text, clauses, found)
    for wider, narrower in _TAKES_IN.items():
        if condition in narrower and any(m.id == wider for m in named):
            condition = wider
    if condition in (None, "neuropathic_pain", "peripheral_neuropathic_pain"):
        nerve = _NERVE.search(text)
        if nerve:
            return "nerve_injury" if _INJURED.search(text) else "mononeuropathic_pain"
        if _OPERATION.search(text) and _PAIN.search(text):
            return "postsurgical_pain"
    if condition is None and _CORD_LEVEL.search(text):
        return _CORD
    if condition is None and _PAIN.search(text) and found.sites:
        return "neuropathic_pain"
    return condition


def _rank(mention: Mention, text: str, clauses: Sequence[Clause], corpus: Corpus) -> tuple[bool, bool, int, int]:
    """Before others: what is not over, nor only compared with, is no mere cause, is narrower, and comes first."""
    around = next((c.text for c in clauses if c.start <= mention.start < c.end), "")
    is_cause = bool(_CAUSES.fullmatch(text[mention.start : mention.end]))
    is_apart = bool(_OVER.search(around) or _COMPARED.search(text[: mention.start]))
    return is_apart, is_cause, -len(corpus.with_broader([mention.id])), mention.start


def _zoster(condition: str, text: str, clauses: Sequence[Clause], found: Found) -> str:
    """Shingles of months or years ago, with pain since, is postherpetic neuralgia."""
    if condition == "phn":
        return condition
    lasting = _lasting(clauses, condition, found)
    is_old = lasting.months >= _ZOSTER_MONTHS if lasting else bool(_SAID[0][1].search(text))
    return "phn" if is_old else condition


def site_of(text: str, clauses: Sequence[Clause], condition: str, found: Found, corpus: Corpus) -> str | None:
    """The site of that pain: named beside the condition, else beside a pain, else first; or the condition's own."""
    named = [
        m for m in found.sites if not _DENIED.search(text[: m.start][-20:]) and not _is_left_out(m, text, condition)
    ]
    beside = [k for k in found.conditions if k.id in _names(condition)]
    own = [m for m in named for c in clauses if _within(m, c) and any(_within(k, c) for k in beside)]
    # Beside a treatment stands where it was given, or where it did harm.
    apart = [
        (m, c) for m in named for c in clauses if _within(m, c) and not any(_within(t, c) for t in found.treatments)
    ]
    painful = [m for m, c in apart if _PAIN.search(c.text)]
    chosen = next(iter((*own, *painful, *(m for m, _ in apart), *named)), None)
    if chosen:
        return chosen.id
    above = corpus.with_broader([condition])
    return next((name for name in sorted(above) if corpus.concepts[name].kind == "site"), None)


def _is_left_out(mention: Mention, text: str, condition: str) -> bool:
    """A site that only bounds the pain of a cord injury ("below the chest"), or is asked about ("shoulder pain?")."""
    before, after = text[: mention.start][-12:], text[mention.end :][:10]
    bounds = condition == _CORD and re.search(r"\b(?:below|above) (?:the )?$", before)
    return bool(bounds) or bool(re.match(r"(?: pain)?\?| cramps", after))


def course_of(clauses: Sequence[Clause], condition: str, found: Found) -> str | None:
    """The course of that pain, from its length or else from words such as "long-standing"; None where neither tells."""
    lasting = _lasting(clauses, condition, found)
    if lasting:
        return _course(lasting)
    told = " ".join(clause.text for clause in clauses if not clause.supposes)
    return next((name for name, pattern in _SAID if pattern.search(told)), None)


def _attached(clauses: Sequence[Clause], condition: str, found: Found) -> Length | None:
    """How long the pain has lasted, told beside its name, within a question too: "PHN of 3 years"."""
    for clause in clauses:
        for length in spans_of_time(clause) if not clause.supposes else ():
            for mention in found.conditions:
                if mention.id not in _names(condition) or not _within(mention, clause):
                    continue
                before = clause.text[: mention.start - clause.start]
                between = clause.text[mention.end - clause.start : length.start - clause.start]
                if _LASTS.fullmatch(between) or (_HAS.search(before) and _FOR.fullmatch(between)):
                    return length
                if _LENGTH_OF.fullmatch(clause.text[length.end - clause.start : mention.start - clause.start]):
                    return length
    return None


def _course(lasting: Length) -> str | None:
    months = lasting.months
    if lasting.is_short and months <= _ACUTE_MONTHS:
        return "acute"
    if months < _EARLY_MONTHS:
        return "early"
    return "long-standing" if months >= _LONG_MONTHS else None


def _lasting(clauses: Sequence[Clause], condition: str, found: Found) -> Length | None:
    """How long the pain has lasted: told beside the condition, else beside no other condition and no treatment."""
    told = [c for c in clauses if not (c.asks or c.supposes or _OVER.search(c.text))]
    times = [(c, length) for c in told for length in spans_of_time(c) if not _is_other(length, c, found)]
    named = [m for m in found.conditions if m.id in _names(condition)]
    beside = [length for c, length in times if any(_within(m, c) for m in named)]
    free = [length for c, length in times if not any(_within(m, c) for m in found.conditions)]
    return next(iter((*beside, *free)), None) or _attached(clauses, condition, found)


def _is_other(length: Length, clause: Clause, found: Found) -> bool:
    """Whether it is how long relief lasted, or stands beside a treatment in the clause."""
    if any(
        cue.result == "brief" and cue.start < length.end and length.start < cue.end for cue in cues_of(clause, found)
    ):
        return True
    if any(m.start < length.end and length.start < m.end for m in found.treatments):
        # The days of "60-day lead" are part of its name.
        return True
    before = [m for m in _all(found) if clause.start <= m.start and m.end <= length.start]
    after = [m for m in _all(found) if length.end <= m.start < clause.end]
    if before:
        return before[-1] in found.treatments
    is_relief = re.search(
        r"\b(?:relief|lasted|gave|held|benefit|better|each|good|wore|took|scheduled|booked)\b", clause.text
    )
    return bool(is_relief) or bool(after and after[0] in found.treatments)


def _names(condition: str) -> tuple[str, ...]:
    """The condition, and what its beginning or a part of it is called."""
    return (condition, *(_BEGINS_AS | _TAKES_IN).get(condition, ()))


def _all(found: Found) -> Iterator[Mention]:
    yield from sorted((*found.treatments, *found.conditions, *found.sites), key=lambda m: m.start)


def _within(mention: Mention, clause: Clause) -> bool:
    return clause.start <= mention.start < clause.end


def pattern_of(text: str, condition: str) -> str | None:
    """Segmental or diffuse; a band at the level of injury is segmental pain."""
    told = _NOT_DIFFUSE.sub(" ", text)
    if _DIFFUSE.search(told):
        return "diffuse"
    if _SEGMENTAL.search(told) or (condition == _CORD and _AT_LEVEL.search(_NOT_SEGMENTAL.sub(" ", told))):
        return "segmental"
    return None
