"""The assistant with a language model, for evaluation: replies kept, and what became of the drafts counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from assistant.api import Assistant
from assistant.settings import Settings
from assistant.types import Answer, DraftReport


def assistant_with(model: str | None, replies: Path) -> Assistant:
    """The assistant; with a model given here or in the settings, one that keeps its replies in a file."""
    settings = Settings(model=model) if model else Settings()
    if settings.model is None:
        return Assistant(settings)
    from assistant.drafting.models import load_model
    from assistant.drafting.replies import KeptReplies

    return Assistant(settings, model=KeptReplies(model=load_model(settings), named=settings.model, path=replies))


def watched(assistant: Assistant) -> tuple[Callable[..., Answer], Callable[[], dict[str, Any]]]:
    """`ask`, and what has become of the drafts of all that was asked through it."""
    reports: list[DraftReport] = []

    def ask(*args: Any, **named: Any) -> Answer:
        answer = assistant.ask(*args, **named)
        if answer.draft_report:
            reports.append(answer.draft_report)
        return answer

    def tally() -> dict[str, Any]:
        verdicts = Counter(item.verdict for report in reports for item in report.sentences)
        return {
            "model": assistant.drafter.name if assistant.drafter else None,
            "drafting": {
                "answers": dict(Counter(report.way for report in reports)),
                "sentences": dict(verdicts),
                "faults": dict(Counter(report.fault for report in reports if report.fault)),
                "model_milliseconds_median": median([r.model_milliseconds for r in reports]) if reports else None,
                "checking_milliseconds_median": median([r.checking_milliseconds for r in reports]) if reports else None,
            },
        }

    return ask, tally
