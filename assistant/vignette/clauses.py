"""Clauses of a vignette, and their mood: what is told, what is asked and what is only supposed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from assistant.reading import informal_parts

# Where one thing told ends and the next begins; a colon or an arrow ties a result to a treatment, and cuts nothing.
_CUT: Final = re.compile(
    r"(?:(?<!\d)[,;]|[,;](?!\d)|[()])++\s*+|\s(?=[-]\s)|"
    r"(?<=:)\s(?=(?:what|which|who|how|where|when|why|does|do|should)\b)|"
    r"\s(?=(?:but|although|though|however|because|now that|given that|since|while|whereas|after|before|if|unless|until|"
    r"till?|(?:only )?once (?:the|an?|all|both|these|those|they|she|he|it|that|blocks?|drugs?|meds|infusions?|ket\w*)|"
    r"when|whether|so(?! far)|as (?:she|he|drugs|meds)|who|which|that|"
    r"and (?:now|is|she|he|they|I|has|had|wants?|would|wonders|asks?|what|which|how|does|do|did|can|should|when|why|"
    r"where|(?:was|were|are) (?:any|it|there|this|they)))\b)",
    re.IGNORECASE,
)
_QUESTION_WORD: Final = re.compile(
    r"^\W*(?:(?:and|so|or|but|then|now|also|ok|okay|please|just|what next)\W+)*(?:(?:up to|in|at|for|by|with|of|"
    r"from|on|after) (?=wh))?(?:what|which|who|whom|where|when|"
    r"why|how|any|anything|(?:do|does|can|could|should|would|will|may|might|shall)(?! not\b)|"
    r"did(?! not\b| (?:the|a) \w+(?: block| infusion)?$)|worth|next\b|suggest|candidate|agree)\b(?!'(?!s\b|re\b))",
    re.IGNORECASE,
)
_INVERTED: Final = re.compile(
    r"^\W*(?:(?:and|so|or|but|then|now)\W+)*(?:is|are|was|were|has|have|had|am)\b", re.IGNORECASE
)
# A further question without its mark: "Can they overlap? and is the evidence as good".
_ADDED: Final = re.compile(
    r"^\W*(?:and|or|but|so) (?:is|are|was|were) (?:the|there|it|that|this|these|those|he|she|they)\b", re.IGNORECASE
)
# "a block, which failed": told, not asked.
_RELATIVE: Final = re.compile(
    r"^\W*(?:which|who|that) (?:has|have|had|was|were|is|fail|did|didn|gave|held|last|help|work|made|only|never|wore|"
    r"took|settled|resolved|came|would not|cannot|can't)",
    re.IGNORECASE,
)
# "He offers a block - which, and when?"
_TRAILING: Final = re.compile(r"\s[-–:]+\s*(?:which|what|where|when|why|how)\W*$", re.IGNORECASE)
# "So did three blocks": it goes on telling.
_ECHO: Final = re.compile(
    r"^\W*(?:and\W+)?so (?:did|do|does|has|have|had|was|were)(?! (?:i|we|you|he|she|it|they|this|that)\b)"
    r"(?: [\w'-]+){1,6}[^\w?]*$",
    re.IGNORECASE,
)
# "The sort who wants figures": it tells of somebody, unless a word of asking goes before.
_WHO: Final = re.compile(r"^\W*(?:who|which|that)\b", re.IGNORECASE)
_ASKED_BY: Final = re.compile(
    r"\b(?:ask\w*|wonder\w*|know\w*|tell|told|decid\w+|say|says|show\w*|explain\w*|see|sure|clear|unclear|about|and|or|"
    r"of|on|in|at|by|with|for|from|to|as|but|so|then|now|exactly|just|is|are|was|were|please)\W*$",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(
    r"^\W*(?:what )?(?:if|unless|until|till?|(?:only )?once|whether|before|in case|when would)\b", re.IGNORECASE
)


_TILL: Final = re.compile(r"(?:un)?till?\b", re.IGNORECASE)
_RELIEVED: Final = re.compile(
    r"\b(?:worked|helped|held|lasted|treat|relief|benefit|fine|good|great|better|improved|settled|pain[- ]free)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """text[start:end] of the vignette; `sentence` counts from 0; `may_go_on`: a list may go on from the one before."""

    text: str
    start: int
    end: int
    sentence: int
    may_go_on: bool
    asks: bool
    supposes: bool
    in_question: bool


# Scope, patient and case answer each read the same question.
@lru_cache(maxsize=64)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, in order."""
    found: list[Clause] = []
    for number, sentence in enumerate(informal_parts(text)):
        cuts = [cut for cut in _CUT.finditer(sentence.text) if not _is_how_long(sentence.text, cut)]
        # "SCS for the leg: what is known?" is one question; behind a comma the colon opens it.
        while cuts and sentence.text[: cuts[0].start()].endswith(":"):
            del cuts[0]
        starts = [0, *(cut.end() for cut in cuts)]
        ends = [*(cut.start() for cut in cuts), len(sentence.text)]
        marks = ["", *(cut.group() for cut in cuts)]
        is_question = sentence.text.rstrip("\"')]").endswith("?")
        for start, end, mark in zip(starts, ends, marks, strict=True):
            piece = sentence.text[start:end]
            if piece.strip():
                at = sentence.start + start
                is_last = end == len(sentence.text)
                clause = _clause(piece, at, number, mark, is_question=is_question, is_last=is_last)
                is_relative = mark == " " and _WHO.match(piece) and not _ASKED_BY.search(sentence.text[:start])
                found.append(replace(clause, asks=False) if is_relative else clause)
    return tuple(found)


def _is_how_long(text: str, cut: re.Match[str]) -> bool:
    """Whether what comes after tells how long a relief held: "helped till Tuesday"."""
    return bool(_TILL.match(text, cut.end()) and _RELIEVED.search(text[: cut.start()]))


def _clause(piece: str, start: int, sentence: int, mark: str, *, is_question: bool, is_last: bool) -> Clause:
    is_asked = bool(_QUESTION_WORD.match(piece)) or (is_question and bool(_INVERTED.match(piece)))
    is_asked = is_asked or (not mark and bool(_ADDED.match(piece))) or bool(_TRAILING.search(piece))
    return Clause(
        text=piece,
        start=start,
        end=start + len(piece),
        sentence=sentence,
        may_go_on="," in mark or mark == " ",
        asks=is_asked and not _RELATIVE.match(piece) and not _ECHO.match(piece),
        supposes=bool(_SUPPOSED.match(piece)),
        in_question=is_question and is_last,
    )
