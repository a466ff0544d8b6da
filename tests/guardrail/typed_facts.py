"""Every value that a typed number could be changed to, and which of them the guardrail lets pass.

`python tests/guardrail/typed_facts.py > tests/cases/guardrail_typed_facts.yaml` writes the known misses anew, after the
guardrail has learned some: read what it added before you keep it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.corpus import load
from assistant.entries import Quantity
from assistant.evaluation.mutation.figures import Figure, changed, figures
from assistant.evaluation.mutation.number_changes import arm_swaps, why_not_false
from assistant.guardrail import check

# Whole numbers up to here are tried; more patients, days or percent than that tell nothing new.
TOP = 120
TIMES = ("minutes", "hours", "days", "weeks", "months", "years", "decades")
HEADER = """\
# Changes of a typed number, or of two arms' figures, that make a canonical sentence false and that the guardrail lets
# pass. test_typed_facts.py expects each to be passed until somebody mends it (strict xfail), and all else to be found.
# entry: which of the statement's `numbers`, from 1. Written by tests/guardrail/typed_facts.py."""


@dataclass(frozen=True)
class Target:
    """A typed number that its sentence writes; entry: its place among the statement's numbers, from 1."""

    statement: str
    entry: int
    figure: Figure

    def values(self) -> tuple[float, ...]:
        """Every other value with which the sentence is a clear falsehood."""
        quantity = self.figure.quantity
        own = load().by_id[self.statement]
        return tuple(
            value
            for value in domain(quantity)
            if abs(value - quantity.value) > 0.001 and why_not_false(own, quantity, value) is None
        )

    def text(self, value: float) -> str:
        return changed(load().by_id[self.statement], self.figure, value)


def domain(quantity: Quantity) -> Sequence[float]:
    if quantity.unit == "fraction":
        return (0.25, 0.3333, 0.5, 0.6667)
    if quantity.unit == "fold":
        return (2, 3, 4, 5, 8)
    top = 100 if quantity.unit == "percent" else quantity.of or TOP
    least = 0 if quantity.unit == "percent" else 1 if quantity.unit in TIMES else 2
    return range(least, int(top) + 1)


def targets() -> tuple[Target, ...]:
    found = []
    for statement in load().statements:
        for figure in figures(statement):
            entry = next(at for at, one in enumerate(statement.numbers, 1) if one is figure.quantity)
            target = Target(statement.id, entry, figure)
            found += [target] if target.values() else []
    return tuple(found)


def passes(text: str) -> bool:
    return check(text).verdict == "pass"


def ranges(values: Sequence[float]) -> str:
    """Values in short: "2-3, 9"; fractions as they are."""
    parts: list[list[float]] = []
    for value in values:
        if parts and value == parts[-1][-1] + 1:
            parts[-1].append(value)
        else:
            parts.append([value])
    return ", ".join(f"{part[0]:g}" if len(part) == 1 else f"{part[0]:g}-{part[-1]:g}" for part in parts)


def unranged(written: str, target: Target) -> frozenset[float]:
    """The values of a list in short; "all" are all that there are."""
    if written == "all":
        return frozenset(target.values())
    found: set[float] = set()
    for part in written.split(", "):
        first, _, last = part.partition("-")
        found |= set(map(float, range(int(first), int(last) + 1))) if last else {float(first)}
    return frozenset(found)


def why(quantity: Quantity, *, is_all: bool) -> str:
    """What the guardrail lacks, as far as the kind of number tells."""
    if quantity.unit in ("trials", "blocks", "decades"):
        return f"How many {quantity.unit} there were is held to the review in part or not at all."
    if quantity.unit == "patients":
        if quantity.role == "arm size":
            return "A number that no patients follow is not held to the size of an arm."
        return "A count up to ten, or one that the study has of something else, passes."
    if quantity.unit in TIMES:
        if is_all:
            return "A length of time is held to a study only where one is named."
        return "Times are compared with a tenth to spare, and with any time of the study."
    return "Another share of the study, the rest of a whole, a point more or less, or 0, 50 and 100 % pass."


def misses() -> Iterator[str]:
    yield HEADER
    yield "numbers:"
    for target in targets():
        values = target.values()
        missed = [value for value in values if passes(target.text(value))]
        if missed:
            is_all = len(missed) == len(values)
            written = "all" if is_all else ranges(missed)
            reason = why(target.figure.quantity, is_all=len(missed) > len(values) / 2)
            yield f'  - {{statement: {target.statement}, entry: {target.entry}, values: "{written}",'
            yield f'     why: "{reason}"}}'
    yield "arms:"
    for statement in load().statements:
        for swap in arm_swaps(statement):
            if passes(swap.text):
                yield f'  - {{statement: {swap.statement}, change: "{swap.what}",'
                yield '     why: "The figures are not tied to the arm that they are said of."}'


if __name__ == "__main__":
    for line in misses():
        sys.stdout.write(f"{line}\n")
