"""Words in a sentence by which the check of order tells advice from report and one place from another."""

from __future__ import annotations

import re
from typing import Final

HEDGED: Final = re.compile(
    r"\b(?:may|might|could|can|perhaps|possibly|reasonable|consider\w*|if indicated|earlier|even "
    r"before|comfortable|happy|free)\b"
)
GOING_ON: Final = re.compile(
    r"\b(?:next|first|straight|now|go|move|proceed|offer|book|then|turn\w*|escalate|step|successor|natural|logical|"
    r"obvious|due|becomes?|moment|as soon as|day|place|fit|implant|"
    r"insert|put)\b"
)
AGAIN: Final = re.compile(
    r"\b(?:next|again|repeat\w*|another(?! (?:matter|story|thing|question|issue|case))|same)\b[^<]*<[a-z|]+>$"
)
EMERGENCY: Final = re.compile(
    r"\b(?:emergency|999|911|112|ambulance|crisis|resuscitat\w+|immediate danger|urgent(?:ly)?)\b", re.IGNORECASE
)
# Said of a step without putting it there now.
SOFT: Final = re.compile(
    r"\b(?:may|might|could|can|option|effective|helpful|helps|shown|evidence|stud(?:y|ies)|indicat\w+|refractory|"
    r"used|considered)\b"
)
ALONE: Final = re.compile(
    r"\b(?:alone|by (?:itself|themselves)|on (?:its|their) own|suffices?|sufficient|is enough|"
    r"are enough)\b"
)
SCS_SOONER: Final = re.compile(r"<scs>[^.;<]{0,40}\b(?:first|sooner|earlier|early|priority|before|forward)\b")
NO_EARLIER: Final = re.compile(r"\b(?:no|not|[a-z]*n't|never)\b[^<]{0,30}\b(?:earlier|sooner)\b")
# "Blocks can wait for a fair trial of medicines."
FOR_EARLIER: Final = re.compile(r"[^.;<]{0,20}\b(?:for|on|behind|until|till)\b[^.;<]{0,40}<(?:drugs|care)[a-z|]*>")
DRUGS_FIRST: Final = re.compile(
    r"<(?:drugs|care)[a-z|]*>[^<]{0,40}\bfirst\b|\bfirst\b[^<;.]{0,30}<(?:drugs|"
    r"care)[a-z|]*>"
)
# "Not so: ..." after what others say denies that, and not what it goes on to say.
REPLY: Final = re.compile(r"^\W*(?:not so|not true|no|wrong|false|incorrect|not quite|on the contrary)\b\W+")
# A label before an answer, which names no claim as wrong: "Answer: no".
ANSWER: Final = re.compile(r"^\W*(?:a|answer|reply)\s?[:.]\s?")
WITH_BLOCKS: Final = re.compile(r"\b(?:alongside|concurrent\w*|at the same time|together|in parallel|blocks? first)\b")
FOR_OTHERS: Final = re.compile(
    r"\b(?:ke(?:ep|pt)|reserv(?:e|ed|ing)|sav(?:e|ed)|h[eo]ld|leave|left|fall-?back|parked|shelved)\b"
)
# A step that somebody has to have had.
INTERVENTION: Final = re.compile(r"<[a-z|]*(?:block|ketamine|scs|pns)|\b(?:needled|injected)\b")
# "Keep the tablets going": they are not put off.
KEPT_ON: Final = re.compile(r"<drugs> (?:going|on|up|running|alongside|as (?:well|before))\b")
MUST: Final = re.compile(
    r"\b(?:must|ought|ha(?:s|ve|d) (?:got )?to|needs? to|should have|required|requires|entitled|mandatory|obligatory|"
    r"compulsory|not allowed|insist\w*)\b"
)
# The lead of the temporary system, whose end is no place at the back.
TAKEN_OUT: Final = re.compile(r"\b(?:removed?|taken out|comes? out|withdrawn|pulled|explanted|lasting|permanent)\b")
# "Not the last resort it used to be."
NO_LONGER: Final = re.compile(
    r"\b(?:not|no longer|never)\b[^.;<]{0,40}\b(?:(?:it|they) (?:used to be|once (?:was|were))|"
    r"as (?:it|they) (?:once )?(?:was|were))\b"
)
# What says of PNS where its place is, rather than that it may still be had.
ITS_PLACE: Final = re.compile(
    r"<pns>[^.;<]{0,40}\b(?:place|position|spot|rung|slot|belongs?|turn|role|best|ke(?:ep|pt)|held|reserv\w*|wait\w*|"
    r"(?:comes?|goes) in|only|"
    r"is (?:for|due|considered|an option for))\b|\b(?:reserve|keep|hold|leave|save|only)\b[^.;<]{0,20}<pns>"
)
ALLOWED: Final = re.compile(r"\bnot (?:ruled out|excluded|forbidden|barred|precluded|out of the question|too late)\b")
CHAIN: Final = re.compile(
    r"<drugs[^<.]{0,60}\b(?:then|next|followed by|after that)\b[^<.]{0,40}<block>[^<.]{0,60}\b(?:then|next|finally|"
    r"last(?:ly)?|followed by|after that)\b[^<.]{0,40}<scs>"
)
# What is left open, and what nerve fibres or a trial's comparison do: no order of treatment.
OPEN: Final = re.compile(
    r"\bwhether\b(?! or not).{0,90}\b(?:[a-z]*n't|not|never|nowhere|un(?:clear|known|settled)|open|no word)\b|"
    r"\b(?:fib(?:re|er)s?|axons?|neurons?|nerves)\b[^.;<]{0,30}\b(?:bypass|skip|leave out|pass over)|"
    r"\bcomparators?\b[^.;]{0,20}\b(?:was|were|is|are|never)\b"
)
# A step is said outright not to be needed; "not ... before ..." alone may say as much, or the opposite.
UNNEEDED: Final = re.compile(
    r"\b(?:need\w*|requir\w*|precondition\w*|prerequisites?|pre-?requisites?|condition\w*|must|ha(?:s|ve|d) to|"
    r"essential|necessary|mandatory|compulsory|obligatory|obliged?|hurdles?|reasons?|point|insist\w*|demand\w*|"
    r"hold\b[^.;<]{0,20}\b(?:back|off)|wait\w*|without|bother\w*|optional|unnecessary|myth|matters?|skip\w*)\b|"
    r"> (?:do|does|did|need) not (?:come|go|belong|rank|precede|have)\b"
)
