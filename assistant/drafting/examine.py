"""A draft held to the evidence, sentence by sentence: kept as drafted, replaced by its statement, or left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from assistant.answering.cite import mark
from assistant.corpus import load
from assistant.drafting.marks import Marked, cut
from assistant.drafting.openers import answer_word, is_answered
from assistant.drafting.parts import PARTS
from assistant.drafting.resting import rest_of
from assistant.drafting.sayings import saying
from assistant.entries import Statement
from assistant.guardrail import Finding, check
from assistant.patient import Patient
from assistant.types import DraftedSentence

# A sentence that begins so speaks of what the sentence before named.
_GOES_ON: Final = re.compile(
    r"^\W*(?:(?:and|but|so|also|however|moreover|furthermore|in addition|additionally|similarly)\b,?\s+)?"
    r"(?:it(?! (?:is|was|remains|has been|seems|appears) (?:\w+ )?(?:estimated|reasonable|unclear|"
    r"open|clear|thought|unknown|possible|undefined|undetermined|controversial|expected|stated|reported)\b)|"
    r"they|this|these|that|"
    r"those(?! (?:who|with|whose|in|given|treated|listed|named|of))|both|its|their|such|he|she|"
    r"the (?:same|latter|former|others?))\b",
    re.IGNORECASE,
)
_STOP: Final = re.compile(r"([.!?]+[\"')]*)$")


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what an answer is for."""

    question: str
    patient: Patient | Mapping[str, Any] | None = None
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Examined:
    """The sentences of a draft with what became of each, and marks that stand for no statement."""

    sentences: tuple[DraftedSentence, ...]
    unknown: tuple[str, ...]

    @property
    def text(self) -> str:
        """What may be shown."""
        return " ".join(item.shown for item in self.sentences if item.shown)

    @property
    def kept(self) -> int:
        """How many sentences are shown as drafted."""
        return sum(item.verdict in ("supported", "supported by inheritance") for item in self.sentences)

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind what is shown, in its order."""
        return tuple(dict.fromkeys(name for item in self.sentences if item.shown for name in item.statements))


def examine(draft: str, offered: Mapping[str, Statement], about: About) -> Examined:
    """The draft examined; offered: the statements by the short ids that the model was given."""
    marked = cut(draft, offered)
    found: list[DraftedSentence] = []
    said: set[str] = set()
    before: DraftedSentence | None = None
    for sentence in marked:
        result = _examined(sentence, tuple(offered.values()), about, before)
        result = result if result.verdict.startswith("supported") else _replaced(result, offered, said)
        found.append(result)
        said.update(result.statements if result.shown else ())
        before = result if result.shown else None
    unknown = tuple(dict.fromkeys(name for sentence in marked for name in sentence.unknown))
    return Examined(_in_context(found, offered, about), unknown)


def _examined(
    sentence: Marked, offered: Sequence[Statement], about: About, before: DraftedSentence | None
) -> DraftedSentence:
    """The verdict on one sentence: it must say what its statements say, and the guardrail must pass it."""
    named = about.named | (saying(before.shown).ids if before else frozenset())
    if sentence.text.endswith("?"):
        return DraftedSentence(sentence.text, "unverified", reason="it asks and tells nothing")
    opener, claim = answer_word(sentence.text)
    rest = rest_of(replace(sentence, text=claim), offered, named, about.question)
    cited = rest.statements
    ids = tuple(statement.id for statement in cited)
    if rest.reason:
        return DraftedSentence(sentence.text, "unverified", ids, reason=rest.reason)
    goes_on = bool(_GOES_ON.match(rest.told))
    if goes_on and not (before and _shares_subject(before, cited) and _is_of_same(rest.told, before, cited)):
        return DraftedSentence(sentence.text, "unverified", ids, reason="what it goes on with is not in the answer")
    is_answer = bool(opener) and not is_answered(opener, saying(claim), saying(about.question))
    shown = with_marks(rest.told if rest.is_cut else claim if is_answer else sentence.text, cited)
    findings = _findings(shown, before.shown if before and goes_on else "", about)
    if findings:
        return DraftedSentence(sentence.text, "contradicted", ids, reason=_told(findings))
    return DraftedSentence(sentence.text, "supported by inheritance" if goes_on else "supported", ids, shown)


def _findings(shown: str, lead: str, about: About) -> tuple[Finding, ...]:
    """What the guardrail finds in a sentence; one that goes on is read with the sentence that it goes on from."""
    start = len(lead) + 1 if lead else 0
    found = check(f"{lead} {shown}" if lead else shown, about.patient).findings
    return tuple(item for item in found if item.end > start or not lead)


def _shares_subject(before: DraftedSentence, cited: Sequence[Statement]) -> bool:
    """Whether the sentence before speaks of the treatment that the statements are about."""
    return bool(saying(before.shown).ids & {name for statement in cited for name in statement.about})


def _is_of_same(told: str, before: DraftedSentence, cited: Sequence[Statement]) -> bool:
    """Whether a finding of which the statements say this is named, here or in the sentence before.

    "These affected 27%", after a sentence on serious complications, says nothing of those of the device.
    """
    concepts, here = load().concepts, {word.stem for word in saying(told).words}
    parts = [saying(part) for statement in cited for part in PARTS.split(statement.text) if part.strip()]
    own = max(parts, key=lambda part: len(here & {word.stem for word in part.words}))
    findings = {name for name in own.ids if name in concepts and concepts[name].kind == "finding"}
    # Of a complication and one of the device the narrower is meant.
    findings -= {wide for name in findings for wide in load().with_broader([name]) if wide != name}
    return not findings or bool(findings & (saying(told).ids | saying(before.shown).ids))


def _replaced(item: DraftedSentence, offered: Mapping[str, Statement], said: set[str]) -> DraftedSentence:
    """The sentence with its first statement in its place, unless that is said already or there is none."""
    named = [statement for name in item.statements for statement in offered.values() if statement.id == name]
    if not named or named[0].id in said:
        return item
    statement = named[0]
    return replace(item, verdict="replaced", statements=(statement.id,), shown=with_marks(statement.text, [statement]))


def _in_context(
    found: Sequence[DraftedSentence], offered: Mapping[str, Statement], about: About
) -> tuple[DraftedSentence, ...]:
    """The sentences after the guardrail has read them together; what it finds in a drafted one is replaced."""
    items = list(found)
    for _ in range(len(items) + 1):
        text = " ".join(item.shown for item in items if item.shown)
        findings = check(text, about.patient, about.question).findings if text else ()
        at, changed = 0, False
        for position, item in enumerate(items):
            if not item.shown:
                continue
            start, end = at, at + len(item.shown)
            at = end + 1
            own = [each for each in findings if each.start < end and start < max(each.end, each.start + 1)]
            if own and item.verdict.startswith("supported"):
                said = {name for other in items if other is not item and other.shown for name in other.statements}
                told = replace(item, verdict="contradicted", shown="", reason=_told(own))
                items[position] = _replaced(told, offered, said)
                changed = True
        if not changed:
            break
    return tuple(items)


def _told(findings: Sequence[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.message for finding in findings))


def with_marks(text: str, statements: Sequence[Statement]) -> str:
    """The text with the marks of its statements before its stop."""
    signs = " ".join(dict.fromkeys(mark(statement.references) for statement in statements))
    return _STOP.sub(rf" {signs}\1", text)
