"""What a sentence opens with that is no claim of its own: "In short,", "According to the review,"."""

from __future__ import annotations

import re
from typing import Final

from assistant.drafting.sameness import is_converse_of, same
from assistant.drafting.sayings import Said, Saying, saying
from assistant.drafting.silence import is_silence
from assistant.drafting.wordings import load_wordings

_IDLE: Final = re.compile(
    r"(?:so|thus|hence|overall|as an alternative|alternatively|as a comparison|for comparison|by comparison|"
    r"in comparison|in short|in summary|in brief|briefly|in general|that said|in other words|"
    r"on the other hand|by contrast|in contrast|in addition|for example|for instance|in particular|likewise|here|"
    r"to answer (?:this|that|your question|the question)|in this review|in the review|in the (?:statements|article)|"
    r"according to (?:the (?:author|review|article|statements|evidence|text)|Chin(?:'s review)?)|"
    r"(?:as|per) the (?:review|author|article) (?:puts|states|says|notes) it)(?P<comma>,)?\s+",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"(?:please )?(?:note|remember|bear in mind|be aware) (?:also )?that\s+|"
    r"(?:but |and )?it(?:'s| is) (?:also )?worth (?:adding|noting|knowing|mentioning|saying|remembering) that\s+|"
    r"(?:for your [a-z ]{2,20} )?it may (?:also )?help to know that\s+|"
    r"to (?:be complete|put it (?:simply|briefly)|sum up|complete the picture)(?: with (?:him|her|them))?,\s+|"
    r"(?:(?:but |and )?(?:they|it|the (?:statements|review|author|article)|chin)(?:'s review)? (?:only |also |"
    r"does |do )?"
    r"(?:says?|states?|notes?|adds?|reports?|tells? (?:you|us|readers))(?: only| just| instead)? that\s+)|"
    r"(?:the |your )?(?:patient|he|she|you|it|family) (?:can|could|may|might) be (?:told|said|informed|noted) that\s+",
    re.IGNORECASE,
)
_TOPIC: Final = re.compile(
    r"(?:as for|as to|regarding|concerning|with regard to|turning to|for)\s+([^,:;]{2,60}),\s+", re.I
)
_ANSWER: Final = re.compile(
    r"(?:(?:probably|possibly|perhaps|partly|mostly|broadly|potentially|maybe)(?:,? (?:yes|no|not|so))?|"
    r"not (?:really|quite|exactly|necessarily|entirely|according to (?:the|this) review)|"
    r"(?:yes|no)\b(?:,? (?:potentially|possibly|in part|in principle|broadly|with caveats|"
    r"not (?:quite|exactly|really)))?)\b"
    r"(?:,? (?:it|that|they|there|he|she|this)(?:'s| (?:is|are|does|do|can|may|might|was|were|did|has|have))"
    r"(?: not|n't)?(?: (?:real|so|right|correct|true|linked|the case|one|the reverse|the opposite|"
    r"the other way (?:a)?round))?)?\s*[,:;.–—-]+\s*",
    re.IGNORECASE,
)
_GUESS: Final = re.compile(r"(?:probably|possibly|perhaps|partly|mostly|broadly|potentially|maybe)\b", re.IGNORECASE)
_HALF: Final = re.compile(
    r"\b(?:potentially|possibly|in part|in principle|broadly|caveats|quite|exactly|really)\b", re.I
)
_COUNT: Final = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s*:\s+", re.IGNORECASE)
_MOST_LEAD_WORDS: Final = 9
_SUMMARY: Final = re.compile(r"(?P<lead>[^:;]{4,90}):\s+(?P<rest>.{20,})")
_NOT_ONLY: Final = re.compile(r"^\W*not (?:just|only|merely)\b", re.IGNORECASE)
_MOST_SUMMARY_WORDS: Final = 12
_ORDER: Final = frozenset("first before after once then earlier later until".split())
_REVERSE: Final = re.compile(
    r"\W*(?:no, )?(?:it|that)(?: is|'s| was) (?:actually |in fact |rather )?(?:the (?:reverse|opposite|"
    r"other way (?:a)?round))",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(r"\b(?:no|not|never|nowhere|nothing|none|neither|nor|without|[a-z]+n't)\b", re.IGNORECASE)


def without_opener(text: str) -> str:
    """The text from where its claim begins; the whole where it opens with its claim."""
    for _ in range(3):
        start = len(text)
        for pattern in (_IDLE, _TOLD, _TOPIC):
            match = pattern.match(text)
            if match and len(text) - match.end() > 10 and not _claims(match):
                text = text[match.end() :]
        if len(text) == start:
            break
    return text[:1].upper() + text[1:]


def _claims(match: re.Match[str]) -> bool:
    """Whether a topic holds more than a name: a figure or a denial."""
    topic = match[1] if match.re is _TOPIC else ""
    if (
        match.re is _TOPIC
        and match[0].lower().startswith("for ")
        and any(thing.kind in ("condition", "site", "intervention", "study") for thing in saying(topic).things)
    ):
        return True
    return bool(topic) and (bool(saying(topic).figures) or bool(_DENIES.search(topic)))


def answer_word(text: str) -> tuple[str, str]:
    """The "yes" or "no" that a sentence begins with, and the rest of it; the word is empty where there is none."""
    match = _ANSWER.match(text)
    if not match or len(text) - match.end() < 10:
        count = _COUNT.match(text)
        if count and saying(count[0]).figures:
            value = saying(count[0]).figures[0].value
            rest = text[count.end() :]
            if any(figure.value == value for figure in saying(rest).figures):
                return count[0], rest[:1].upper() + rest[1:]
        return "", text
    rest = text[match.end() :]
    return match[0], rest[:1].upper() + rest[1:]


def is_answered(opener: str, claim: Saying, question: Saying) -> bool:
    """Whether the claim bears out its "yes" or "no" to the question; otherwise the word is left out of what is shown.

    A "yes" needs all treatments and conditions that were asked about and no denial; a "no" needs a denial.
    """
    if _GUESS.match(opener):
        return False
    if not opener.lower().startswith(("yes", "no")):
        return True
    if opener.lower().startswith("not") or _HALF.search(opener):
        return False
    asked = {thing.id for thing in question.things if thing.kind in ("intervention", "condition", "site", "outside")}
    denies = bool(_DENIES.search(claim.text))
    if opener.lower().startswith("no"):
        return denies
    return not denies and not _DENIES.search(question.text) and bool(asked) and asked <= claim.ids


def is_idle_lead(lead: str, rest: Saying, question: Saying) -> bool:
    """Whether what stands before a colon says nothing besides what follows and what was asked."""
    wordings = load_wordings()
    said = saying(lead)
    if _REVERSE.search(lead):
        return any(is_converse_of(word, question.words) for word in rest.words)
    if (
        (said.figures and lead.lower() != "one of each")
        or len(said.words) > _MOST_LEAD_WORDS
        or (_DENIES.search(lead) and not _DENIES.search(rest.text))
    ):
        return False
    if any(word.stem in wordings.polar for word in said.words if not _in(word, rest)):
        return False
    idle = wordings.free | wordings.telling | wordings.hedges
    return all(word.stem in idle or _in(word, rest) or _in(word, question) for word in said.words)


def without_summary(text: str, question: str) -> str | None:
    """The text without a summary of itself before a colon; None where there is none, or where that claims more.

    Such a lead is not compared with a statement, and so is not shown. It must have no figure, grade, order, limit or
    strong word that what follows has not, and name nothing else than that and the question.
    """
    match = _SUMMARY.fullmatch(text)
    if not match:
        return None
    lead, rest, asked = saying(_NOT_ONLY.sub("", match["lead"])), saying(match["rest"]), saying(question)
    wordings = load_wordings()
    named = {thing.id for thing in lead.things if thing.kind not in ("source", "study")}
    if lead.figures or named - rest.ids - asked.ids or len(lead.words) > _MOST_SUMMARY_WORDS:
        return None
    if _DENIES.search(lead.text) and not (_DENIES.search(rest.text) or is_silence(rest.text)):
        return None
    if any((word.stem in wordings.critical or word.text in _ORDER) and not _in(word, rest) for word in lead.words):
        return None
    return match["rest"][:1].upper() + match["rest"][1:]


def _in(word: Said, text: Saying) -> bool:
    return any(same(word, other) for other in text.words)
