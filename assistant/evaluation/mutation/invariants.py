"""The invariants together: of the algorithm itself, then of the plan of every state."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.corpus import load
from assistant.evaluation.mutation.encoding import OF_ALGORITHMS
from assistant.evaluation.mutation.plans import broken
from assistant.evaluation.mutation.states import states
from assistant.pathway import Algorithm, plan


def faults(algorithm: Algorithm) -> Iterator[str]:
    """Names of the invariants that an algorithm breaks, one by one: first by itself, then in its plans."""
    corpus = load()
    yield from (rule.__name__ for rule in OF_ALGORITHMS if not rule(algorithm, corpus))
    for state in states():
        yield from broken(state, plan(state.patient, algorithm))
