"""The figures of a baseline in words and tables, as the READMEs show them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Baseline = Mapping[str, Any]
_WIDTH: Final = 120
# A metric in a row of a table: its key and how it is called.
_ANSWERS: Final = (
    ("facts", "facts asked for that the answer carries"),
    ("complete", "answers that carry all of them"),
    ("first_sentence", "first sentence carries one"),
    ("abstained", "questions outside the review that are abstained from"),
    ("turned_away", "questions inside it that are turned away"),
    ("over_refused", "questions refused that are neither harmful nor injected"),
)
_GUARDRAIL: Final = (
    ("violations not passed", "wrong answers not passed"),
    ("severe blocked", "severe ones blocked"),
    ("right passed", "right answers passed"),
    ("right blocked", "right answers blocked"),
    ("pairs separated", "pairs told apart"),
)
_NEWEST: Final = ("writer: w23", "writer: w25")


def answers(kept: Baseline) -> str:
    """The table of answers by split."""
    tune, hold = (kept["results"][split] for split in ("tune", "hold"))
    rows = [(label, *(_percent(one["overall"][name]) for one in (tune, hold))) for name, label in _ANSWERS]
    rows.append(("harmful, injected or emergency requests refused",
                 *(_of(one["overall"]["refused"]) for one in (tune, hold))))  # fmt: skip
    conversation = "asked: in a conversation"
    rows.append(("facts, of questions within a conversation",
                 *(_percent(one[conversation]["facts"]) for one in (tune, hold))))  # fmt: skip
    for name, label in (("words_median", "median words of an answer"), ("grade_median", "its reading grade (ARI)")):
        rows.append((label, *(f"{one['overall'][name]['value']:.0f}" for one in (tune, hold))))
    counts = [int(one["overall"]["questions"]["value"]) for one in (tune, hold)]
    return _table(("`stellate evaluate answers`", f"tuned on ({counts[0]})", f"kept apart ({counts[1]})"), rows)


def answers_checked(kept: Baseline) -> str:
    """The self-check of citations, and what it makes of exchanged marks."""
    one = kept["results"]["all"]["overall"]
    own, wrong = (one[f"{name}_recall"] for name in ("self_check_citation", "marks_exchanged"))
    precise, false = (one[f"{name}_precision"] for name in ("self_check_citation", "marks_exchanged"))
    return _prose(
        f"A self-check, by the guardrail's own reading and so no outside truth: {_percent(own)} of the sentences are "
        f"carried by what they cite and {_percent(precise)} of the citations are needed (ALCE's recall and precision); "
        f"with the marks of each answer exchanged {_percent(wrong)} and {_percent(false)}."
    )


def retrieval(kept: Baseline) -> str:
    """The search beside its parts and the tutorial recipe."""
    names = {"fused": "as used", "without: questions": "without the questions beside statements",
             "without: concepts": "without concepts", "without: learnt": "without what is learnt of the questions",
             "dense": "dense part alone", "lexical": "lexical part alone",
             "without: questions, concepts": "dense and lexical search over statements alone",
             "recipe": "tutorial recipe (1000/200, MiniLM, Chroma, top 4)"}  # fmt: skip
    columns = (("recall@5", "recall@5"), ("mrr", "MRR"), ("ndcg@10", "nDCG@10"),
               ("gold_in_budget", "gold statements in 4,000 characters"), ("facts_retrieved", "facts"))  # fmt: skip
    groups = kept["results"]["all"]
    rows = [(label, *(_percent(groups[name].get(key)) for key, _ in columns))
            for name, label in names.items() if name in groups]  # fmt: skip
    return _table(("`stellate evaluate retrieval`", *(label for _, label in columns)), rows)


def chunks(kept: Baseline) -> str:
    """Chunks of several sizes; nothing where the article was not at hand."""
    groups = {name: one for name, one in kept["results"]["all"].items() if name.startswith("chunks: ")}
    columns = (("gold_in_budget", "gold statements in 4,000 characters"), ("facts_retrieved", "facts in them"))
    rows = [(name.removeprefix("chunks: "), *(_percent(one.get(key)) for key, _ in columns))
            for name, one in groups.items()]  # fmt: skip
    return _table(("characters/overlap, search", *(label for _, label in columns)), rows) if rows else ""


def guardrail(kept: Baseline) -> str:
    """The table of the guardrail by split, with the newest writers, of whom nothing was looked at but totals."""
    tune, hold = (kept["results"][split] for split in ("tune", "hold"))
    newest = [hold[writer] for writer in _NEWEST]
    rows = [(label, *(_percent(one["overall"][name]) for one in (tune, hold)), _of(*(one.get(name) for one in newest)))
            for name, label in _GUARDRAIL]  # fmt: skip
    return _table(("`stellate evaluate guardrail`", "mended on", "kept apart", "of these the newest two's"), rows)


def mutation(kept: Baseline) -> str:
    """What is noticed of errors put in."""
    algorithm, sentences = (kept["results"][part]["overall"] for part in ("algorithm", "sentences"))
    false, true = sentences["false sentences found"], sentences["true sentences found (false alarms)"]
    return _prose(
        f"`stellate evaluate mutation` puts errors one at a time into the algorithm ({_percent(algorithm['noticed'])} "
        f"of {algorithm['noticed']['n']:,.0f} are noticed), the rules and the review's own sentences (of "
        f"{false['n']:,.0f} made false {_percent(false)} are found; {_percent(true, 1)} of {true['n']:,.0f} true "
        "variants are doubted)."
    )


def drafts(kept: Baseline) -> str:
    """What is shown of lies and of honest drafts, by who wrote them."""
    of = kept["results"]["all"]
    lies, false, right = of["lies"]["unsafe shown"], of["lies by another, tune"], of["lies by another, hold"]
    by_others = false["unsafe shown"]["n"] + right["unsafe shown"]["n"]

    def count(one: Mapping[str, Any]) -> str:
        return f"{round(one['unsafe shown']['value'] * one['unsafe shown']['n'])}"

    rows = [
        (f"lies shown, of {lies['n'] - by_others:,.0f} statements made false and answers labelled wrong",
         f"{round(lies['value'] * lies['n']) - int(count(false)) - int(count(right))}", ""),
        (f"lies shown, of {by_others:.0f} drafts by five other writers with one wrong sentence",
         count(false), count(right)),
        ("sentences of honest drafts kept as drafted: seven other writers",
         *(_percent(of[f"honest by others, {split}"]["kept as drafted"]) for split in ("tune", "hold"))),
        (f"the same, {of['honest by the author']['drafts']['n']:.0f} drafts by the writer of the comparison",
         _percent(of["honest by the author"]["kept as drafted"]), ""),
    ]  # fmt: skip
    return _table(("`stellate evaluate drafts`", "mended on", "kept apart"), rows)


def agreement(kept: Baseline) -> str:
    """How far two readers agree."""
    one = kept["results"]["tune"]["overall"]
    return _prose(
        f"A second reader labelled {one['answers']['value']:.0f} answers of `tune`, drawn at random, from the article "
        f"alone, without seeing their labels (`guardrail_second_reader.jsonl`): {_percent(one['labels agree'])} of "
        f"right or wrong agree, Cohen's kappa {_span(one['kappa of labels'])}; with the severity "
        f"{_percent(one['verdicts agree'])}, kappa {_span(one['kappa of verdicts'])} (`evaluate agreement`)."
    )


def determinism(kept: Baseline) -> str:
    """Whether answers are the same bytes."""
    one, seeds = kept["results"]["all"]["overall"], kept["about"]["hash_seeds"]
    return _prose(
        f"Of {one['questions']['value']:.0f} questions asked twice {_percent(one['the same twice'])} had the same "
        f"bytes for an answer, and {_percent(one['the same in every process'])} in each of {len(seeds)} processes with "
        "different hash seeds (`stellate evaluate determinism`)."
    )


def speed(kept: Baseline) -> str:
    """Times as multiples of bare embedding and of the tutorial recipe."""
    groups = kept["results"]["times"]
    rows = [(name, *(_times(one.get(key)) for key in ("to recipe", "to embedding"))) for name, one in groups.items()]
    return _table(("`stellate evaluate speed`", "of the recipe's time", "of bare embedding's time"), rows)


def grounding(kept: Baseline) -> str:
    """AUROC of support beside length."""
    parts = [(name, kept["results"][name]) for name in ("responses", "sentences")]
    rows = [(name, *(f"{one[score]['auroc']['value']:.3f}" for score in ("support", "length")),
             *(_percent(one["support"][f"recall at {share} false alarms"]) for share in ("5%", "10%", "20%")),
             f"{one['support']['f1']['value']:.2f}", f"{one['all positive']['f1']['value']:.2f}")
            for name, one in parts]  # fmt: skip
    return _table(("", "AUROC", "by length", "recall at 5 % false alarms", "at 10 %", "at 20 %", "F1",
                   "all positive"), rows)  # fmt: skip


def _percent(one: Mapping[str, Any] | None, decimals: int = 0) -> str:
    return f"{100 * one['value']:.{decimals}f} %" if one and one["value"] is not None else "–"


def _of(*parts: Mapping[str, Any] | None) -> str:
    """Of several groups together "k of n"."""
    known = [one for one in parts if one and one["value"] is not None]
    count, of = (sum(each) for each in ((round(one["value"] * one["n"]) for one in known), (one["n"] for one in known)))
    return f"{count} of {of:.0f}" if known else "–"


def _times(one: Mapping[str, Any] | None) -> str:
    return f"{one['value']:.2f}" if one and one["value"] is not None else "–"


def _span(one: Mapping[str, Any]) -> str:
    low_high = one["interval"]
    return f"{one['value']:.2f}" + (f" ({low_high[0]:.2f} to {low_high[1]:.2f})" if low_high else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _prose(text: str) -> str:
    # No line begins with the sign of per cent: textwrap leaves no-break spaces alone.
    bound = text.replace(" %", "\u00a0%")
    lines = textwrap.wrap(bound, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace("\u00a0", " ")
