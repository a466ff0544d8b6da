"""A sentence in plainer words before it is compared: turns of phrase, and denials that are one word elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.drafting.wordings import load_wordings

# "Did not give adequate or lasting relief", "failed to give adequate relief": what a statement calls inadequate relief.
_GIVE: Final = (
    r"(?:give|gave|given|giving|bring|brought|provide|provided|produce|produced|yield|yielded|"
    r"achieve|achieved|deliver|delivered|offer|offered|obtain|obtained|get|got)"
)
_INADEQUATE: Final = re.compile(
    rf"\b(?:(?:do|does|did|have|has|had)(?: not|n't)|(?:fail|fails|failed|failing) to|without|not|cannot|could not)\s+"
    rf"(?:{_GIVE}|giving|bringing|providing|producing|achieving)\s+(?:[\w-]+\s+){{0,2}}?(?:adequate|"
    rf"sufficient|satisfactory|enough)"
    rf"(?P<also>\s+(?:or|and)\s+(?:sustained|lasting|durable|prolonged|long-lasting))?",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r", (?:it (?:appears|seems)|however|in turn|for example|for instance|in fact|though|too|as well|"
    r"by contrast|in contrast),",
    re.IGNORECASE,
)
_NOT_KNOWN: Final = re.compile(r"\bnot (?:entirely|fully|completely|yet fully) understood\b", re.IGNORECASE)
_THE_ONE: Final = re.compile(r"\bthe one\b(?= (?:[a-z-]+ ){1,4}that\b)")
# "Blocks are used next; ketamine may be considered with them or after they fail".
_THEM: Final = re.compile(r"(?:(?<=; )|(?<=, and ))([^;]*?)\b(with|after|before) (?:them|they|these)\b", re.IGNORECASE)
_SHORT: Final = (
    (re.compile(r"\bcan't\b", re.IGNORECASE), "cannot"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"(?<=[a-z])n't\b"), " not"),
    (re.compile(r"\b(it|that|there|here|what|he|she)'s\b(?= )", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(they|you|we)'re\b", re.IGNORECASE), r"\1 are"),
)
_SHOULD: Final = re.compile(r"^Should (?=[^?]*,)")
_PLURAL: Final = re.compile(r"\b(?:sympathetic )?blocks\b", re.IGNORECASE)
# "How often blocks should be repeated is unclear" asks nobody to repeat them.
_HOW_MUCH: Final = re.compile(
    r"\b((?:how|whether|when) [^.;,]{0,60}?) (?:should|ought to|must|are to|is to) be\b", re.IGNORECASE
)
_NOT_REACHED: Final = re.compile(
    r"\b(?:adequate|sufficient|satisfactory) (\w+) (may |might |could |is |was |were )not (?:be )?"
    r"(?:reached|achieved|obtained|provided|attained|given)\b",
    re.IGNORECASE,
)
_NO_SUCCESS: Final = re.compile(
    r"\b(?:without success|(?:was|were) not successful|(?:did|have|has) not work(?:ed)?|to no avail)\b", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def plainer(text: str) -> str:
    """The text with turns of phrase replaced by the words that they are read as; its figures and names stay."""
    text = _spelt_out(text)
    text = _INADEQUATE.sub(lambda match: "give inadequate" + (" or unsustained" if match["also"] else ""), text)
    text = _NOT_REACHED.sub(r"inadequate \1 \2reached", text)
    text = _ASIDE.sub(" ", text)
    text = _NOT_KNOWN.sub("incompletely understood", text)
    text = _THE_ONE.sub("the only", text)
    text = _named_again(text)
    text = _HOW_MUCH.sub(r"\1 be", text)
    text = _NO_SUCCESS.sub("unsuccessfully", text)
    return _phrases().sub(lambda match: _read_as()[match.group().lower()], text)


def _spelt_out(text: str) -> str:
    """The text without contractions, and with "Should pain persist, ..." as "If pain persist, ..."."""
    text = text.replace("\u2019", "'")
    for short, long in _SHORT:
        text = short.sub(long, text)
    return _SHOULD.sub("If ", text)


def _named_again(text: str) -> str:
    """The text with "them" and "they" after an order word replaced by what the clause before is about."""
    for _ in range(3):
        match = _THEM.search(text)
        named = _PLURAL.search(text[: match.start()]) if match else None
        if not match or not named:
            break
        text = f"{text[: match.end(2)]} {named.group()}{text[match.end() :]}"
    return text


@lru_cache(maxsize=1)
def _read_as() -> dict[str, str]:
    return dict(load_wordings().phrases)


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    either = "|".join(re.escape(phrase) for phrase, _ in load_wordings().phrases)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
