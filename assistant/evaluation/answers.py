"""Answers held against a question set: facts, references, scope, length, readability and time.

What each ratio counts is defined in `answer_measures`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from assistant.evaluation.answer_measures import NOT_CONCERNED, RATIOS, references_any
from assistant.evaluation.intervals import Estimate, Part, quantile, ratio
from assistant.evaluation.readability import grade
from assistant.evaluation.report import Metrics, Report
from assistant.evaluation.scoring import AnswerError, Given, Score, read_answer, score, without_marks
from assistant.evaluation.sets import QUESTIONS, Item, Records, load_set, splits

# ask(question, history=[{"role", "content"}], patient=None or a mapping) -> an answer with outcome, text, references.
Ask = Callable[..., Any]
Progress = Callable[[int, int], None]

SHOWN: Final = ("questions", "facts", "complete", "first_sentence", "forbidden", "references_any", "turned_away")


def evaluate_answers(
    data: Records = QUESTIONS, ask: Ask | None = None, *, seed: int = 0, progress: Progress | None = None
) -> Report:
    """Ask every question of a set and measure the answers; by default the assistant's own.

    ask: takes (question, history=, patient=) and returns an Answer, or any object or mapping with outcome, text and
    references. Results are by split and, within it, overall, by expectation and by kind. An exception of `ask` is
    that question's failure. Raises SetError for a bad set, AnswerError for what is no answer or if every ask failed.
    """
    items = load_set(data)
    asking = ask or _own_assistant()
    scores = []
    for done, item in enumerate(items, 1):
        scores.append(score(item, _ask(item, asking)))
        if progress:
            progress(done, len(items))
    failed = [found.given.error for found in scores if found.given.error is not None]
    if len(failed) == len(scores):
        raise AnswerError(f"no question was answered; the first error: {failed[0]}")
    return Report(
        what="answers",
        results={
            split: grouped(chosen, seed) for split, chosen in splits(scores, lambda found: found.item.split).items()
        },
        about={"seed": seed, "questions": len(items)},
        failures=tuple(failure for found in scores if (failure := _failure(found))),
        shown=SHOWN,
        by_item={found.item.id: _parts(found) for found in scores},
    )


def _parts(found: Score) -> dict[str, Part]:
    """What one question adds to each ratio that it concerns."""
    parts = {measure.__name__: measure(found) for measure in RATIOS}
    return {name: part for name, part in parts.items() if part != NOT_CONCERNED}


def grouped(scores: Sequence[Score], seed: int = 0) -> dict[str, Metrics]:
    """Give the metrics overall, by what is expected, alone or in a conversation, and by kind, in the set's order."""
    groups: dict[str, list[Score]] = {"overall": list(scores)}
    for found in scores:
        groups.setdefault(f"expect: {found.item.expect}", []).append(found)
    for found in scores:
        groups.setdefault(f"asked: {'in a conversation' if found.item.history else 'alone'}", []).append(found)
    for found in scores:
        groups.setdefault(f"kind: {found.item.kind}", []).append(found)
    return {name: metrics(members, seed) for name, members in groups.items()}


def metrics(scores: Sequence[Score], seed: int = 0) -> dict[str, Estimate]:
    """Give every metric; words without marks and wall-clock milliseconds are of answers of any outcome but errors.

    grade_median: years of school that it takes to read what was answered, by `readability.grade`.
    """
    came = [found for found in scores if found.given.error is None]
    words = [found.words for found in came]
    grades = [grade(without_marks(found.given.text)) for found in came if found.given.outcome == "answered"]
    milliseconds = [found.given.milliseconds for found in came]
    return {
        "questions": Estimate(len(scores), len(scores)),
        **{measure.__name__: ratio([measure(found) for found in scores], seed) for measure in RATIOS},
        "words_median": quantile(words, 0.5),
        "words_p90": quantile(words, 0.9),
        "grade_median": quantile([one for one in grades if one is not None], 0.5),
        "milliseconds_median": quantile(milliseconds, 0.5),
        "milliseconds_p90": quantile(milliseconds, 0.9),
    }


def _ask(item: Item, ask: Ask) -> Given:
    start = time.perf_counter()
    try:
        answer = ask(item.question, history=item.turns, patient=item.patient)
    except Exception as error:  # whatever a user's model raises is that question's failure, and is reported as such
        return Given("error", error=f"{type(error).__name__}: {error}")
    return read_answer(item, answer, (time.perf_counter() - start) * 1000)


def _own_assistant() -> Ask:
    from assistant.api import Assistant

    return Assistant().ask


def _failure(found: Score) -> Mapping[str, Any] | None:
    """Tell what went wrong with a question; of the hold split only which question and in what."""
    item, given = found.item, found.given
    failed = {
        "error": given.error is not None,
        "outcome": _outcome(item) != given.outcome,
        "facts": not all(found.met),
        "forbidden": bool(found.forbidden),
        "references": references_any(found) == (0.0, 1.0),
    }
    names = [name for name, is_so in failed.items() if is_so]
    if not names:
        return None
    short = {"id": item.id, "kind": item.kind, "split": item.split, "failed": names}
    if item.split == "hold":
        return short
    return short | {
        "question": item.question,
        "outcome": {"wanted": _outcome(item), "got": given.outcome},
        "facts": [nugget.text for nugget, is_met in zip(item.must, found.met, strict=True) if not is_met],
        "forbidden": list(found.forbidden),
        "references": {"wanted": item.refs, "got": list(given.references)},
        "text": given.text,
        "error": given.error,
    }


def _outcome(item: Item) -> str:
    return {"answer": "answered", "abstain": "abstained", "refuse": "refused"}[item.expect]
