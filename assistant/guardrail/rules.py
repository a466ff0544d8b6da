"""The rules as data: `rules/*.yaml`, each entry with its category, severity, message, sources and examples."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from assistant.corpus import load, read_yaml
from assistant.entries import Entry
from assistant.errors import CorpusError
from assistant.guardrail.types import Category, Finding, Severity, Source
from assistant.guardrail.units import Document, Unit

FOLDER: Final = Path(__file__).with_name("rules")


class Rule(Entry):
    """One rule; `fires` and `near_miss` are texts that must and must not give its finding (a test runs them).

    patient, question: for whom, and to which question, these examples are written, where the rule needs to know.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{3}-[0-9]{1,2}$")]
    category: Category
    severity: Severity
    message: str
    statements: Annotated[tuple[str, ...], Field(strict=False)] = ()
    fires: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    near_miss: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    patient: dict[str, Any] | None = None
    question: str | None = None


@lru_cache(maxsize=2)
def load_rules(folder: Path = FOLDER) -> dict[str, Rule]:
    """All rules by id; raises CorpusError naming file, rule, fault and what is allowed."""
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        for position, item in enumerate(_items(path), 1):
            if not isinstance(item, dict):
                raise CorpusError(f"{path.name}: rule {position}: expected a mapping, got {type(item).__name__}")
            rule = _rule(path, item)
            if rule.id in rules:
                raise CorpusError(f"{path.name}: rule {rule.id} is there twice; give each its own id")
            rules[rule.id] = rule
    return rules


def _items(path: Path) -> list[object]:
    items = read_yaml(path).get("rules")
    if not isinstance(items, list):
        raise CorpusError(f"{path.name}: expected a list under 'rules', got {type(items).__name__}")
    return items


def _rule(path: Path, item: dict[str, object]) -> Rule:
    try:
        rule = Rule.model_validate(item)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"])
        allowed = f"; allowed: {', '.join(Rule.model_fields)}" if fault["type"] == "extra_forbidden" else ""
        raise CorpusError(f"{path.name}: rule {item.get('id')}: {key}: {fault['msg']}{allowed}") from None
    unknown = [name for name in rule.statements if name not in load().by_id]
    if unknown:
        raise CorpusError(f"{path.name}: rule {rule.id}: unknown statement {unknown[0]!r}; see corpus/statements")
    return rule


def finding(
    rule_id: str,
    document: Document,
    unit: Unit,
    span: tuple[int, int] | None = None,
    *,
    statement: str | None = None,
    detail: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding of a rule on a unit.

    span: start and end within unit.text; by default the whole unit. statement: id of the statement that says what is
    right, by default the rule's first; it becomes source and correction. detail: added to the rule's message.
    """
    rule = load_rules()[rule_id]
    start, end = span or (0, len(unit.text))
    at = document.span(unit.start + start, unit.start + end)
    name = statement or (rule.statements[0] if rule.statements else None)
    right = load().by_id[name] if name else None
    return Finding(
        rule=rule.id,
        category=rule.category,
        severity=severity or rule.severity,
        start=at[0],
        end=at[1],
        message=f"{rule.message} {detail}".strip(),
        source=Source(right.id, right.section, right.paragraph, right.references) if right else None,
        correction=right.text if right else None,
    )
