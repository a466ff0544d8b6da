"""A conversation as Markdown and PDF, and its references as RIS, BibTeX and CSL-JSON; no Streamlit."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from fpdf import FPDF

from assistant.corpus import Corpus
from assistant.entries import Reference
from assistant.page.chats import Chat
from assistant.page.models import Turn, missing, place
from assistant.page.wording import ANSWER_VERDICTS, OUTCOMES, REVIEW, REVIEW_LINK
from assistant.types import Answer

NOTE: Final = (
    "From one review; see its citations. It does not replace clinical judgement, and no clinician has signed it off."
)
# What the PDF's built-in fonts have no sign for, in signs that they have.
_PLAIN: Final = str.maketrans({"≥": ">=", "≤": "<=", "→": "->", "−": "-", "\u00a0": " ", "\u202f": " "})
_RIS_TYPES: Final = {"article-journal": "JOUR", "chapter": "CHAP"}
_TEX: Final = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def as_markdown(chat: Chat, corpus: Corpus) -> str:
    """The conversation with outcome, verdict, evidence and full references of each answer."""
    lines = [f"# {_one_line(chat.name)}", "", NOTE, "", f"Review: {REVIEW} <{REVIEW_LINK}>", ""]
    for turn in chat.turns:
        lines += ["## Question", "", *(f"> {line}" for line in turn.question.splitlines()), ""]
        lines += _answer_lines(turn.answer, corpus) if turn.answer else [f"*{' '.join(turn.error or ())}*", ""]
    if chat.disagreed:
        lines += ["## Findings disagreed with", ""]
        for text, reasons in chat.disagreed.items():
            lines += [*(f"> {line}" for line in text.splitlines()), ""]
            lines += [*(f"- Rule {rule}: {_one_line(said)}" for (rule, _, _), said in reasons.items()), ""]
    numbers = cited(chat.turns)
    if numbers:
        lines += ["## References", "", *(_listed(corpus.references[number]) for number in numbers), ""]
    return "\n".join(lines)


def as_pdf(chat: Chat, corpus: Corpus) -> bytes:
    """The same as PDF; letters that its built-in fonts lack are written in plain ones, or as "?"."""
    pdf = FPDF()
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_title(_plain(_one_line(chat.name)))
    pdf.set_lang("en-GB")
    pdf.set_auto_page_break(auto=True, margin=18)
    pdf.add_page()
    for line in as_markdown(chat, corpus).splitlines():
        _write(pdf, line)
    return bytes(pdf.output())


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
    lines = [f"## Answer: {OUTCOMES[answer.outcome][0]}", "", answer.text, ""]
    lines += [missing(answer), ""] if missing(answer) else []
    if answer.report:
        lines += [f"**Checked:** {ANSWER_VERDICTS[answer.report.verdict][0]}", ""]
    if answer.citations:
        lines += ["### Evidence", ""]
        lines += [f"- **{item.mark}** {place(item, corpus)}: {item.text}" for item in answer.citations]
        lines.append("")
    return lines


def _listed(reference: Reference) -> str:
    return f"- **{reference.number}.** {reference.formatted}" + (f" <{reference.link}>" if reference.link else "")


def _write(pdf: FPDF, line: str) -> None:
    """One line of the Markdown that is written above; what is bold there is plain here."""
    level = len(line) - len(line.lstrip("#")) if re.match(r"#{1,3} ", line) else 0
    pdf.set_font("helvetica", "B" if level else "", {0: 10, 1: 16, 2: 13, 3: 11}[level])
    text = _plain(line.lstrip("# ") if level else line.replace("**", ""))
    if text.strip():
        pdf.multi_cell(0, 7 if level else 5.2, text, new_x="LMARGIN", new_y="NEXT", align="L")
    else:
        pdf.ln(2.5)


def _plain(text: str) -> str:
    return "".join(_letter(character) for character in text.translate(_PLAIN))


def _letter(character: str) -> str:
    try:
        character.encode("windows-1252")
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
        return plain or "?"
    return character if character.isprintable() else " "


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
