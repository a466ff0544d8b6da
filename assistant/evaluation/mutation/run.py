"""`evaluate_mutation`: the figures of the three parts, algorithm, rules and sentences, in one report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from assistant.corpus import load
from assistant.evaluation.intervals import DECIMALS, Estimate
from assistant.evaluation.mutation.algorithm import Outcome, mutants, outcome
from assistant.evaluation.mutation.exceptions import Exceptions, load_exceptions
from assistant.evaluation.mutation.facts import Judged, all_variants, judged
from assistant.evaluation.mutation.items import by_item
from assistant.evaluation.mutation.rules import Check, Example, example, given_examples, unrepaired
from assistant.evaluation.mutation.variants import Skipped
from assistant.evaluation.report import Metrics, Report
from assistant.evaluation.sets import SetError

SHOWN: Final = (
    "tried", "noticed", "by the loader", "by an invariant", "by a case", "found", "to be blocked", "blocked", "passed",
    "rules and frames", "examples found", "near misses spared", "missed when dropped",
)  # fmt: skip
Progress = Callable[[int, int], None]
Item = TypeVar("Item")
Found = TypeVar("Found")


def evaluate_mutation(
    check: Check | None = None,
    content: Mapping[str, Any] | None = None,
    *,
    seed: int = 0,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """What notices an error put into the algorithm, the guardrail's rules and the canonical sentences.

    check: text, patient, question -> report; by default the project's own. content: that of the algorithm's file, by
    default the review's. limit: of each kind of error only so many, spread evenly. seed: of the values and wordings
    chosen among several. Every change is tried, or those that a seed picks, so that a share has no interval.
    """
    if limit is not None and limit < 1:
        raise SetError(f"limit: got {limit}; allowed: 1 or more")
    check = check or unrepaired
    changed, skipped = all_variants(load().statements, seed)
    errors = _spread(mutants(content), lambda one: one.kind, limit)
    given = _spread(given_examples(), lambda one: (one.kind, one.is_near_miss), limit)
    texts = _spread(changed, lambda one: one.kind, limit)
    steps = _Steps(progress, len(errors) + len(given) + len(texts))
    outcomes = steps.each(errors, outcome)
    ruled = steps.each(given, lambda one: example(one, check))
    sentences = steps.each(texts, lambda variant: judged(variant, check))
    known = load_exceptions()
    return Report(
        "mutation",
        {
            "algorithm": _of_algorithm(outcomes, known),
            "rules": _of_rules(ruled),
            "sentences": _of_sentences(sentences),
        },
        about={"seed": seed, "limit": limit},
        failures=(*survivors(outcomes, known), *_rule_failures(ruled), *_sentence_failures(sentences)),
        notes=tuple(_notes(outcomes, known, ruled, skipped)),
        shown=SHOWN,
        by_item=by_item(outcomes, known, ruled, sentences),
    )


class _Steps:
    """Does work item by item and tells how far it is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def each(self, items: Iterable[Item], work: Callable[[Item], Found]) -> list[Found]:
        found = []
        for item in items:
            found.append(work(item))
            self._done += 1
            if self._progress:
                self._progress(self._done, self._total)
        return found


def _spread(items: Iterable[Item], kind: Callable[[Item], object], limit: int | None) -> list[Item]:
    """Of each kind at most `limit`, evenly over the kind, in the order given."""
    by_kind: dict[object, list[int]] = defaultdict(list)
    every = list(items)
    for at, item in enumerate(every):
        by_kind[kind(item)].append(at)
    if limit is None:
        return every
    kept = {places[i * len(places) // limit] for places in by_kind.values() for i in range(limit)}
    return [item for at, item in enumerate(every) if at in kept]


def _share(outcomes: Sequence[bool]) -> Estimate:
    return Estimate(round(sum(outcomes) / len(outcomes), DECIMALS), len(outcomes)) if outcomes else Estimate(None)


def _of_algorithm(outcomes: Sequence[Outcome], known: Exceptions) -> dict[str, Metrics]:
    counted = [one for one in outcomes if known.why_equivalent(one.mutant.kind, one.mutant.where) is None]
    return {"overall": _noticed(counted), **_by_kind(counted, lambda one: one.mutant.subject, _noticed)}


def _noticed(outcomes: Sequence[Outcome]) -> Metrics:
    killers = {"by the loader": "loader", "by an invariant": "invariant", "by a case": "case"}
    return {
        "tried": Estimate(len(outcomes)),
        "noticed": _share([one.killer is not None for one in outcomes]),
        **{name: _share([one.killer == killer for one in outcomes]) for name, killer in killers.items()},
    }


def _of_rules(ruled: Sequence[Example]) -> dict[str, Metrics]:
    return {"overall": _kept(ruled), **_by_kind(ruled, lambda one: one.given.kind, _kept)}


def _kept(ruled: Sequence[Example]) -> Metrics:
    fires = [one for one in ruled if not one.given.is_near_miss]
    return {
        "rules and frames": Estimate(len({one.given.name for one in ruled})),
        "examples found": _share([one.is_right for one in fires]),
        "near misses spared": _share([one.is_right for one in ruled if one.given.is_near_miss]),
        "missed when dropped": _share([one.is_right and not one.covered_by for one in fires]),
    }


def _of_sentences(sentences: Sequence[Judged]) -> dict[str, Metrics]:
    false, true = ([one for one in sentences if one.variant.is_true is is_true] for is_true in (False, True))
    overall = {
        "false sentences": Estimate(len(false)),
        "false sentences found": _share([one.is_right for one in false]),
        "of those to be blocked, blocked": _share([one.is_blocked for one in false if one.variant.is_grave]),
        "true sentences": Estimate(len(true)),
        "true sentences found (false alarms)": _share([not one.is_right for one in true]),
    }
    return {"overall": overall, **_by_kind(sentences, lambda one: one.variant.kind, _judged)}


def _judged(sentences: Sequence[Judged]) -> Metrics:
    if sentences[0].variant.is_true:
        return {"tried": Estimate(len(sentences)), "passed": _share([one.is_right for one in sentences])}
    grave = [one.is_blocked for one in sentences if one.variant.is_grave]
    return {
        "tried": Estimate(len(sentences)),
        "found": _share([one.is_right for one in sentences]),
        **({"to be blocked": Estimate(len(grave)), "blocked": _share(grave)} if grave else {}),
    }


def _by_kind(
    items: Sequence[Item], kind: Callable[[Item], str], work: Callable[[Sequence[Item]], Metrics]
) -> dict[str, Metrics]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[kind(item)].append(item)
    # A part's name holds ": ", which the report's table goes by.
    return {f"kind: {name}": work(found) for name, found in sorted(groups.items())}


def survivors(outcomes: Sequence[Outcome], known: Exceptions) -> Iterable[dict[str, Any]]:
    """Errors in the algorithm that nothing noticed, and those listed as none that something did notice."""
    for one in outcomes:
        why = known.why_equivalent(one.mutant.kind, one.mutant.where)
        if one.killer is None and why is None:
            yield {"part": "algorithm", "kind": one.mutant.kind, "where": one.mutant.where, "what": "not noticed"}
        elif one.killer is not None and why is not None:
            what = f"listed as equivalent, and noticed: {one.fault}"
            yield {"part": "algorithm", "kind": one.mutant.kind, "where": one.mutant.where, "what": what}


def _rule_failures(ruled: Sequence[Example]) -> Iterable[dict[str, Any]]:
    for one in ruled:
        name, text = one.given.name, one.given.text
        if one.covered_by and not one.given.is_near_miss:
            yield {"part": "rules", "rule": name, "what": f"covered by {', '.join(one.covered_by)}", "text": text}
        if not one.is_right:
            what = "near miss found" if one.given.is_near_miss else "example not found"
            what = what if one.is_checked else "not checked"
            yield {"part": "rules", "rule": name, "what": what, "text": text}


def _sentence_failures(sentences: Sequence[Judged]) -> Iterable[dict[str, Any]]:
    for one in sentences:
        variant = one.variant
        if not one.is_right or (variant.is_grave and not one.is_blocked):
            yield {
                "part": "sentences", "kind": variant.kind, "statement": variant.statement, "change": variant.what,
                "what": _fault(one), "rules": list(one.rules), "text": variant.text,
            }  # fmt: skip


def _fault(one: Judged) -> str:
    if not one.is_checked:
        return "not checked"
    if one.variant.is_true:
        return "true, found"
    return "false, passed" if one.verdict == "pass" else "false, not blocked"


def _notes(
    outcomes: Sequence[Outcome], known: Exceptions, ruled: Sequence[Example], skipped: Sequence[Skipped]
) -> Iterable[str]:
    """What the figures leave out, and what is covered twice."""
    equal = Counter(known.why_equivalent(one.mutant.kind, one.mutant.where) for one in outcomes)
    yield from (f"algorithm: {n} left out as no error: {why}" for why, n in sorted(equal.items(), key=str) if why)
    fires = [one for one in ruled if not one.given.is_near_miss]
    covered = sum(bool(one.covered_by) for one in fires)
    yield f"rules: {covered} of {len(fires)} examples are found by another rule as well: 'covered by' in the JSON"
    left = Counter((one.kind, one.why) for one in skipped)
    yield from (f"sentences: {n} of {kind!r} not tried: {why}" for (kind, why), n in sorted(left.items()))
