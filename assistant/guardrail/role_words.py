"""What an outcome, a length of time and a change of arms are called."""

from __future__ import annotations

import re
from typing import Final

MEASURES: Final = (
    ("interference", re.compile(r"interfer", re.IGNORECASE)),
    (
        "complication",
        re.compile(
            r"complicat|hardware|device[- ](?:related )?(?:problem|trouble|fault)|(?:problem|trouble|"
            r"bother)\w* with the (?:device|hardware)",
            re.IGNORECASE,
        ),
    ),
    ("implant", re.compile(r"permanent", re.IGNORECASE)),
    ("crossed", re.compile(r"cross(?:ed|ing|over)|switch|changed? (?:sides|arm|group)|swap|went over", re.IGNORECASE)),
    ("improved", re.compile(r"much improved|\bimproved\b", re.IGNORECASE)),
    (
        "pain",
        re.compile(
            r"halv\w+ (?:of )?(?:their |the )?pain\b(?! interf)|pain (?:[a-z]+ ){0,2}?(?:halved|by half)|"
            r"pain(?!\w*[ _-]?interf)(?:[_ ](?:down|relief|reduc|was|less|by|fell|dropped|gone)\w*)|relief|"
            r"reduction in pain|(?:less|half (?:of )?their) pain|decrease in pain|primary (?:outcome|"
            r"endpoint)",
            re.IGNORECASE,
        ),
    ),
)


SERIOUS: Final = re.compile(
    r"\b(?:serious|severe|grave|major|neurological) (?:\w+ )?(?:complicat|advers|harm|event)\w*", re.IGNORECASE
)


SPANS: Final = (
    (
        "lead",
        re.compile(
            r"\b(?:leads?|electrodes?|wires?)\b.{0,60}\b(?:out|removed|stay\w*|left|in place|kept)\b|"
            r"\b(?:removed|taken out|left in|pulled|comes? out)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "infusion",
        re.compile(
            r"\b(?:infusions? (?:were given|ran|run|last\w*|over|for|of)|infused|infusion length|drip)\b", re.IGNORECASE
        ),
    ),
    (
        "crossing",
        re.compile(
            r"\b(?:cross\w*|chang\w+|switch\w*|swap\w*)\b.{0,50}\b(?:allow\w*|permit\w*|possible|could|open|option|"
            r"free to|"
            r"offered|let)\b|\b(?:allow\w*|permit\w*|could|free to|let|able to)\b.{0,50}\b(?:cross\w*|chang\w+|"
            r"switch\w*|"
            r"swap\w*)\b",
            re.IGNORECASE,
        ),
    ),
    ("follow-up", re.compile(r"\b(?:followed(?! by)|follow-?up|tracked|observed|observation)\b", re.IGNORECASE)),
)


# Somebody changes arms behind the figure.
MOVED: Final = re.compile(
    r"[^.;]{0,40}?\b(?:left|leav\w+|cross\w*|switch\w*|swapp?\w*|chang\w+|went|go(?:ing)? (?:over|to|the)|moved|"
    r"ask\w* for|chose|opted|took|had (?:the|a)|turned|abandon\w*|gave up)\b",
    re.IGNORECASE,
)
