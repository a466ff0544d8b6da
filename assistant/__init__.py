"""Stellate: cited answers from one review of interventions for intractable neuropathic pain.

Names are imported when first used, so that a part that needs no model loads none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.errors import AssistantError
    from assistant.patient import Patient
    from assistant.settings import Settings
    from assistant.types import Answer, Citation, Event

__version__ = "0.1.0"

_HOMES = {
    "Answer": "assistant.types",
    "Assistant": "assistant.api",
    "AssistantError": "assistant.errors",
    "Citation": "assistant.types",
    "Event": "assistant.types",
    "Patient": "assistant.patient",
    "Settings": "assistant.settings",
}

__all__ = ["Answer", "Assistant", "AssistantError", "Citation", "Event", "Patient", "Settings"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
