"""Whether a permanent implant is put in with no trial of stimulation, or after one that failed."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.mood import is_framed, negations

_PERMANENT: Final = re.compile(
    r"\b(?:permanent(?:ly)?|implanted|full implant\w*|definitive(?:ly)?|pulse generator|generator|ipg|for good|"
    r"long-term (?:implant|device|system)|"
    r"batter(?:y|ies) (?:goes|go|is|are|can|may|could|gets?) (?:\w+ ){0,2}?(?:in|put|placed|implanted|fitted|"
    r"inserted))\b"
)
_TRIAL: Final = (
    r"(?:trial(?:s|ling)?|test(?:ing)?|temporary (?:lead|electrode|wire|phase|stage|system|stimulation)|screening "
    r"(?:phase|lead|trial|period)|"
    r"externali[sz]ed lead)"
)
_NO_TRIAL: Final = re.compile(
    rf"\b(?:without|no|skip\w*|omit\w*|bypass\w*|forgo\w*|forego\w*|instead of|rather than|before|dispens\w+ with|"
    rf"skips?|without needing|needs? no|"
    rf"spar\w+|cut\w* out|"
    rf"drop\w*|leav\w+ out|do(?:es|ing)? away with|waiv\w+|needn't|need not|miss\w* out) "
    rf"(?:\w+ ){{0,4}}?{_TRIAL}\b(?! (?:is|was|has|fail\w*) )"
    rf"|\b{_TRIAL}(?: (?:period|phase|lead|stage|stimulation|run|of \w+))*[^.;:]{{0,60}}?\b(?:not (?:\w+ )?(?:needed|"
    rf"required|"
    r"necessary|essential|mandatory|obligatory)|unnecessary|adds? (?:nothing|little)|superfluous|optional|"
    r"dispensable|redundant|"
    r"(?:can|may|could|might|should) (?:\w+ )?be (?:skipped|omitted|left out|dropped|waived|spared|dispensed with|"
    r"bypassed|forgone)|"
    r"(?:can|may|could|might) (?:(?!not)\w+ )?(?:leave out|skip|omit|drop|forgo|do without|dispense with|spare)|"
    r"pointless|(?:is )?a (?:mere )?formality|a waste|first is not|need not|needn't|no longer (?:needed|required|"
    r"necessary))"
    r"|\b(?:in one (?:go|sitting|stage|session|step|operation|procedure|visit)|in a single (?:\w+ )?(?:go|sitting|"
    r"stage|session|step|operation|"
    r"procedure|visit)|(?:single|one)[- ](?:stage|step|session)|at the (?:first|same) (?:sitting|operation|session|"
    r"visit|procedure)|on day one|straight away|"
    r"from the (?:outset|start|beginning)|(?:straight|directly|right) to (?:an? |the )?(?:\w+ )?(?:permanent|"
    r"definitive)|immediately|at once|outright|forthwith)\b"
    rf"|\b(?:even (?:after|if|when|though)|despite|after|regardless of|whatever|irrespective of|following|however|"
    rf"whether or not|no matter) (?:\w+ "
    rf"){{0,5}}?{_TRIAL}\b(?: \w+){{0,3}}? ?(?:fail\w*|unsuccessful|negative|disappoint\w*|no (?:relief|benefit)|"
    rf"nothing|shows?|result\w*|help\w*|work\w*)?"
)
_AFTER_TRIAL: Final = re.compile(
    r"even|despite|after|regardless|whatever|irrespective|following|however|whether|no "
    r"matter"
)
_TRIAL_FAILED: Final = re.compile(
    r"\b(?:unsuccessful|failed|negative|fails?|disappoint\w*|no (?:relief|benefit)|nothing|despite|regardless|"
    r"whatever|irrespective|result|"
    r"whether|no matter|however)\b"
)


def is_without_trial(masked: str) -> bool:
    """Whether the sentence puts in a permanent implant with no successful trial before it."""
    if not _PERMANENT.search(masked) or is_framed(masked):
        return False
    for match in _NO_TRIAL.finditer(masked):
        if _AFTER_TRIAL.match(match.group()) and not _TRIAL_FAILED.search(masked[match.start() : match.end() + 40]):
            continue
        clause = masked[max(masked.rfind(mark, 0, match.start()) for mark in ";:.") + 1 : match.start()]
        if negations(clause) % 2 == 0:
            return True
    return False
