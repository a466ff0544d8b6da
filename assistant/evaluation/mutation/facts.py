"""Canonical sentences with one thing changed, and what the guardrail says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.entries import Statement
from assistant.evaluation.mutation.exceptions import load_exceptions
from assistant.evaluation.mutation.number_changes import arm_swaps, number_changes, time_swaps
from assistant.evaluation.mutation.paraphrase import formats, synonyms
from assistant.evaluation.mutation.rules import NOT_CHECKED, Check
from assistant.evaluation.mutation.variants import Skipped, Variant
from assistant.evaluation.mutation.wording import negations, order_swaps, site_swaps, turned_round


@dataclass(frozen=True, slots=True)
class Judged:
    """A changed sentence and the guardrail's verdict, with the rules that spoke."""

    variant: Variant
    verdict: str
    rules: tuple[str, ...]
    is_checked: bool

    @property
    def is_right(self) -> bool:
        """Whether what is false was not passed, or what is true was."""
        return self.is_checked and (self.verdict == "pass") == self.variant.is_true

    @property
    def is_blocked(self) -> bool:
        """Whether the guardrail blocked what it checked."""
        return self.is_checked and self.verdict == "block"


def variants(statement: Statement, seed: int) -> Iterator[Variant | Skipped]:
    """Every change of a statement's sentence, those that make it no clear falsehood with the reason."""
    makers = (number_changes(statement, seed), arm_swaps(statement), time_swaps(statement), negations(statement),
              turned_round(statement), order_swaps(statement), site_swaps(statement),
              synonyms(statement, seed), formats(statement))  # fmt: skip
    known = load_exceptions()
    for found in (found for maker in makers for found in maker):
        why = known.why_not_false(found.statement, found.kind, found.what) if isinstance(found, Variant) else None
        yield Skipped(found.kind, found.statement, found.what, why) if why else found


def all_variants(statements: Sequence[Statement], seed: int) -> tuple[list[Variant], list[Skipped]]:
    """The changed sentences of many statements, and what was not tried."""
    tried: list[Variant] = []
    skipped: list[Skipped] = []
    for statement in statements:
        for found in variants(statement, seed):
            if isinstance(found, Variant):
                tried.append(found)
            else:
                skipped.append(found)
    return tried, skipped


def judged(variant: Variant, check: Check) -> Judged:
    """The guardrail's verdict on a changed sentence."""
    report = check(variant.text)
    rules = tuple(sorted({item.rule for item in report.findings}))
    return Judged(variant, report.verdict, rules, is_checked=NOT_CHECKED not in rules)
