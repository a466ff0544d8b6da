"""What the page shows of the guardrail's report on a text: the text in pieces, and what was found; no Streamlit."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.cite import citation
from assistant.corpus import Corpus
from assistant.guardrail import Finding, Report
from assistant.page.markup import WHOLE, as_lines, harmless, with_links
from assistant.page.models import Card, card, target
from assistant.page.wording import CATEGORIES, SEVERITIES, VERDICTS, Color

# A finding of which the same text and place will be recognised: rule, start, end.
FindingKey = tuple[str, int, int]
_LONGEST_QUOTE: Final = 300
_BEGINNING: Final = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the checked text; `findings` are the numbers of those on it, `ends` of those that end with it."""

    text: str
    findings: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    is_severe: bool = False


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One finding as shown; `number` counts from 1, `quoted` is empty where it is on no stretch of the text."""

    number: int
    key: FindingKey
    severity: tuple[str, str, Color]
    about: str
    rule: str
    quoted: str
    reason: str
    instead: str
    source: Card | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A report as shown; verdict: words, meaning, icon, colour; repaired: None where nothing changed.

    repaired_linked: the same as Markdown, its marks opening the evidence of the findings.
    """

    verdict: tuple[str, str, str, Color]
    pieces: tuple[Piece, ...]
    findings: tuple[FindingShown, ...]
    repaired: str | None
    repaired_linked: str = ""

    @property
    def stretches(self) -> tuple[tuple[FindingShown, ...], ...]:
        """The findings by the words they are on: one whose words lie within another's stands with that one."""
        groups: list[list[FindingShown]] = []
        for item in sorted(self.findings, key=lambda item: item.key[1] - item.key[2]):
            around = next((group for group in groups if _within(item, group[0])), None)
            if around is None:
                groups.append([item])
            else:
                around.append(item)
        found = (tuple(sorted(group, key=lambda item: item.number)) for group in groups)
        return tuple(sorted(found, key=lambda group: group[0].number))


def checked(text: str, report: Report, corpus: Corpus) -> Checked:
    """The report on `text` as the page shows it."""
    findings = tuple(_shown(text, item, number, corpus) for number, item in enumerate(report.findings, 1))
    repaired = report.repaired if report.findings and report.repaired != text else None
    return Checked(
        verdict=VERDICTS[report.verdict],
        pieces=pieces(text, report.findings),
        findings=findings,
        repaired=repaired,
        repaired_linked=_linked(repaired or "", findings, corpus),
    )


def pieces(text: str, findings: Sequence[Finding]) -> tuple[Piece, ...]:
    """The text cut where a finding begins or ends; joined again they are the text."""
    spans = [(min(item.start, len(text)), min(item.end, len(text))) for item in findings]
    cuts = sorted({0, len(text), *(at for span in spans for at in span)})
    found = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        on = tuple(number for number, (a, b) in enumerate(spans, 1) if a <= start and end <= b)
        ends = tuple(number for number in on if spans[number - 1][1] == end)
        found.append(Piece(text[start:end], on, ends, any(findings[n - 1].severity == "block" for n in on)))
    return tuple(found)


def as_html(parts: Sequence[Piece]) -> str:
    """The pieces as HTML that shows the text as it is: marked stretches, each with the numbers of its findings.

    Every character of the text is escaped; the only elements are our own.
    """
    return f'<div class="checked-text" role="group" aria-label="The checked text">{"".join(map(_piece, parts))}</div>'


def as_markdown(text: str, report: Report, disagreed: Mapping[FindingKey, str]) -> str:
    """The text, its verdict, and each finding with reason, source, correction and any disagreement, to keep."""
    words, meaning, _, _ = VERDICTS[report.verdict]
    lines = [
        "# Text checked against the review",
        "",
        f"**Verdict: {words}.** {meaning}",
        "",
        "## Text",
        "",
        *(f"> {harmless(line)}" for line in text.splitlines()),
        "",
    ]
    for number, item in enumerate(report.findings, 1):
        lines += [f"## Finding {number}: {SEVERITIES[item.severity][0]}", "", f"- Rule: {item.rule} ({item.category})"]
        lines += [f"- In the text: {harmless(_quoted(text, item))}"] if _quoted(text, item) else []
        lines += [f"- Why: {item.message}"]
        if item.source:
            numbers = ", ".join(map(str, item.source.references)) or "none given"
            where = f"“{item.source.section}”, {_paragraph(item.source.paragraph)}"
            lines.append(f"- Source: {where}; references: {numbers}")
        lines += [f"- What the review says: {item.correction}"] if item.correction else []
        reason = disagreed.get(key_of(item))
        lines += [f"- Disagreed with: {harmless(reason)} (the verdict stands)"] if reason else []
        lines.append("")
    if report.findings:
        lines += ["## Repaired text", "", *(f"> {harmless(line)}" for line in report.repaired.splitlines()), ""]
    return "\n".join(lines)


def _linked(repaired: str, findings: Sequence[FindingShown], corpus: Corpus) -> str:
    # Of findings with the same correction the first shows its source.
    cards = list({item.source.statement_id: item.source for item in reversed(findings) if item.source}.values())
    said = [citation(corpus.by_id[item.statement_id], corpus, {}) for item in cards]

    def link(position: int) -> str:
        return "" if position == WHOLE else target(cards[position].key, cards[position].place)

    return with_links(repaired, said, link, as_lines)[0]


def beginning(text: str) -> str:
    """How a text begins, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _BEGINNING else f"{line[: _BEGINNING - 1]}…"


def key_of(finding: Finding) -> FindingKey:
    """What a disagreement with a finding is kept under."""
    return finding.rule, finding.start, finding.end


def _shown(text: str, item: Finding, number: int, corpus: Corpus) -> FindingShown:
    statement = corpus.by_id.get(item.source.statement_id) if item.source else None
    return FindingShown(
        number=number,
        key=key_of(item),
        severity=SEVERITIES[item.severity],
        about=CATEGORIES[item.category],
        rule=item.rule,
        quoted=_quoted(text, item),
        reason=item.message,
        instead=item.correction or "",
        source=card(citation(statement, corpus, {}), corpus, f"evidence-source-{number}") if statement else None,
    )


def _within(item: FindingShown, other: FindingShown) -> bool:
    """Whether a finding's words are some of another's; one on no stretch of the text stands alone."""
    return bool(item.quoted) and other.key[1] <= item.key[1] and item.key[2] <= other.key[2]


def _quoted(text: str, item: Finding) -> str:
    quoted = " ".join(text[item.start : item.end].split())
    return quoted if len(quoted) <= _LONGEST_QUOTE else f"{quoted[:_LONGEST_QUOTE]}…"


def _paragraph(paragraph: int | str) -> str:
    return f"paragraph {paragraph}" if isinstance(paragraph, int) else paragraph


def _piece(part: Piece) -> str:
    text = html.escape(part.text)
    if not part.findings:
        return text
    links = "".join(f'<a href="#finding-{n}" aria-label="Finding {n}">{n}</a>' for n in part.ends)
    return f'<mark class="{"severe" if part.is_severe else "caution"}">{text}</mark>{links}'
