"""The guardrail: any text checked against the review's algorithm and facts, without a model."""

from assistant.guardrail.check import check
from assistant.guardrail.types import Finding, Report, Source

__all__ = ["Finding", "Report", "Source", "check"]
