"""Turns that ask nothing new: small talk, doubts about the last answer, and questions for its source."""

from __future__ import annotations

import re
from typing import Final, Literal

Courtesy = Literal["goodbye", "thanks", "greeting", "abilities"]

# A turn made of nothing but these, in any order, is small talk; the first kind that occurs in it is answered.
_GOODBYE: Final = (
    r"good ?bye|bye(?:[- ]bye)?|see (?:you|ya)(?: later| soon)?|good ?night|nothing else|take care|signing off|cheerio",
    r"that(?:'s| is| will be|'ll be) (?:all|it)(?: for (?:now|today))?|no (?:more|further) questions",
    r"(?:i'm|i am|all|we're) (?:done|good|set)|have a (?:good|nice) (?:day|one|evening|weekend)",
)
_THANKING: Final = r"many thanks|thanks|thank (?:you|u)|thankyou|thx|thnx|tks|ta|cheers"
_THANKS: Final = (
    _THANKING,
    r"much appreciated|appreciated?(?: it| that)?|appreciate (?:it|that|your help)|grateful",
    r"(?:that(?:'s| is| was|s)? |very |really |so )*(?:helpful|useful|great|brilliant|perfect|excellent|clear|nice)",
    r"good to know|good (?:job|bot|answer)|good|fine|awesome|lovely|super|interesting|well done|no worries|wow|ah",
    r"that helps|(?:i )?got it|understood|makes sense|(?:i )?see|noted|will do|fair enough|ok(?:ay)?|right|alright",
)
_GREETING: Final = (
    r"(?:hi|hello|hey)(?: there)?|hiya|good (?:morning|afternoon|evening|day)|morning|evening|greetings",
    r"how are you(?: doing)?(?: today)?|how do you do|nice to meet you",
)
_ABILITIES: Final = (
    r"what (?:can|do) you (?:do|cover|know|answer|help with)(?: for me)?",
    r"what (?:are|is) your (?:purpose|scope|limits?)",
    r"what (?:can|could|should) i ask(?: you)?(?: about)?|(?:what are|who are) you(?: for)?|help(?: me)?",
    r"what is this(?: (?:tool|app|assistant|bot|thing))?|how (?:can|do|could) you help(?: me)?|how does this work",
    r"(?:what|which) (?:topics|subjects|questions|areas) (?:can|do) you (?:cover|answer|know)(?: about)?",
    r"are you (?:an? )?(?:ai|bot|robot|human|chat ?bot|doctor|person)|how do (?:i|you) use (?:this|you)",
    r"what (?:does|can) (?:this|the) (?:tool|app|assistant|bot) (?:do|cover)|introduce yourself|tell me about yourself",
)
_FILLER: Final = (
    r"very much|so much|a lot|a bunch|a million|again|indeed|too|then|now|please|and|so",
    r"really|oh|just|it|that|you|no|yes|yep",
    r"for (?:that|this|now|today|(?:all )?(?:your|the|ur) (?:help|answers?|time|assistance|info(?:rmation)?))",
    r"(?:your|the) help|doc(?:tor)?|mate|friend|stellate|assistant|everyone|all|i am|i'm|to you|answer|stuff|one",
)
_KINDS: Final[tuple[tuple[Courtesy, str], ...]] = (
    ("goodbye", "|".join(_GOODBYE)),
    ("greeting", "|".join(_GREETING)),
    ("thanks", "|".join(_THANKS)),
    ("abilities", "|".join(_ABILITIES)),
)
# Longer texts have more to say.
_MOST_WORDS: Final = 14
_ONE: Final = tuple((kind, re.compile(rf"\b(?:{cues})\b", re.IGNORECASE)) for kind, cues in _KINDS)
_ALL: Final = re.compile(
    rf"(?:(?:{'|'.join((*(cues for _, cues in _KINDS), *_FILLER))})\b[\s,.;:!?)(-]*)+", re.IGNORECASE
)
_SAYS_THANKS: Final = re.compile(rf"\b(?:{_THANKING})\b", re.IGNORECASE)

_LEAD: Final = re.compile(
    r"^\W*(?:(?:and|so|but|or|ok(?:ay)?|also|then|right|well|hm+|oh|thanks|thank you|great|cool|fine|sure|yes|no|yeah|"
    r"sorry|now|please|got it|i see|fair enough|makes sense)\b[\s,.;:!-]*)+",
    re.IGNORECASE,
)
_THAT: Final = r"(?:that|this|it)"
_VERY: Final = "really|quite|absolutely|very|totally"
# Asks whether the last answer holds.
_AGAIN: Final = (
    rf"(?:are|r) (?:you|u) (?:{_VERY} )?(?:sure|certain|serious|confident|positive)(?: (?:about|of) {_THAT})?",
    rf"really(?: now)?|(?:you )?sure(?: about {_THAT})?|seriously|certain|honestly",
    r"right|correct|pardon|come again|no way",
    rf"(?:is|was) {_THAT} (?:really |actually )?(?:right|correct|true|so|accurate|certain)",
    r"is that (?:really )?what (?:it|the review) says|does it (?:really|actually) say (?:that|so)",
    rf"(?:that )?(?:can'?t|cannot) be (?:right|true)|i (?:doubt|don'?t (?:believe|buy)) {_THAT}",
    rf"(?:that )?(?:doesn'?t|does not) sound right|double[- ]?check(?: {_THAT})?|check (?:{_THAT} )?again",
    r"say (?:that|it) again|repeat (?:that|it)",
)
_ASKS_AGAIN: Final = re.compile(rf"(?:{'|'.join(_AGAIN)})(?: please| then| though)?", re.IGNORECASE)
# Asks for the source of the last answer, and names nothing of its own.
_ASKING: Final = (
    r"(?:(?:can|could|do|would) (?:you|i|we|u) )?"
    r"(?:(?:give|have|show|get|provide|need|send|tell|list)(?: (?:me|us))? )?"
    r"(?:i (?:need|want) )?(?:what(?:'s| is| are|s)? |which |where(?:'s| is)? |any |who(?:'s| is)? )?"
    r"(?:your |the |a |its |full |some |that |by )*"
)
_SOURCES: Final = (
    r"refs?|references?|sources?|citations?|cites?|doi|bibliography|(?:paper|study|article|publication)s?",
    rf"cite (?:{_THAT}|your sources?)|says who|who says(?: so| that)?|according to (?:whom|who|what)",
    rf"(?:review|trial|one)s? (?:says?|said|found|finds?|show(?:s|ed)?) (?:{_THAT}|so)",
    rf"who (?:reported|found|showed|said|wrote|published|discovered|studied) (?:{_THAT}|so)",
    rf"(?:where )?(?:does |is |did |do )?(?:{_THAT}|you)(?:'s| come| comes| get| got)+(?: {_THAT})?(?: from)?",
    rf"where {_THAT} from|{_THAT} from|based on (?:what|which (?:study|paper))",
)
_OF_WHAT: Final = (
    rf"(?: (?:is|was|are) {_THAT}(?: from| in| based on)?)?(?: (?:no|number|details?|entry))?"
    rf"(?: (?:for|of|behind|on|about|to) (?:{_THAT}|those|these|them|the (?:last|first|above)(?: \w+)?))?"
    r"(?: please| pls| then)?"
)
_ASKS_SOURCE: Final = re.compile(f"{_ASKING}(?:{'|'.join(_SOURCES)}){_OF_WHAT}", re.IGNORECASE)


# Words for a source, and those that people put around them, in any order.
_OF_A_SOURCE: Final = re.compile(
    r"refs?|references?|sources?|citations?|cites?|cited|doi|pmid|pubmed|bibliography|journals?|authors?|publication|published|"
    r"publish|paper|article|study|trial|rct|wrote|written"
)
_AROUND_SOURCE: Final = re.compile(
    r"full|exact|complete|proper|whole|the|a|an|its|it|that|this|those|these|them|one|for|of|behind|on|to|in|by|from|and|or|plus|"
    r"with|what|what's|which|where|where's|who|who's|when|was|is|are|were|did|do|does|can|could|would|will|you|u|i|we|me|us|give|have|"
    r"get|send|show|tell|need|want|got|quote|please|pls|title|years?|yr|date|vol|volume|pages?|names?|details?|number|no|"
    r"last|first|second|bit|figure|claim|statement|answer|so|just|again|know|need|look|up|find|exactly|actually|come|comes"
)


def courtesy(text: str) -> Courtesy | None:
    """The kind of small talk that the whole text is; None where it says anything else."""
    plain = " ".join(re.sub(r"[^\w\s',.;:!?-]", " ", text.replace("\u2019", "'")).split())
    if len(plain.split()) > _MOST_WORDS or not _ALL.fullmatch(plain):
        return None
    kind = next((kind for kind, cue in _ONE if cue.search(plain)), None)
    # "Right?" and "good?" ask; "thanks?" does not.
    return None if kind == "thanks" and plain.endswith("?") and not _SAYS_THANKS.search(plain) else kind


def asks_again(text: str) -> bool:
    """Whether the text only doubts the last answer: "are you sure?"."""
    return bool(_ASKS_AGAIN.fullmatch(_bare(text)))


def asks_source(text: str) -> bool:
    """Whether the text only asks where the last answer comes from: "ref for that?", "full ref? journal + yr"."""
    if _ASKS_SOURCE.fullmatch(_bare(text)):
        return True
    said = re.findall(r"[a-z]+(?:'[a-z]+)?", _bare(text).lower())
    return any(_OF_A_SOURCE.fullmatch(word) for word in said) and all(
        _OF_A_SOURCE.fullmatch(word) or _AROUND_SOURCE.fullmatch(word) for word in said
    )


def lead_end(text: str) -> int:
    """Where the words that only lead in ("ok, and so") end."""
    found = _LEAD.match(text)
    return found.end() if found else 0


def _bare(text: str) -> str:
    """The text without what leads it in and its punctuation; empty where it is too long to be one of these."""
    if len(text.split()) > _MOST_WORDS:
        return ""
    plain = " ".join(re.sub(r"[^\w\s'-]", " ", text.replace("\u2019", "'")).split())
    return plain[lead_end(plain) :] or plain
