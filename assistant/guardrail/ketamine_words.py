"""Names of ketamine, its isomers and its metabolite, as parts of patterns."""

from __future__ import annotations

from typing import Final

S: Final = (
    r"(?:\bS ?\(?[+]\)?|\bS[- ](?:\([+]\)[- ]?)?(?:ketamine|isomer|enantiomer|form|stereoisomer)|"
    r"\besketamine)(?:[- ]?ketamine\b)?(?: (?:form|isomer|enantiomer|stereoisomer)\b)?"
    r"(?: of (?:the )?(?:drug|ketamine)\b)?"
)
R: Final = (
    r"(?:\bR ?\(?-\)?(?!\w)|\bR[- ](?:\(-\)[- ]?)?(?:ketamine|isomer|enantiomer|form|stereoisomer)|"
    r"\barketamine)(?:[- ]?ketamine\b)?(?: (?:form|isomer|enantiomer|stereoisomer)\b)?"
    r"(?: of (?:the )?(?:drug|ketamine)\b)?"
)
NOR: Final = r"(?:\bnor-?ketamine\b|\bmetabolite\b)"
PARENT: Final = r"(?:\b(?<!nor)(?<!nor-)ketamine\b|\bparent\b)"
