"""Packages that only the evaluation needs, in the extra `evaluation`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from assistant.errors import AssistantError


class ExtraMissing(AssistantError):
    """A package of the extra `evaluation` is not installed."""


def extra(module: str) -> Any:
    """Import a module of the extra when it is needed; raises ExtraMissing with the command that installs it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise ExtraMissing(
            f"the package {module.replace('_', '-')} is not installed; it is in the extra 'evaluation': "
            "run `pip install 'stellate[evaluation]'`"
        ) from None
