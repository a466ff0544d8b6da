"""Whether a sentence says well or ill of what it names: benefit asserted, denied, or neither."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

_PART: Final = re.compile(
    r"\s*(?:[,;:()—∴]|[.!?]\s+(?=[A-Z∴])|\s-\s|\b(?:but|while|whereas|although|though|yet|however|and|even though|"
    r"so)\b)\s*",
    re.IGNORECASE,
)
_GOOD: Final = re.compile(
    r"\b(?:effective\w*|efficac\w+|work(?:s|ed|ing)?|help(?:s|ed|ful)?|relie(?:f|ves?|ved|ving)|benefi\w+|"
    r"succe\w+|respon\w+|indicat(?:ed|ion)\w*|"
    r"recommend\w*|offer\w*|useful|suitable|worthwhile|appropriate|improv\w+|eas(?:e|es|ed|ing)|consider(?:ed)?|"
    r"(?:do|does|did|done|serv(?:e|es|ed)) (?:\w+'?s? ){0,3}?(?:as )?well|serves?|"
    r"good|option|reduc\w+|promis\w+|worth\w*|propos\w+|reward\w*|candidates?|suits?|accepted|at (?:its|their) best|"
    r"(?:way|thing) to go|deserv\w+|retain\w*|pays? off|paid off|valuable|come into (?:its|their) own|"
    r"what \w+ (?:\w+ )?(?:is|are) "
    r"(?:best |made )?for|(?:book|arrange|perform|plan|schedule|list (?:him|her|them)|go ahead|proceed)|thriv\w+|"
    r"nicely|famously|a treat|choice|sound (?:choice|option|step|plan|idea)|sensible|reasonable|earn(?:s|ed|"
    r"ing)? (?:its|their) (?:keep|place)|"
    r"do(?:es)? (?:its|their) (?:best|finest) work|in (?:its|their) element|shines?|just the (?:ones?|people|patients|"
    r"sort|thing|job|ticket|pain|pattern)|right up (?:its|their|\w+ \w+'s|\w+'s) street|"
    r"(?:is|are) (?:exactly |just )?(?:one|a (?:job|case|natural)) for (?:an? |the )?(?:\w+ )?(?:block|stimulat\w+|"
    r"lead|scs)|at home\b|"
    r"rel(?:y|"
    r"ied|ies) (?:up)?on|"
    r"reliabl[ey]|dependabl[ey]|merit\w*|ideal\w*|suited|justified|warranted|called for|the answer|fits? the bill|"
    r"comes? through|warrant\w*|(?:do(?:es)?|did|done|far(?:e|es|ed)) (?:\w+ )?better|yield\w*|(?:good|best|safe|"
    r"sound) bet|tam(?:e|es|ed)\b|subdu\w+|remed\w+|(?:bring|take|tak|"
    r"brings?|takes?)(?:s|ing)? (?:\w+ ){0,2}?(?:down|away|edge)|calm\w*|sooth\w*|"
    r"dampen\w*|"
    r"(?:should|ought to|could) (?:have|get|receive|undergo) an?\b|eras\w+|banish\w*|"
    r"deliver\w*|do(?:es)? (?:the|an?) (?:\w+ )?(?:trick|job)|usable|fruitful\w*|potent|powerful\w*|lift\w*|settl\w+|"
    r"quieten\w*|"
    r"first[- ]choice|method of choice|favou?r\w*|excel\w*|splendid\w*|brilliant\w*|handsome\w*|answer(?:s|ed)|"
    r"sort(?:s|ed)? (?:\w+ )?out|under control|in check|(?:take|takes|took|taking) care of|see(?:s)? to it|"
    r"(?:just |exactly )?what (?:\w+ ){1,2}needs?|needs? (?:an?|the) (?:\w+ )?(?:block|lead|stimulator|scs)|"
    r"(?:prime|good|fair|natural|right|perfect) (?:\w+ )?(?:target|match|case|setting|place)|mend(?:s|ed)?|fix(?:es|"
    r"ed)?|"
    r"conquer\w*|quell\w*|abolish\w*|turn(?:s|ed)? (?:\w+ ){1,3}around|(?:may|can|could|should|might) be (?:tried|"
    r"given)|"
    r"(?:treatment|step|thing|one|procedure) (?:that )?(?:i|we|you) (?:would|should|could|can) (?:give|choose|offer|"
    r"do|pick|take)|get(?:s)? on top of|go(?:es)? away)\b",
    re.IGNORECASE,
)
_BAD: Final = re.compile(
    r"\b(?:lack\w* (?:any |all )?(?:\w+ )?(?:effects?|efficacy|benefits?|value|success)|ineffective\w*|"
    r"unsuccessful\w*|unhelpful|fail\w*|useless|futile|pointless|disappoint\w*|poor(?:ly)?|"
    r"exception|excepted|unresponsive|"
    r"(?:steer|shy|stay|keep|turn)(?:ed|s|ing)? (?:well )?(?:away|clear)|hesitat\w*|think twice|leave (?:\w+ )?alone|"
    r"give (?:it |them )?a miss|warn (?:\w+ )?off|lost cause|no-go|dead end|unsuitable|resist\w*|badly|ill|"
    r"fared? (?:\w+ )?(?:worse|badly|poorly)|flop\w*|let \w+ down|came to grief|"
    r"(?:got|gets?|get|gained?|gains) (?:nothing|nowhere|little)|lost cause)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|unlike|except(?! that\b)\w*|rather than|instead of|cannot|hardly|"
    r"unlikely|"
    r"doubtful|little|apart from|excluding|"
    r"less (?:well|effective\w*|likely|useful|helpful|successful\w*|they|it|blocks?|sympathetic)|worse|nothing|"
    r"the less|against|avoid\w*|limit\w*)\b|n't\b",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"\b(?:not only|not just|not merely|no doubt|(?:makes?|made) no (?:real )?difference|no matter|no less|"
    r"without (?:any )?exception|not least)\b",
    re.IGNORECASE,
)


# "segmental pain was": what the part before denies is affirmed of this one.
_ELLIPSIS: Final = re.compile(
    r"\b(?:(?:may|might|can|could|will|would|should)(?: well)?(?: be)?|was|were|did|does|do|is|are|has|"
    r"have)\W*(?:\[[\d, -]{0,40}\]\W*)?$",
    re.IGNORECASE,
)


class Polarity(Enum):
    """What is said: GOOD (benefit), BAD (none), NONE (nothing of the kind)."""

    GOOD = 1
    BAD = -1
    NONE = 0


# "...; once it has lasted for years, they do not work": what begins a sentence or a clause leans forward.
_OPENING: Final = re.compile(
    r"^\W*(?:once|when|if|where|after|by the time|as soon as|in|for|with|should)\b[^;:]*,\s*$", re.IGNORECASE
)


def polarity_at(text: str, at: int) -> Polarity:
    """What the sentence says of the thing at `at`: its own part's word, else the part's that it leans on.

    A part that opens the sentence leans on what follows ("In diffuse pain, SCS works"), any other on what went before.
    """
    parts = _parts(text)
    here = next((i for i, (start, end, _) in enumerate(parts) if start <= at < end), len(parts) - 1)
    if here and parts[here][2] is Polarity.NONE and _ELLIPSIS.search(text[parts[here][0] : parts[here][1]]):
        return Polarity.GOOD
    start, end, _ = parts[here]
    # "..., diffuse pain: it did not": a label leans on what it labels.
    is_label = text[start:end].rstrip().endswith(":")
    opens = is_label or bool(_OPENING.match(text[start:end])) and text[:start].rstrip()[-1:] in (";", ":", "(")
    forward, backward = range(here + 1, len(parts)), range(here - 1, -1, -1)
    near = [here, *forward, *backward] if opens or not here else [here, *backward, *forward]
    return next((parts[i][2] for i in near if parts[i][2] is not Polarity.NONE), Polarity.NONE)


def _parts(text: str) -> list[tuple[int, int, Polarity]]:
    parts, start = [], 0
    for cut in _PART.finditer(text):
        parts.append((start, cut.end(), _polarity(text[start : cut.end()])))
        start = cut.end()
    return [*parts, (start, len(text) + 1, _polarity(text[start:]))]


# "Effective against segmental pain" says no ill of it.
_AGAINST_PAIN: Final = re.compile(
    r"\b(succe\w+|effective(?:ness)?|efficac\w+|work(?:s|ed)?|help(?:s|ed)?|useful|potent) against\b", re.IGNORECASE
)


def _polarity(part: str) -> Polarity:
    if re.search(r"\b(?:whether|which of)\b", part, re.IGNORECASE):
        return Polarity.NONE
    part = _AGAINST_PAIN.sub(r"\1", _EMPTY.sub(" ", part))
    # "neither ... nor" denies once.
    denials = len(
        _NOT.findall(re.sub(r"\bnor\b", " ", part) if re.search(r"\bneither\b", part, re.IGNORECASE) else part)
    )
    if _BAD.search(part):
        return Polarity.GOOD if denials % 2 else Polarity.BAD
    if _GOOD.search(part):
        return Polarity.BAD if denials % 2 else Polarity.GOOD
    return Polarity.BAD if denials % 2 else Polarity.NONE
