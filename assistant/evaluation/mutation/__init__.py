"""Errors put in on purpose, one at a time: which of them the cases, the invariants and the guardrail notice."""

from assistant.evaluation.mutation.run import evaluate_mutation

__all__ = ["evaluate_mutation"]
