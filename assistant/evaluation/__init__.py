"""Measuring the assistant, or any other answerer, on question sets; shipped, so that users can measure their own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.evaluation.agreement import evaluate_agreement
    from assistant.evaluation.answers import evaluate_answers
    from assistant.evaluation.beir import evaluate_beir
    from assistant.evaluation.determinism import evaluate_determinism
    from assistant.evaluation.drafts import evaluate_drafts
    from assistant.evaluation.grounding import evaluate_grounding
    from assistant.evaluation.guardrail import evaluate_guardrail
    from assistant.evaluation.mutation import evaluate_mutation
    from assistant.evaluation.report import Report
    from assistant.evaluation.requests import evaluate_requests
    from assistant.evaluation.retrieval import evaluate_retrieval
    from assistant.evaluation.speed import evaluate_speed

_HOMES = {
    "Report": "assistant.evaluation.report",
    "evaluate_agreement": "assistant.evaluation.agreement",
    "evaluate_answers": "assistant.evaluation.answers",
    "evaluate_beir": "assistant.evaluation.beir",
    "evaluate_determinism": "assistant.evaluation.determinism",
    "evaluate_drafts": "assistant.evaluation.drafts",
    "evaluate_grounding": "assistant.evaluation.grounding",
    "evaluate_guardrail": "assistant.evaluation.guardrail",
    "evaluate_mutation": "assistant.evaluation.mutation",
    "evaluate_requests": "assistant.evaluation.requests",
    "evaluate_retrieval": "assistant.evaluation.retrieval",
    "evaluate_speed": "assistant.evaluation.speed",
}

__all__ = [
    "Report",
    "evaluate_agreement",
    "evaluate_answers",
    "evaluate_beir",
    "evaluate_determinism",
    "evaluate_drafts",
    "evaluate_grounding",
    "evaluate_guardrail",
    "evaluate_mutation",
    "evaluate_requests",
    "evaluate_retrieval",
    "evaluate_speed",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant.evaluation' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
