"""A conversation as Markdown and PDF, and its references as RIS, BibTeX and CSL-JSON; no Streamlit."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from assistant.corpus import Corpus
from assistant.entries import Reference
from assistant.page.chats import Chat
from assistant.page.markup import MARK, harmless
from assistant.page.models import Turn, missing, place
from assistant.page.pdf import REFERENCES, printed
from assistant.page.wording import ANSWER_VERDICTS, OUTCOMES, REVIEW, REVIEW_LINK
from assistant.types import Answer

NOTE: Final = (
    "From one review; see its citations. It does not replace clinical judgement, and no clinician has signed it off."
)
# Of an answer, whose emphasis is its own, what would be a link, an image, HTML or code.
_FOREIGN: Final = re.compile(r"[\\`\[\]<]|(?<=:)//|(?<=www)\.")
_RIS_TYPES: Final = {"article-journal": "JOUR", "chapter": "CHAP"}
_TEX: Final = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def as_markdown(chat: Chat, corpus: Corpus) -> str:
    """The conversation with outcome, verdict, evidence and full references of each answer.

    Its marks stay as they are, and lead to their reference where Markdown is rendered. Of what was typed or comes from
    a file nothing is an image, a link or HTML.
    """
    lines = [f"# {harmless(_one_line(chat.name))}", "", NOTE, "", f"Review: {REVIEW} <{REVIEW_LINK}>", ""]
    for turn in chat.turns:
        lines += ["## Question", "", *(f"> {harmless(line)}" for line in turn.question.splitlines()), ""]
        lines += _answer_lines(turn.answer, corpus) if turn.answer else [f"*{' '.join(turn.error or ())}*", ""]
    if chat.disagreed:
        lines += ["## Findings disagreed with", ""]
        for text, reasons in chat.disagreed.items():
            lines += [*(f"> {harmless(line)}" for line in text.splitlines()), ""]
            lines += [*(f"- Rule {rule}: {harmless(_one_line(said))}" for (rule, _, _), said in reasons.items()), ""]
    numbers = cited(chat.turns)
    if numbers:
        lines += [REFERENCES, "", *(_listed(corpus.references[number]) for number in numbers), ""]
    return "\n".join([*lines, *_definitions(chat.turns, corpus)])


def as_pdf(chat: Chat, corpus: Corpus) -> bytes:
    """The same as PDF, each mark leading to its reference in the list and each reference to its DOI or PubMed entry.

    Letters that its built-in fonts lack are written in plain ones, or as "?".
    """
    return printed(_one_line(chat.name), as_markdown(chat, corpus), cited(chat.turns))


def cited(turns: Sequence[Turn]) -> tuple[int, ...]:
    """The reference numbers that the answers cite, ascending."""
    return tuple(sorted({number for turn in turns if turn.answer for number in turn.answer.references}))


def as_ris(references: Sequence[Reference]) -> str:
    """The references as RIS."""
    return "".join(_ris(reference) for reference in references)


def as_bibtex(references: Sequence[Reference]) -> str:
    """The references as BibTeX, keyed by first author, year and number."""
    return "\n".join(_bibtex(reference) for reference in references)


def as_csl_json(references: Sequence[Reference]) -> str:
    """The references as CSL-JSON."""
    return json.dumps([reference.csl for reference in references], ensure_ascii=False, indent=1)


def _answer_lines(answer: Answer, corpus: Corpus) -> list[str]:
    lines = [f"## Answer: {OUTCOMES[answer.outcome][0]}", "", _marked(answer.text), ""]
    lines += [harmless(missing(answer)), ""] if missing(answer) else []
    if answer.report:
        lines += [f"**Checked:** {ANSWER_VERDICTS[answer.report.verdict][0]}", ""]
    if answer.citations:
        lines += ["### Evidence", ""]
        lines += [f"- **{item.mark}** {place(item, corpus)}: {item.text}" for item in answer.citations]
        lines.append("")
    return lines


def _listed(reference: Reference) -> str:
    return f"- **{reference.number}.** {reference.formatted}" + (f" <{reference.link}>" if reference.link else "")


def _marked(text: str) -> str:
    """An answer's Markdown with its marks as they are, and no image, link or HTML beside them."""
    parts = re.split(f"({MARK.pattern})", text)
    return "".join(part if at % 2 else _FOREIGN.sub(r"\\\g<0>", part) for at, part in enumerate(parts))


def _definitions(turns: Sequence[Turn], corpus: Corpus) -> list[str]:
    """For each mark of the answers where it leads, in the way in which Markdown defines links apart from the text."""
    marks = {item.mark: item.references for turn in turns if turn.answer for item in turn.answer.citations}
    return [f"{mark}: {_leads_to(numbers, corpus)}" for mark, numbers in sorted(marks.items())]


def _leads_to(numbers: Sequence[int], corpus: Corpus) -> str:
    if not numbers:
        return REVIEW_LINK
    return (corpus.references[numbers[0]].link if len(numbers) == 1 else None) or "#references"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _ris(reference: Reference) -> str:
    csl = reference.csl
    is_chapter = csl.get("type") == "chapter"
    start, _, end = str(csl.get("page", "")).partition("-")
    fields: list[tuple[str, Any]] = [("TY", _RIS_TYPES.get(csl.get("type", ""), "GEN")), ("ID", _key(reference))]
    fields += [("AU", f"{name['family']}, {name.get('given', '')}".rstrip(", ")) for name in csl["author"]]
    fields += [("TI", csl["title"]), ("T2", csl["container-title"]), ("PY", reference.year)]
    fields += [("VL", csl.get("volume")), ("IS", csl.get("issue")), ("SP", start), ("EP", end)]
    fields += [("PB", csl.get("publisher")), ("CY", csl.get("publisher-place"))] if is_chapter else []
    fields += [("DO", csl.get("DOI")), ("AN", csl.get("PMID")), ("UR", reference.link), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value or tag == "ER") + "\r\n"


def _bibtex(reference: Reference) -> str:
    csl = reference.csl
    is_chapter = csl.get("type") == "chapter"
    names = [", ".join(filter(None, (name["family"], name.get("given")))) for name in csl["author"]]
    fields = {
        "author": " and ".join([*names, *(["others"] if "et al" in csl.get("note", "") else [])]),
        "title": csl["title"],
        "booktitle" if is_chapter else "journal": csl["container-title"],
        "year": str(reference.year),
        "volume": csl.get("volume"),
        "number": csl.get("issue"),
        "pages": str(csl.get("page", "")).replace("-", "--"),
        "publisher": csl.get("publisher"),
        "address": csl.get("publisher-place"),
    }
    lines = [f"  {name} = {{{str(value).translate(_TEX)}}}," for name, value in fields.items() if value]
    # A DOI is an address: signs in it stay as they are.
    lines += [f"  doi = {{{csl['DOI']}}},"] if csl.get("DOI") else []
    kind = "incollection" if is_chapter else "article"
    return "\n".join([f"@{kind}{{{_key(reference)},", *lines, "}", ""])


def _key(reference: Reference) -> str:
    family = unicodedata.normalize("NFKD", reference.first_author).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^A-Za-z]', '', family)}{reference.year}-{reference.number}"
