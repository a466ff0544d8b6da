"""Questions that the text answers itself: "SCS first? No." and "Which first, blocks or SCS? SCS."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.relations import FAILED, Relation, relations
from assistant.guardrail.units import Document, Unit, read

_YES: Final = re.compile(
    r"^\W*(?:yes|yep|yeah|correct|right|indeed|absolutely|certainly|of course|definitely|sure|by all means|"
    r"naturally|it is|they are|exactly|"
    r"true|ok|fine)\b"
)
_NO: Final = re.compile(
    r"^\W*(?:no|nobody|no one|none|not|never|nope|hardly|wrong|incorrect|false|neither|certainly not|of course not|"
    r"it isn't|it is not|"
    r"don't|please don't)\b"
)
_CHOICE: Final = re.compile(
    r"\b(?:which|what|who)\b.{0,60}\b(?:first|sooner|earlier|before|precedes?|next|lead|start|begin)\b|\b(?:first|"
    r"sooner|earlier)\b.{0,60}\bor\b|\bor\b.{0,60}\b(?:first|sooner|earlier)\b"
)
_AFTER_WHAT: Final = re.compile(r"\b(?:what|which|where)\b.{0,40}\b(?:after|following|follows?|next|beyond|from)\b")
_OPENING_ASKED: Final = re.compile(
    r"\b(?:first[- ]line|first (?:choice|move|step|thing|option|port of call|treatment|intervention)|opening (?:move|"
    r"step)|go-to|where (?:do|does|would|should|to) (?:\w+ )?(?:start|begin)|(?:start|begin|open|lead) with)\b"
)
_STEP_AHEAD: Final = re.compile(r"\b(?:next|rung|step|then|now|answer|turn|due|comes|move|time)\b")
_LATER_CHOICE: Final = re.compile(r"\b(?:which|what)\b.{0,60}\b(?:last|later|after|second)\b")
# The treatment that a short answer names, and no more than some words round it.
_NAMED: Final = re.compile(
    r"^\W*(?:(?:the|a|an|always|clearly|in general|i'd say|start with|begin with|probably)\s+){0,3}<([a-z|]+)>"
)
_THEN: Final = re.compile(
    r"^\W*(?:then|next|so|now|try|offer|consider|time|move|go|book|it is time|it's time)\b[^.;:!?<>]{0,60}<([a-z|]+)>"
)
# An answer that only says when or for whom.
_FRAGMENT: Final = re.compile(r"^\W*(?:only |not )?(?:for|after|before|once|when|if|until|in|as|ahead|behind)\b")
# The auxiliary that only makes it a question.
_AUXILIARY: Final = re.compile(r"^\W*(?:so |and |but )?(?:(?:should|is|are|do|does|must|could|would) not|cannot)\b")


def answered(document: Document, question: str | None) -> Iterator[tuple[Unit, Relation]]:
    """What a question and the answer right after it assert together."""
    units = document.units
    asked = [*read(question[:2000]).units][-1:] if question else []
    for before, unit in zip((*asked, *units), units if asked else units[1:], strict=False):
        if before.is_question and not unit.is_question:
            yield from ((unit, relation) for relation in _together(before.masked, unit.masked))


# The answer is that there is none.
_OPEN: Final = re.compile(
    r"\bno (?:\w+ )?(?:order|rule|answer|sequence|preference)\b|\bleaves? (?:it|that|this|the question) open\b|"
    r"\b(?:does not|doesn't|did not|didn't|nowhere|never) (?:say|settle|rule|decide|tell)\w*\b|\bsilent\b|\bnot said\b"
)


def _together(question: str, answer: str) -> Iterator[Relation]:
    if _OPEN.search(answer):
        return
    answer = re.sub(r"^\W*(?:a|answer)\s?[:.]\s?", "", answer)
    asked = _AUXILIARY.sub(" ", question).replace("?", "").strip()
    named = _NAMED.match(answer)
    in_question = re.findall(r"<([a-z|]+)>", asked)
    if named and _AFTER_WHAT.search(asked) and len(set(in_question)) == 1:
        earlier, chosen = _split(in_question[0]), _split(named[1])
        yield Relation("before", earlier, chosen, denied=False, start=0, end=len(answer), failed=True)
        return
    # "When are blocks the next move?" is about blocks; "blocks or SCS first?" offers them.
    is_choice = named is not None and (" or " in asked or named[1] not in in_question)
    if named and is_choice and (_CHOICE.search(asked) or _LATER_CHOICE.search(asked)):
        chosen = _split(named[1])
        others = _split("|".join(in_question)) - chosen - {""}
        pair = (others, chosen) if _LATER_CHOICE.search(asked) else (chosen, others)
        if others:
            yield Relation("before", *pair, denied=False, start=0, end=len(answer))
        return
    if named and not in_question and _OPENING_ASKED.search(asked) and not _AFTER_WHAT.search(asked):
        yield Relation("first", frozenset(), _split(named[1]), denied=False, start=0, end=len(answer))
        return
    failed = re.search(rf"{FAILED}[^<]{{0,20}}<([a-z|]+)>$", asked) or re.search(rf"<([a-z|]+)>[^<]*{FAILED}", asked)
    then = _THEN.match(answer) or (named if named and _STEP_AHEAD.search(answer) else None)
    if failed and then:
        earlier, later = (_split(match[1]) for match in (failed, then))
        yield Relation("before", earlier, later, denied=False, start=0, end=len(answer), failed=True)
        return
    fragment = _FRAGMENT.match(answer)
    alone = re.findall(r"<[a-z|]+>", asked)
    if fragment and len(alone) == 1:
        yield from relations(f"{alone[0]} is {answer.lstrip()}")
        return
    is_yes, is_no = bool(_YES.match(answer)), bool(_NO.match(answer))
    if is_yes != is_no:
        for relation in relations(asked):
            yield replace(relation, denied=relation.denied != is_no)


def _split(names: str) -> frozenset[str]:
    return frozenset(names.split("|"))
