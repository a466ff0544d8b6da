"""Advice against the patient's own history and place: right for another patient, wrong for this one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context, says_silence
from assistant.guardrail.histories import contradictions
from assistant.guardrail.lay import plain
from assistant.guardrail.mood import is_asked, is_framed
from assistant.guardrail.offers import is_in_good_light, speaks_of_patient
from assistant.guardrail.placeholders import STEPS
from assistant.guardrail.recommend import Advice, is_plan, listed, named, recommended
from assistant.guardrail.relations import relations
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import is_item
from assistant.guardrail.types import Finding, Severity
from assistant.guardrail.units import Document, Unit, step_of
from assistant.pathway import Plan

_STEP: Final = {short: name for name, short in STEPS.items()}
# What must have failed, or brought only brief relief, before each step; unknown drugs are asked, not held against it.
NEEDS: Final = {"block": ("drugs",), "ketamine": ("drugs",), "pns": ("drugs",), "scs": ("drugs", "block", "ketamine")}
_BLOCKS: Final = frozenset({"stellate_block", "lumbar_block", "celiac_block", "hypogastric_block", "impar_block"})
_BEHIND: Final = ("failed", "done")
_CONDITIONAL: Final = re.compile(
    r"\b(?:if|once|when|unless|until|provided|assuming|in case|only (?:if|when|after|once)|should)\b([^.;!?]{0,90}?)"
    r"(?:\bfail\w*|\bnot (?:work|help|last|hold|respond|enough|suffice)\w*|n't (?:work|help|last|hold|respond|"
    r"suffice)\w*|\bno (?:relief|benefit|help|good|use|better)|"
    r"\binadequate|\binsufficient|\bunsuccessful|\bdisappoint\w*|\bwears? off|\btried|\bexhausted|\blet \w+ down|"
    r"\bstill)"
)
# The text itself goes on to say that the step has failed: it does not offer it.
_ACKNOWLEDGED: Final = re.compile(
    r"\b(?:has|have|had|hers|his|this|it) (?:already |also |been tried and |now )*(?:has |have )?failed\b"
    r"|\bbeen tried and\b|\balready failed\b|\bbehind (?:him|her|them|you|the patient)\b",
    re.IGNORECASE,
)
_FAILED_LIKE: Final = re.compile(
    r"\bfail\w*\W+(?:and |just |exactly |much )*(?:as|like) (?:did |with )?(?:\w+ ){0,2}$", re.IGNORECASE
)
# "..., once drugs have failed" says nothing of the step itself.
_OTHER_FAILED: Final = re.compile(
    r"\b(?:drugs?|medicines?|medications?|tablets?|pharmacotherapy|analgesics?|agents|treatments?|management|these|"
    r"all|both)"
    r"(?: \w+)? (?:has|have|had) (?:already |also )?failed\b",
    re.IGNORECASE,
)
_RULED_OUT: Final = re.compile(
    r"\b(?:contraindicat\w*|ruled out|not an option|(?:can't|cannot|must not|mustn't) (?:have|be)|off the table|"
    r"unsuitable|not suitable|not available|(?:not|[a-z]*n't) (?:appear|seem|found|shown)\w*[^.;]{0,20}\beffective)\b",
    re.IGNORECASE,
)
_WHETHER: Final = re.compile(r"\bwhether\b(?! or not)[^.;:]*$", re.IGNORECASE)
_DECLINED: Final = re.compile(
    r"(?:\bnot|n't|\bnever|\bno longer)\b[^.;]{0,40}\b(?:offer|put|recommend\w*|consider\w*|suggest\w*|suitable|"
    r"support|advise\w*|help\w*|work\w*|respon\w*|"
    r"succe\w+|repeat\w*|right|go|indicated|option|for (?:him|her))\b|\bno (?:further|more|place)\b|\b(?:it|this|"
    r"that|they|which)\b[^.;]{0,30}\b(?:been tried|failed)\b",
    re.IGNORECASE,
)
# The writer arranges something for the patient.
_DIRECTING: Final = re.compile(
    r"\b(?:i|we)(?:'d| would|'ll| will| should)? (?:suggest|recommend|propose|advise|book|arrange|offer|list|"
    r"plan to)\b",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"\b(?:later|eventually|in due course|afterwards|down the line|in future|one day|for later|last)\b"
)


# Where a block is aimed, told by what lies there.
_TARGETS: Final = {
    "lumbar_block": re.compile(r"\bL ?[234](?: ?[/-] ?L? ?[345])?\b|\blumbar (?:sympathetic )?(?:chain|ganglia)\b"),
    "stellate_block": re.compile(
        r"\b(?:inferior|lower) cervical\b[^.;]{0,30}\bthoracic\b|\bcervicothoracic gangli\w+", re.IGNORECASE
    ),
}
_AIMS: Final = re.compile(
    r"\b(?:targets?|targeting|aim(?:ed|ing)?|list(?:ed|ing)|book(?:ed|ing)?|schedul\w+|inject\w*|infiltrat\w+|"
    r"go(?:ing)? for|anaesthetis\w+)\b",
    re.IGNORECASE,
)
_NOT_THERE: Final = re.compile(
    r"\b(?:not|never|wrong|instead|rather than|unlike|laminectom\w+|fusion|disc|radicul\w+|legs?|feet|foot|"
    r"hands?|arms?|upper|lower[- ](?:limb|extremity))\b|n't\b",
    re.IGNORECASE,
)


def patient(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on what is recommended to the patient."""
    if context.plan is None or context.patient is None:
        return
    yield from _against_record(document, context)
    planned: set[str] = set()
    # Steps of which the text has said what they wait for.
    conditional: set[str] = set()
    is_found = is_headed = False
    for unit in document.units:
        if is_asked(unit.masked):
            continue
        here = list(recommended(unit))
        is_headed = is_plan(unit.text) or (is_headed and is_item(document, unit))
        if is_headed and not here:
            here = list(listed(unit))
        together = planned | {advice.step for advice in here if advice.step != "scs"}
        for advice in here:
            rule = _rule(advice, unit, context, together)
            if rule and not (rule == "PAT-6" and advice.step in conditional):
                is_found = True
                span = (advice.mention.start, advice.mention.end)
                yield finding(rule, document, unit, span, statement=_statement(rule, advice.step, context))
        planned |= {advice.step for advice in here}
        conditional |= _waiting(unit, context.plan)
    if not is_found:
        yield from _aimed_elsewhere(document, context)
        yield from _beside_the_point(document, context)


def _aimed_elsewhere(document: Document, context: Context) -> Iterator[Finding]:
    """A target told by its parts that is another block's: "listed for one at L2/L3", for a hand."""
    if not any(step_of().get(name) == "block" for unit in document.units for name in unit.concepts):
        return
    for unit in document.units:
        if unit.is_question or unit.is_retracted or is_framed(unit.masked) or not _AIMS.search(unit.text):
            continue
        if _NOT_THERE.search(unit.text):
            continue
        for block, pattern in _TARGETS.items():
            if _is_elsewhere(block, context) and (found := pattern.search(unit.text)):
                yield finding("PAT-4", document, unit, found.span(), statement=_statement("PAT-4", "block", context))
                return


def _against_record(document: Document, context: Context) -> Iterator[Finding]:
    """Claims on the patient's history that the record gainsays."""
    assert context.patient is not None
    for unit in plain(document).units:
        if unit.is_question or unit.is_retracted or is_asked(unit.masked) or is_framed(unit.masked):
            continue
        if any(contradictions(unit, unit.masked, context.patient)):
            yield finding("PAT-8", document, unit)


def _beside_the_point(document: Document, context: Context) -> Iterator[Finding]:
    """The first closed step that a text puts in a good light while it names no step that is open."""
    following = {step_of().get(name) for name in _plan(context).next}
    if following & {step for unit in document.units for step in named(unit)}:
        return
    if any(pattern.search(unit.text) for unit in document.units for pattern in (_RULED_OUT, _ACKNOWLEDGED, _DECLINED)):
        return
    is_directing = any(_DIRECTING.search(unit.text) for unit in document.units)
    for unit in document.units:
        if unit.is_question or is_asked(unit.masked) or is_framed(unit.masked) or says_silence(unit):
            continue
        if len(_RESULT.findall(unit.text)) > 1:
            # The arms of a trial are offered to nobody.
            continue
        for mention in unit.mentions:
            step = step_of().get(mention.id)
            if step and _is_closed(step, context) and is_in_good_light(unit.text.lower(), mention.start, mention.end):
                is_closed = _status(context, step) in ("failed", "unavailable") or _is_too_soon(step, context)
                is_sure = is_closed and (speaks_of_patient(unit.text.lower()) or is_directing)
                severity: Severity = "block" if is_sure else "caution"
                yield finding("PAT-7", document, unit, (mention.start, mention.end), severity=severity)
                return


_RESULT: Final = re.compile(r"\d ?%|\bper ?cent\b|\b\d+ (?:of|out of|/) ?\d+\b", re.IGNORECASE)


def _is_too_soon(step: str, context: Context) -> bool:
    """Whether something that has to come before the step is known not to have been tried."""
    assert context.patient is not None
    return any(_STEP[need] in context.patient.not_tried for need in NEEDS.get(step, ()))


def _is_closed(step: str, context: Context) -> bool:
    """Whether the step is behind the patient, or before him; how early PNS comes the review does not say."""
    status = _status(context, step)
    return status in ("failed", "unavailable") or (status == "later" and step != "pns")


def _rule(advice: Advice, unit: Unit, context: Context, planned: set[str]) -> str | None:
    plan, status = _plan(context), _status(context, advice.step)
    if _is_conditional(unit, advice, plan):
        return None
    if advice.concept in _BLOCKS and _is_elsewhere(advice.concept, context):
        return "PAT-4"
    if status == "failed":
        is_known = _ACKNOWLEDGED.search(_OTHER_FAILED.sub(" ", unit.text[advice.mention.end :]))
        return None if is_known or _FAILED_LIKE.search(unit.text[: advice.mention.start]) else "PAT-1"
    if status == "unavailable":
        is_said = _RULED_OUT.search(unit.text[advice.mention.end :])
        if is_said or _WHETHER.search(unit.text[: advice.mention.start]):
            return None
        return "PAT-2" if _is_contraindicated(advice, context) else "PAT-5"
    if advice.step not in NEEDS or status not in ("later", "need to know"):
        return None
    missing = [
        step
        for step in NEEDS[advice.step]
        # Where the review names no block for the site, none is passed over.
        if _status(context, step) not in (*_BEHIND, "not covered") and step not in planned
    ]
    return _rule_missing(missing, context)


def _rule_missing(missing: list[str], context: Context) -> str | None:
    """PAT-3: a step is passed over; PAT-6: only what may have been done, or can't be."""
    assert context.patient is not None
    if not missing:
        return None
    if missing == ["drugs"]:
        return "PAT-3" if _STEP["drugs"] in context.patient.not_tried else "PAT-6"
    if missing == ["ketamine"] and "ketamine" not in context.patient.not_tried:
        return "PAT-6"
    return "PAT-6" if all(_status(context, step) == "unavailable" for step in missing) else "PAT-3"


def _plan(context: Context) -> Plan:
    assert context.plan is not None
    return context.plan


def _status(context: Context, step: str) -> str:
    return _plan(context).step(_STEP[step]).status


def _is_contraindicated(advice: Advice, context: Context) -> bool:
    assert context.patient is not None
    wide = context.corpus.with_broader([advice.concept])
    return bool({*wide, _STEP[advice.step]} & set(context.patient.contraindicated))


def _is_elsewhere(block: str, context: Context) -> bool:
    """Whether the review names other blocks for the patient's site, and not this one."""
    serving = next((site.blocks for site in context.algorithm.sites if site.site == _plan(context).site), ())
    return bool(serving) and block not in serving


def _waiting(unit: Unit, plan: Plan) -> set[str]:
    """The steps that a unit puts behind one that the patient does not have behind."""
    return {
        step
        for relation in relations(unit.masked)
        if relation.kind == "before" and not relation.denied
        for step in relation.later
        if any(plan.step(_STEP[name]).status not in (*_BEHIND, "unavailable") for name in relation.earlier - {step})
    }


def _is_conditional(unit: Unit, advice: Advice, plan: Plan) -> bool:
    """Whether the unit puts the step after something that the patient does not have behind."""
    masked = unit.masked
    for relation in relations(masked):
        if relation.kind == "before" and not relation.denied and advice.step in relation.later:
            open_steps = [
                step
                for step in relation.earlier - {advice.step}
                if plan.step(_STEP[step]).status not in (*_BEHIND, "unavailable")
            ]
            if open_steps:
                return True
    for match in _CONDITIONAL.finditer(masked):
        named = [name for found in re.findall(r"<([a-z|]+)>", match[1]) for name in found.split("|")]
        if not named or any(plan.step(_STEP[name]).status not in _BEHIND for name in named):
            return True
    return bool(_LATER.search(masked))


def _statement(rule: str, step: str, context: Context) -> str | None:
    """The statement that says what is right for this patient's site, or of this step; else the rule's own."""
    if rule == "PAT-4":
        return next(site.statements[0] for site in context.algorithm.sites if site.site == _plan(context).site)
    return next(iter(_plan(context).step(_STEP[step]).statements), None) if rule == "PAT-5" else None
