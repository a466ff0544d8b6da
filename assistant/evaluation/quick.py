"""A quick look whether anything fell: a sample of each set, spread over kinds, held against the committed baselines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from assistant.evaluation.answers import evaluate_answers
from assistant.evaluation.drafts import evaluate_drafts
from assistant.evaluation.guardrail import evaluate_guardrail
from assistant.evaluation.guardrail_sets import ANSWERS, records
from assistant.evaluation.report import Report
from assistant.evaluation.sets import Item, load_set

if TYPE_CHECKING:
    from assistant.api import Assistant

# So many of each, that all together stay well below a minute.
QUESTIONS_ASKED: Final = 30
ANSWERS_CHECKED: Final = 200
DRAFTS_PER_SOURCE: Final = 25

One = TypeVar("One")


def quick_reports(assistant: Assistant) -> Iterator[Report]:
    """The reports of the sample: answers, retrieval (where the extra `evaluation` is installed), guardrail, drafts."""
    items = spread(load_set(), lambda one: (one.kind, one.split), QUESTIONS_ASKED)
    yield evaluate_answers(items, assistant.ask)
    yield from _retrieval(items, assistant)
    labelled: Sequence[Mapping[str, Any]] = records(ANSWERS, "answers")
    yield evaluate_guardrail(spread(labelled, lambda one: (one["category"], one["split"]), ANSWERS_CHECKED), pairs=())
    yield evaluate_drafts(limit=DRAFTS_PER_SOURCE)


def _retrieval(items: Sequence[Item], assistant: Assistant) -> Iterator[Report]:
    from assistant.evaluation.extras import ExtraMissing, extra
    from assistant.evaluation.retrieval import items_of, run
    from assistant.evaluation.searches import statement_search

    try:
        extra("ir_measures")
    except ExtraMissing:
        return
    searched = run(items, [statement_search(assistant.as_retriever())], lambda done, total: None)
    # What a gate reads; the figures with their intervals would take longer than the search.
    yield Report("retrieval", {}, by_item=items_of(searched))


def spread(every: Sequence[One], kind: Callable[[One], Hashable], count: int) -> list[One]:
    """About `count` of them, of each kind its share, at least one, evenly over the kind; in the order given."""
    by_kind: dict[Hashable, list[int]] = defaultdict(list)
    for at, one in enumerate(every):
        by_kind[kind(one)].append(at)
    kept: set[int] = set()
    for places in by_kind.values():
        wanted = max(1, round(count * len(places) / len(every)))
        kept |= {places[i * len(places) // wanted] for i in range(wanted)}
    return [every[at] for at in sorted(kept)]
