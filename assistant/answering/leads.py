"""The first sentence of an answer about a patient, its marks in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.answering.asked import Asked
from assistant.answering.cite import mark, marked
from assistant.corpus import Corpus
from assistant.pathway import Plan, Step, load_algorithm
from assistant.pathway.situation import situation_of
from assistant.pathway.verdict import BY_HISTORY
from assistant.patient import Patient

_BLOCK: Final = "sympathetic_block"
_OFFERED: Final = ("consider", "alongside")
_WAITS: Final = ("later", "need to know")
_GENERAL: Final = frozenset({"neuropathic_pain", "peripheral_neuropathic_pain", "central_neuropathic_pain"})
_GROUNDS: Final = frozenset({"evidence", "recommendation", "result"})
# Why spinal cord stimulation waits for the rest.
_WHY_LATE: Final = "order-why-scs-late"
# Which of the two stimulators comes first.
STIMULATORS: Final = ("pns", "scs")
WHICH_STIMULATOR: Final = "order-why-pns-earlier"
# Answer by themselves what a hint at them asks for.
_FIRST: Final = ("scs-waveforms", "order-ketamine-relative-to-blocks", "pns-evidence-scs-permanent-after-trial")
# Options set side by side in one sentence.
_MOST_COMPARED: Final = 3
# What the review does not say: contraindications among it.
_SILENCE: Final = "review-safety-gap"
# The options after drug treatment, and the sentence that names them.
_PATHWAY: Final = (_BLOCK, "ketamine", "pns", "scs")
_ALL: Final = "order-options"
# What comes before any of them, and the sentence that says so.
_DRUGS: Final = "pharmacotherapy"
_PRECONDITION: Final = "order-precondition"
# Sites for which no block is named, and the sentence that says so.
_NO_BLOCK: Final = {"trunk": "blocks-trunk-gap"}


def lead(
    found: Plan, steps: Sequence[Step], asked: Asked, patient: Patient, condition: str, corpus: Corpus
) -> tuple[str, tuple[str, ...]]:
    """The first sentences and the ids of the statements behind them; empty where the pathway has no answer.

    condition: "If drug treatment has failed, ", or "" where nothing is supposed.
    """
    options = [step for name in asked.options for step in found.steps if step.intervention == name]
    parts = [_label(found, corpus)] if asked.label else []
    for name in _FIRST:
        if name in asked.hints:
            parts.append((marked(corpus.by_id[name].text, corpus.by_id[name].references), (name,)))
    closed = [step for step in options if step.status == "unavailable"]
    if asked.evidence and closed:
        parts.append(_ruled_out(closed[0], patient, corpus))
    if asked.evidence and len(options) > len(closed):
        parts.append(_evidence(found, [step for step in options if step not in closed], patient, corpus))
    if asked.warns and options:
        options = specific(options, found)
        parts += [
            (marked(corpus.by_id[name].text, corpus.by_id[name].references), (name,))
            for name in risks_of(found, options, corpus)[:1]
        ]
    if asked.next_step or asked.label or not asked.any:
        is_answered = bool(parts) and asked.evidence
        step = _step(found, steps, [] if is_answered else options, asked, condition, patient, corpus)
        said = {name for _, names in parts for name in names}
        # Where nothing is offered the reason may be what ruled an option out.
        if steps or not parts or not set(step[1]) <= said:
            parts.append(step)
    if found.remarks and asked.next_step and not asked.label:
        parts.append(_label(found, corpus))
    parts = [part for part in parts if part[0]]
    return " ".join(text for text, _ in parts), tuple(name for _, names in parts for name in names)


def risks_of(found: Plan, steps: Sequence[Step], corpus: Corpus) -> list[str]:
    """Ids of the statements on the risks of steps: those counted in the patient's condition before those that may come.

    That a trial saw no harm comes last: it is no answer to what may go wrong.
    """
    measured = [s for s in corpus.statements if {"risk", "result"} <= set(s.aspects) and found.condition in s.about]
    own = [min(of_it, key=lambda s: len(s.text)) for step in steps
           if (of_it := [s for s in measured if step.intervention in s.about])]  # fmt: skip
    return [*(s.id for s in own if s.numbers), *_caveats(steps), *(s.id for s in own if not s.numbers)]


def _caveats(steps: Sequence[Step]) -> list[str]:
    return [name for step in steps for name in caveats(step.intervention)]


def caveats(intervention: str) -> tuple[str, ...]:
    """Ids of the statements on the risks that go with an intervention."""
    return next((c.statements for c in load_algorithm().caveats if c.intervention == intervention), ())


def label_of(found: Plan, signs: Sequence[str]) -> tuple[str, ...]:
    """Statements on what a measured relief is called, or the signs where none was measured."""
    return found.remarks or tuple(signs)


def _label(found: Plan, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    names = label_of(found, ("smp-manifestations",))
    return " ".join(marked(corpus.by_id[n].text, corpus.by_id[n].references) for n in names), names


def closest(names: Sequence[str], found: Plan, corpus: Corpus) -> tuple[str, ...]:
    """Of a step's statements those on the patient's condition, results and then other evidence first."""
    named = corpus.with_broader([found.condition]) - _GENERAL if found.condition else frozenset()
    # What is said of one type of the condition is said of the condition.
    about = [name for name in names if named & corpus.with_broader(corpus.by_id[name].about)]
    aspects = {name: set(corpus.by_id[name].aspects) for name in about}
    return tuple(sorted(about, key=lambda name: ("result" not in aspects[name], not aspects[name] & _GROUNDS)))


def _evidence(found: Plan, options: Sequence[Step], patient: Patient, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    """What the review says of each option in this condition, side by side; in general where that is all there is."""
    situation = situation_of(patient, load_algorithm())
    parts, general, sources = [], [], list[str]()
    if len(options) == 1:
        position = situation.positions.get(_step_id(options[0]))
        own = closest(position.statements, found, corpus)[:1] if position else ()
        # Of one option its result says more than its kind of evidence.
        if own and "result" in corpus.by_id[own[0]].aspects:
            return marked(corpus.by_id[own[0]].text, corpus.by_id[own[0]].references), own
    for step in options[:_MOST_COMPARED]:
        item = load_algorithm().intervention(_step_id(step))
        position = situation.positions.get(item.id)
        names = position.statements if position else item.general.statements if item.general else ()
        if not position and names and not situation.is_specific:
            general.append(marked(corpus.by_id[names[0]].text, corpus.by_id[names[0]].references))
        elif names and found.condition:
            says = position.says if position else f"nothing specific to {corpus.concepts[found.condition].label}"
            parts.append(f"of {step.label}: {says} {mark(_references(names, corpus))}")
        sources += names
    compared = f"The review says {'; '.join(parts)}." if parts else ""
    return " ".join(filter(None, (compared, *dict.fromkeys(general)))), tuple(sources)


def _references(names: Sequence[str], corpus: Corpus) -> list[int]:
    return [number for name in names for number in corpus.by_id[name].references]


def _step_id(step: Step) -> str:
    block = load_algorithm().intervention(_BLOCK)
    return _BLOCK if step.intervention in block.forms else step.intervention


def _step(
    found: Plan,
    steps: Sequence[Step],
    options: Sequence[Step],
    asked: Asked,
    condition: str,
    patient: Patient,
    corpus: Corpus,
) -> tuple[str, tuple[str, ...]]:
    """What comes next, after yes or no to what is put forward."""
    options = specific(options, found)
    if asked.hints:
        first = [step for step in steps if step in options]
        steps = [*first, *(step for step in steps if step not in first)]
    verdict, sources = _verdict(found, options, asked, steps, patient, corpus)
    if verdict.endswith(".") and not steps:
        return verdict, sources
    if not steps:
        if set(STIMULATORS) <= {option.intervention for option in options}:
            which = corpus.by_id[WHICH_STIMULATOR]
            return marked(which.text, which.references), (which.id,)
        only = options[0] if len(options) == 1 and asked.yes_or_no else None
        if only and only.intervention == "scs" and only.status in _WAITS:
            return _quoted("Not yet, as far as is told: ", _WHY_LATE, corpus)
        return _nothing_left(found, patient, corpus)
    text = _next(steps, found, corpus)
    sources = (*sources, *(step.statements[0] for step in steps))
    if verdict.endswith("."):
        return f"{verdict} {_sentence(condition + text)}", sources
    return _sentence(condition + verdict + text), sources


def specific(options: Sequence[Step], found: Plan) -> list[Step]:
    """A block without a name stands for the one that the site takes."""
    named = [step for step in found.steps if step.intervention in found.next]
    own = [step for step in named if _step_id(step) == _BLOCK]
    return [own[0] if step.intervention == _BLOCK and own else step for step in options]


def _verdict(
    found: Plan, options: Sequence[Step], asked: Asked, steps: Sequence[Step], patient: Patient, corpus: Corpus
) -> tuple[str, tuple[str, ...]]:
    """Yes or no to what is put forward: the beginning of the sentence, or a sentence that rules it out."""
    closed = next((step for step in options if step.status == "unavailable"), None)
    if closed:
        return _ruled_out(closed, patient, corpus)
    if not options or not asked.yes_or_no:
        return "", ()
    barring = next((step for step in found.steps if step.status == "unavailable" and _is_contraindicated(step)), None)
    if barring and all(step.status == "need to know" for step in options):
        return _ruled_out(barring, patient, corpus)
    if all(step.status in ("later", "need to know") for step in options):
        return "no, not yet: " if steps else "", ()
    if not asked.may_agree or options[0].status not in _OFFERED:
        return "", ()
    # Where another step is named first, a plain yes would pass it over.
    is_first = options[0].status == "alongside" or not steps or options[0] == steps[0]
    return "yes: " if is_first else f"{options[0].label} may be considered: ", ()


def _ruled_out(step: Step, patient: Patient, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    """Why a step is out: contraindicated, of which the review says nothing, or not effective in the condition."""
    position = situation_of(patient, load_algorithm()).positions.get(_step_id(step))
    if _is_contraindicated(step) or position is None:
        return _quoted(
            f"The review does not say what follows where {step.label} is contraindicated: ", _SILENCE, corpus
        )
    return _quoted("No: ", position.statements[0], corpus)


def _is_contraindicated(step: Step) -> bool:
    return step.reason.startswith(BY_HISTORY["contraindicated"][1])


def _nothing_left(found: Plan, patient: Patient, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    """What there is to say where nothing is offered: a step is out, or all have been tried."""
    closed = next((step for step in found.steps if step.status == "unavailable"), None)
    position = situation_of(patient, load_algorithm()).positions.get(_step_id(closed)) if closed else None
    if closed and _is_contraindicated(closed):
        return _ruled_out(closed, patient, corpus)
    if position:
        return _quoted("The review gives no clear next step here: ", position.statements[0], corpus)
    if any(step.intervention == _DRUGS and step.status in ("need to know", "consider") for step in found.steps):
        return _quoted("Not yet at an intervention, as far as is told: ", _PRECONDITION, corpus)
    if found.site in _NO_BLOCK:
        return _without_a_block(found, patient, corpus)
    if all(step.status in ("failed", "done") for step in found.steps if step.intervention in _PATHWAY):
        return _quoted("All that the review discusses has been tried: ", _ALL, corpus)
    return "", ()


def _without_a_block(found: Plan, patient: Patient, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    """Where no block is named for the site: what is said of blocks in the condition, and that none is named."""
    silent = _NO_BLOCK[found.site or ""]
    if _BLOCK not in situation_of(patient, load_algorithm()).positions:
        return _quoted("The review does not say what follows where no block is named: ", silent, corpus)
    said, sources = _evidence(found, [step for step in found.steps if step.intervention == _BLOCK], patient, corpus)
    return f"{said} {marked(corpus.by_id[silent].text, corpus.by_id[silent].references)}", (*sources, silent)


def _quoted(opening: str, name: str, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    statement = corpus.by_id[name]
    return opening + _lower(marked(statement.text, statement.references)), (name,)


def _next(steps: Sequence[Step], found: Plan, corpus: Corpus) -> str:
    """What comes next, each with the mark of the statement that puts it there; a block with the place it is for."""
    with_it = [_named(step, corpus) for step in steps[1:] if step.status == "alongside"]
    also = [_named(step, corpus) for step in steps[1:] if step.status == "consider"]
    is_for_place = found.site in corpus.concepts and _step_id(steps[0]) == _BLOCK and steps[0].intervention != _BLOCK
    place = f" for the {corpus.concepts[found.site].label}" if found.site and is_for_place else ""
    text = f"next on the review's pathway{place} is {_article(steps[0].label)}{_named(steps[0], corpus)}"
    if with_it:
        text += f", possibly with {with_it[0]} alongside"
    if also:
        text += f", or {' or '.join(also[:2])}"
    return text + "."


def _named(step: Step, corpus: Corpus) -> str:
    return f"{step.label} {mark(corpus.by_id[step.statements[0]].references)}"


def _article(label: str) -> str:
    return "a " if label.endswith("block") else ""


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _lower(text: str) -> str:
    """A sentence as it goes on after a colon; an abbreviation or a name keeps its capital."""
    first = text.split(maxsplit=1)[0]
    return text if not first[1:].islower() or first.endswith("'s") else text[0].lower() + text[1:]
