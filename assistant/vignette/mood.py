"""Treatments that are only asked for, planned or supposed: they are no history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.vignette.clauses import Clause
from assistant.vignette.phrases import any_of

# What follows is wished, planned or talked about.
_AHEAD: Final = any_of(
    "want(?:s|ed|ing)?", "would like", "ask(?:s|ed|ing)? (?:for|about|re|whether|if)", r"consider\w*",
    "seen", "saw", "watched", "thinking (?:of|about|re)", "plan(?:s|ned|ning)?", r"propos\w+",
    r"suggest\w*", r"mention\w*", r"recommend\w*",
    "offer(?:ed|s|ing)?", "read (?:about|of|up on)", "heard (?:of|about)", "googled", "wonder(?:s|ing|ed)?",
    "keen (?:on|to|for)", "hop(?:es|ing) (?:for|to)", "candidate for", "ready for", "referr(?:ed|al) for",
    "refer for", "book(?:ed|s|ing)?", r"schedul\w+", "list(?:ed|ing) for", r"await\w*", "waiting (?:for|list)",
    "instead of", "rather than", "straight to", "role (?:of|for)", "evidence for", "due (?:for|a)", r"discuss\w*",
    r"request\w*", r"refus\w+", r"declin\w+", "against", "needs?", r"push\w*", "move (?:on )?to",
    "go(?:ing)? (?:on )?(?:to|for)", "jump to", "proceed (?:to|with)", "start(?:ing)? with", "prefers?", "favou?rs?",
    "says?", r"advocat\w+", "likes? the (?:idea|sound) of", "terrified of", "scared of", "wary of", "interested in",
    "sent for", "(?<!wrong )(?<!mistaken )about", "would", "should", "could", "will", "may", "might", "can", "if",
    "unless", "whether", "before", "until", "next[: ]", "now for", r"\?", "on (?:the table|offer|the cards)",
    "options? (?:are|is)", "choice (?:is|between|of)",
)  # fmt: skip
# What stands before is planned, refused, not to be had, or asked about.
_BEHIND: Final = any_of(
    r"schedul\w+", "booked", "planned", "pending", "next (?:week|month|step|tuesday|monday)", "tomorrow", "declined",
    "refus(?:ed|es|ing)", "declin(?:es|ing)", "suggested", "proposed", "discussed", "offered", "mentioned",
    "recommended", "not available", "unavailable", "is next", "worth it", "worth a", "reasonable", "indicated",
    "an option", "fair", "sensible",
    "any good", "first", "instead", "awaited", "to follow", "due", "on the cards", "on offer", "on the list",
    "on the table",
)  # fmt: skip


# "?SCS", "SCS?": a question mark does the same on either side.
_ASKED_AHEAD: Final = re.compile(r"(?:^|\s)\?(?=\w)")
_ASKED_BEHIND: Final = re.compile(r"\?")


def is_ahead(clause: Clause, start: int, end: int, cues: Sequence[tuple[int, int]]) -> bool:
    """Whether words between `start` and `end` put the treatment that follows them off; those in a cue do not count."""
    return any(_names(pattern, clause, start, end + 1, cues) for pattern in (_AHEAD, _ASKED_AHEAD))


def is_behind(clause: Clause, start: int, end: int, cues: Sequence[tuple[int, int]]) -> bool:
    """Whether words between `start` and `end` put the treatment before them off."""
    return any(_names(pattern, clause, start, end, cues) for pattern in (_BEHIND, _ASKED_BEHIND))


def _names(pattern: re.Pattern[str], clause: Clause, start: int, end: int, cues: Sequence[tuple[int, int]]) -> bool:
    for match in pattern.finditer(clause.text, start - clause.start):
        first, last = clause.start + match.start(), clause.start + match.end()
        if last <= end and not any(first < b and a < last for a, b in cues):
            return True
    return False
