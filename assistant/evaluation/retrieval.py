"""Search measured on statements that answer, beside its parts and the tutorial recipe, on the same questions.

Ranked: recall@k, success@1 (the first is right; recall@1 can't reach 1 where several are), mean reciprocal rank and
nDCG@10 (Järvelin and Kekäläinen, ACM TOIS 2002;20:422-446; gain 1, discount log2(rank + 1)) as ir-measures
computes them. In what was retrieved: required facts in its first 150 words and in all of it, the same 4,000
characters for every search; of the same characters gold_in_budget, the share of gold statements that they carry.
Beside it, in the same run, the search without one of its parts and, with the article at hand, chunks of several sizes,
whose ranks count chunks. Off topic: the chance that a question to answer scores above one that the review does not
cover (auroc; near: pain medicine outside the review, far: anything else).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from assistant.corpus import Corpus
from assistant.embedding import load_embedder
from assistant.evaluation.ablations import Remembering, ablation_search
from assistant.evaluation.answers import Progress
from assistant.evaluation.chunking import SIZES, chunk_search, tied_to_article
from assistant.evaluation.extras import extra
from assistant.evaluation.intervals import Estimate, Part, auroc, ratio
from assistant.evaluation.recipe import ABSENT, NAME, article_text, recipe_search
from assistant.evaluation.report import Metrics, Report
from assistant.evaluation.scoring import met
from assistant.evaluation.searches import Found, Search, statement_search
from assistant.evaluation.sets import QUESTIONS, Item, Records, SetError, load_set, splits, wording
from assistant.index import open_index

if TYPE_CHECKING:
    from assistant.api import Assistant

MAIN: Final = "fused"
MEASURES: Final = ("R@1", "R@3", "R@5", "R@10", "Success@1", "RR", "nDCG@10")
LABELS: Final = ("recall@1", "recall@3", "recall@5", "recall@10", "success@1", "mrr", "ndcg@10")
SHOWN: Final = ("labelled", "recall@5", "recall@10", "mrr", "ndcg@10", "gold_in_budget", "facts", "facts_retrieved")
_FOUND_WITHIN: Final = 5


@dataclass(frozen=True)
class Searched:
    """One question and what each search found for it."""

    item: Item
    found: Mapping[str, Found]

    @cached_property
    def met(self) -> Mapping[str, tuple[int, int]]:
        """By search how many required facts stand in the first 150 words of what it found, and in all of it."""
        return {
            name: (sum(met(self.item, one.text)), sum(met(self.item, one.text, None)))
            for name, one in self.found.items()
        }


def evaluate_retrieval(
    data: Records = QUESTIONS,
    assistant: Assistant | None = None,
    *,
    seed: int = 0,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Measure the assistant's search on a set's gold statements, its parts and the tutorial recipe beside it.

    Raises SetError for a bad set or a gold statement that the corpus lacks, ExtraMissing without ir-measures. Where
    the article's text is not at hand, the report says that the recipe was left out.
    """
    from assistant.api import Assistant as Own

    items = load_set(data)
    extra("ir_measures")
    assistant = assistant or Own()
    retriever = assistant.as_retriever()
    check_gold(items, retriever.searcher.corpus)
    article = article_text(assistant.settings)
    searched = run(items, [statement_search(retriever), *beside(assistant, article)], progress)
    notes = [_worded_alike(items, retriever.searcher.corpus), *([] if article else [ABSENT])]
    return measured(searched, seed, notes)


def beside(assistant: Assistant, article: str | None) -> list[Search]:
    """What the search is measured beside: itself without parts and, with the article, the recipe and chunks."""
    settings, retriever = assistant.settings, assistant.as_retriever()
    corpus = retriever.searcher.corpus
    vectors = open_index(settings, corpus)
    embedder = Remembering(load_embedder(settings.embedding_model))
    found = [ablation_search(corpus, vectors, embedder, retriever.reader)]
    if article:
        tied = tied_to_article(article, corpus, vectors, settings)
        found += [recipe_search(article), *(chunk_search(article, size, tied, embedder) for size in SIZES)]
    return found


def run(items: Sequence[Item], searches: Sequence[Search], progress: Progress) -> list[Searched]:
    """Put every question to every search."""
    searched = []
    for done, item in enumerate(items, 1):
        searched.append(Searched(item, {name: hit for search in searches for name, hit in search(item).items()}))
        progress(done, len(items))
    return searched


def measured(searched: Sequence[Searched], seed: int = 0, notes: Sequence[str] = ()) -> Report:
    """Give the metrics of each search by split, and those of the main one by kind."""
    results: dict[str, dict[str, Metrics]] = {}
    for split, members in splits(searched, lambda one: one.item.split).items():
        results[split] = {name: metrics(members, name, seed, is_part=": " in name) for name in members[0].found}
        for kind in dict.fromkeys(one.item.kind for one in members if one.item.gold):
            of_kind = [one for one in members if one.item.kind == kind]
            results[split][f"{MAIN}, kind: {kind}"] = metrics(of_kind, MAIN, seed, is_part=True)
    failures = tuple(failure for one in searched if (failure := _failure(one)))
    return Report(
        "retrieval",
        results,
        {"seed": seed, "questions": len(searched)},
        failures,
        tuple(notes),
        SHOWN,
        items_of(searched),
    )


def items_of(searched: Sequence[Searched]) -> dict[str, dict[str, Part]]:
    """What each question adds to the figures of the main search."""
    found: dict[str, dict[str, Part]] = {one.item.id: {"facts": _facts(one, MAIN)} for one in searched}
    labelled = [one for one in searched if one.item.gold and one.item.expect == "answer" and one.found[MAIN].ids]
    for label, values in (_by_question(labelled, MAIN) if labelled else {}).items():
        for name, value in values.items():
            found[name][label] = (value, 1.0)
    return found


def metrics(searched: Sequence[Searched], name: str, seed: int = 0, *, is_part: bool = False) -> dict[str, Estimate]:
    """Give every metric of one search; None where it has no statements, no comparable score or nothing to measure.

    is_part: without those of what is off topic, which are not shown for parts.
    """
    labelled = [one for one in searched if one.item.gold and one.item.expect == "answer" and one.found[name].ids]
    return {
        "labelled": Estimate(len(labelled), len(labelled)),
        **_ranked(labelled, name, seed),
        "gold_in_budget": ratio([_carried(one, name) for one in labelled], seed),
        "facts": ratio([_facts(one, name) for one in searched], seed),
        "facts_retrieved": ratio([_facts(one, name, is_all=True) for one in searched], seed),
        "facts_over_recipe": ratio([_gain(one, name) for one in searched if NAME in one.found], seed),
        **({} if is_part else {label: _off_topic(searched, name, kinds, seed) for label, kinds in _OFF_TOPIC.items()}),
    }


_OFF_TOPIC: Final = {
    "auroc": ("unanswerable_near", "unanswerable_far"),
    "auroc_near": ("unanswerable_near",),
    "auroc_far": ("unanswerable_far",),
}


def _ranked(labelled: Sequence[Searched], name: str, seed: int) -> dict[str, Estimate]:
    if not labelled:
        return dict.fromkeys(LABELS, Estimate(None))
    values = _by_question(labelled, name)
    return {label: ratio([(value, 1.0) for value in values[label].values()], seed) for label in LABELS}


def _by_question(labelled: Sequence[Searched], name: str) -> dict[str, dict[str, float]]:
    """Each measure of each question, by label and question id."""
    gold = {one.item.id: dict.fromkeys(_right(one, name), 1) for one in labelled}
    # Ranks as scores: the order, ties broken, is the search's own.
    ranking = {one.item.id: {key: float(-r) for r, key in enumerate(one.found[name].ids)} for one in labelled}
    return ranked(gold, ranking, dict(zip(LABELS, MEASURES, strict=True)))


def _right(one: Searched, name: str) -> Sequence[str]:
    """Ids of what is right to find; one that nothing has where no chunk carries a gold statement, so that it counts."""
    right = one.found[name].right
    return one.item.gold or () if right is None else right or ("",)


def ranked(
    gold: Mapping[str, Mapping[str, int]], ranking: Mapping[str, Mapping[str, float]], measures: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    """Each measure (label -> name in ir-measures) of each query, by label and query id; raises ExtraMissing."""
    ir = extra("ir_measures")
    values: dict[str, dict[str, float]] = {label: {} for label in measures}
    labels = {ir.parse_measure(name): label for label, name in measures.items()}
    for value in sorted(ir.iter_calc(list(labels), gold, ranking), key=lambda value: value.query_id):
        values[labels[value.measure]][value.query_id] = value.value
    return values


def _facts(one: Searched, name: str, *, is_all: bool = False) -> tuple[float, float]:
    if one.item.expect != "answer":
        return 0.0, 0.0
    return float(one.met[name][int(is_all)]), float(len(one.item.must))


def _carried(one: Searched, name: str) -> Part:
    carried, gold = one.found[name].carried, one.item.gold or ()
    return (0.0, 0.0) if carried is None else (float(sum(name in carried for name in gold)), float(len(gold)))


def _gain(one: Searched, name: str) -> tuple[float, float]:
    """Return facts met beyond the recipe's on the same question, for the interval of a paired difference."""
    mine, of = _facts(one, name)
    return mine - _facts(one, NAME)[0], of


def _off_topic(searched: Sequence[Searched], name: str, kinds: Sequence[str], seed: int) -> Estimate:
    scores: dict[bool, list[float]] = {True: [], False: []}
    for one in searched:
        value = one.found[name].score
        if value is not None and (one.item.expect == "answer" or one.item.kind in kinds):
            scores[one.item.expect == "answer"].append(value)
    return auroc(scores[True], scores[False], seed)


def check_gold(items: Sequence[Item], corpus: Corpus) -> None:
    """Raise SetError where a gold statement is not in the corpus."""
    for item in items:
        unknown = [name for name in item.gold or () if name not in corpus.by_id]
        if unknown:
            raise SetError(f"question {item.id}: gold: no statement {unknown[0]!r} in the corpus; correct its id")


def _worded_alike(items: Sequence[Item], corpus: Corpus) -> str:
    """Say how many questions are, word for word, ones that the index holds beside a statement."""
    known = {wording(question) for statement in corpus.statements for question in statement.questions}
    count = sum(not item.history and wording(item.question) in known for item in items)
    return f"{count} of {len(items)} questions are worded as a question that the corpus gives beside a statement."


def _failure(one: Searched) -> Mapping[str, Any] | None:
    """Tell which gold statements the main search does not have among its first five; of the hold split only that."""
    item, ids = one.item, one.found[MAIN].ids
    missed = [name for name in item.gold or () if name not in ids[: max(_FOUND_WITHIN, len(item.gold or ()))]]
    if not missed or item.expect != "answer":
        return None
    short = {"id": item.id, "kind": item.kind, "split": item.split, "failed": ["recall"]}
    if item.split == "hold":
        return short
    ranks = {name: ids.index(name) + 1 if name in ids else None for name in missed}
    return short | {"question": item.question, "missed": ranks, "first": list(ids[:_FOUND_WITHIN])}
