"""Placeholders of treatments in masked text: what stands for several, and treatments listed together made one."""

from __future__ import annotations

import re
from typing import Final

# Short names of the pathway's steps in placeholders.
STEPS: Final = {
    "pharmacotherapy": "drugs",
    "non_drug_care": "care",
    "sympathetic_block": "block",
    "ketamine": "ketamine",
    "pns": "pns",
    "scs": "scs",
}
# Words that stand for all that comes before spinal cord stimulation, or for an infusion whatever it holds.
_NOUNS: Final = (
    "options?|treatments?|steps?|measures?|techniques?|therap(?:y|ies)|means|alternatives?|interventions?|ones|"
    "things|stuff"
)
COLLECTIVE: Final = (
    (re.compile(rf"\bless(?:er)?[- ]invasive (?:{_NOUNS})\b"), "<block|ketamine>"),
    (re.compile(rf"\b(?:other|simpler|earlier|conservative) (?:{_NOUNS})\b"), "<block|ketamine>"),
    (
        re.compile(
            rf"(?:(?<=before )|(?<=after )|(?<=behind )|(?<=following )|(?<=ahead of ))(?:the |any )?more[- ]invasive "
            rf"(?:alternate )?(?:{_NOUNS})\b(?:,? (?:such as |like |e\.g\.? )?(?:an? |the )?<scs>)?"
        ),
        "<scs>",
    ),
    (re.compile(r"(?<![<|])\binfusions?\b"), "<ketamine>"),
    (re.compile(r"(?<![<|])\b(?:blocks?|blockades?)\b(?![>|])"), "<block>"),
    (re.compile(r"\b(?:neuro)?stimulators?\b"), "<scs>"),
    # What patients are told: a wire, a lead or a battery along the spine; numbing injections; a drip.
    (
        re.compile(
            r"\b(?:wires?|leads?|electrodes?|implant|batter(?:y|ies)|device)\b[^.;:<>]{0,40}"
            r"\b(?:along|near|next to|beside|in|into|on|over) (?:your|the|his|her|their) (?:spinal cord|spine|back)\b"
        ),
        "<scs>",
    ),
    (
        re.compile(
            r"\b(?:numbing|nerve)[- ](?:injections?|jabs?|shots?)\b|"
            r"(?<!intravascular )(?<!steroid )(?<!epidural )"
            r"\binjections (?=are|come|can|only|first|before|after|have|should|must|or|and then)"
        ),
        "<block>",
    ),
    (re.compile(r"\bdrips?\b(?! )"), "<ketamine>"),
    (
        re.compile(
            r"(?<=whose )(?:device|implant)\b|"
            r"\b(?:device|implant)\b(?= (?:fails?|has failed|hasn't|has not|doesn't|does not|didn't|disappoints)\b)"
        ),
        "<scs>",
    ),
    (re.compile(r"\bneuro(?:modulation|stimulation)\b"), "<scs|pns>"),
)
_JOINED: Final = re.compile(
    r"<([a-z|]+)>"
    r"((?:\s*(?:\+/-|±|,|/|\+|&|\band/or\b|\band\b|\bor\b|\bnor\b|\bplus\b)\s*)+"
    r"(?:(?:an?|the|both|either|iv|non-invasive,?|conventional|other) )*)"
    r"<([a-z|]+)>"
)
# "Before a <block>, <ketamine> has ..." is no list.
_FRONTED: Final = re.compile(
    r"\b(?:before|after|once|if|when|until|unless|without|following|compared (?:with|to)|relative to|next to|unlike|"
    r"for|"
    r"instead of|rather than)\b[^<,;:.]{0,60}$"
)
# "After failed <drugs>, and <ketamine> may ...": two things alone are not listed with a comma.
_NEW_CLAUSE: Final = re.compile(r",\s*and\s+(?:(?:an?|the|iv)\s+)?")
_LISTED: Final = re.compile(r"(?: (?:or|and) <[a-z|]+>)+")
_PREDICATE: Final = re.compile(
    r"\s?(?:(?:series|course|trial) )?(?:has|have|had|is|are|was|must|should|may|might|can|could|will|would|needs?|"
    r"comes?|ought|remains?|becomes?|"
    r"follows?)\b"
)
# "A needle near the stellate ganglion": one block, named twice.
_AIMED: Final = re.compile(r"<block> (?:near|into|at|to|beside|around|by|in|towards) (?:the |her |his )?<block>")


def join(masked: str) -> str:
    """The masked text with placeholders that are listed together made one."""
    masked = re.sub(r"<([a-z|]+)>(?:(?: of (?:the )?|\s*)\(?<\1>\)?)+", r"<\1>", masked)
    masked = _AIMED.sub("<block>", masked)
    while (joined := _JOINED.sub(_join, masked)) != masked:
        masked = joined
    return masked


def _join(match: re.Match[str]) -> str:
    text = match.string
    is_comma = match[2].strip() == "," and bool(_PREDICATE.match(text, match.end()))
    if is_comma and _FRONTED.search(text[max(0, match.start() - 90) : match.start()]):
        return match.group()
    listed = _LISTED.match(text, match.end())
    behind = listed.end() if listed else match.end()
    if _NEW_CLAUSE.fullmatch(match[2]) and "|" not in match[1] and _PREDICATE.match(text, behind):
        return match.group()
    names = dict.fromkeys((*match[1].split("|"), *match[3].split("|")))
    return f"<{'|'.join(names)}>"
