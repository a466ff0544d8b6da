"""The words that tell the result of a treatment: what they tell, and where the treatment stands that they tell of."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from assistant.vignette.clauses import Clause
from assistant.vignette.mentions import Found
from assistant.vignette.phrases import any_of

Result = Literal["failed", "brief", "contraindicated", "not_tried", "tried"]
# Where the treatment stands: before the cue ("X wore off"), after it ("despite X"), or on either side ("failed").
Side = Literal["before", "after", "either"]

_NUMBER: Final = (
    r"(?:\d{1,3}(?:-\d{1,3})?|an?|one|two|three|four|five|six|seven|eight|nine|ten|half an?|(?:a )?few|several|"
    r"(?:a )?couple(?: of)?)"
)
_NUMBER_RANGE: Final = rf"{_NUMBER}(?: (?:to|or) {_NUMBER})?"
_UNIT: Final = r"(?:h|hrs?|hours?|days?|d|nights?|weeks?|wks?|fortnight|months?|mths?|weekends?|wke?nds?|w/e)"
_HEDGE: Final = (
    r"(?:about|only|just|under|less than|nearly|roughly|barely|maybe|perhaps|up to|some|at most|the|"
    r"(?:a )?(?:good|solid|full))"
)
# "Two weeks", "2/52", "the weekend"; a number in words stands apart: "and" is no "an d".
_WHILE: Final = (
    rf"(?:{_HEDGE} ){{0,2}}(?:\d{{1,2}}/(?:7|52|12|24)|{_NUMBER_RANGE}(?:[ -]|(?<=\d))(?:good |solid |full )?{_UNIT}|"
    r"(?:weekend|wke?nd|w/e|fortnight))\b"
)
# A time that is no length of relief: "a week ago", "a 5-day infusion", "two weeks after".
_ELSE: Final = r"(?! (?:ago|later|old|apart|course|(?:\w+ )?infusion|trial|after|before|from|since|post|program|in\b))"
_GOOD: Final = (
    r"(?:relief|benefit|help|response|effect|joy|luck|improvement|success|use|good|better|change|difference|gain)"
)
_KIND: Final = (
    r"(?:any|real|useful|meaningful|significant|great|clear|further|more|obvious|much|pain|symptom|appreciable)"
)
_BAD: Final = (
    r"(?:rash|hyponatr\w+|retention|dry mouth|falls|drows\w+|sick|sickness|nausea\w*|nauseous|vomit\w+|dizz\w+|"
    r"confus\w+|hallucin\w+|weight gain|psychotic|psychosis|constipat\w+|oedema|edema|groggy|zombie\w*|"
    r"side[- ]effects?|s/e|tremor|itching|allergy|suicidal)"
)
_WHOM: Final = r"(?: (?:her|him|them|me|the patient))?"
_CANNOT: Final = r"(?:did|does|do|has|have|had|is|was|were|are|could|would|ca|wo|should)n'?t"
_NOT: Final = rf"(?:not|{_CANNOT}|never|neither|barely|hardly|scarcely|no longer)"
_GAVE: Final = (
    r"(?:gave|gives|giving|got|last(?:ed|ing|s)?|best(?: one)?|longest|held|holds|bought|good|help(?:ed|s)?|"
    r"work(?:ed|s)?|relief|benefit|better|responded|improved|settled|eased|%|x|of|for|->|→|=|:)"
)

_PHRASES: Final[dict[tuple[Result, Side], tuple[str, ...]]] = {
    ("contraindicated", "either"): (
        r"contra-?indicat\w+(?: (?:to|for))?",
        r"ruled out|unsuitable(?: for)?|c/i",
    ),
    ("contraindicated", "after"): (
        r"(?:so|hence|therefore|thus|which means|meaning)(?: s?he)? (?:no|not for|can'?t have|cannot have)",
        r"rul(?:es|ing) out",
        r"(?:can't|cannot|unable to|must not|mustn't|should not|shouldn't|not safe to) (?:have|be given|take|receive)",
        r"allergic to",
        r"(?:not a|no) candidate for",
        r"(?:unfit|too risky) for",
    ),
    ("contraindicated", "before"): (
        (r"(?:is|was|are|'s) (?:not safe|unsafe|too risky|out of the question|off[- ]limits|off the (?:table|menu)|"
        r"a no[- ]?go)"),
        r"(?:is|was|are|'s|be) (?:therefore |now )?out\b(?! of)",
        r"not (?:an option|possible|allowed|suitable)|(?:can't|cannot)(?= ?(?:$|[-,.;:(]))",
    ),
    ("not_tried", "after"): (
        (rf"(?:never|not|{_CANNOT}|yet to)(?: (?:yet|ever|been|even|actually|so far|had|have)){{0,3}} "
        rf"(?:had|have|tried|try|given|offered|on|started?|received|undergone|attempted)\b"
        rf"(?: (?:on|with|any|anything|an?|to|had)\b)*+(?! (?:\w+ ){{0,2}}{_GOOD}\b)"),
    ),
    ("not_tried", "before"): (
        (rf"(?:not|never|{_CANNOT})(?: (?:yet|been|ever|as yet|had)){{0,2}} (?:tried|given|done|started|attempted|"
        rf"had|offered)"),
        r"(?:un|not yet )tried",
        r"not yet",
        r"yet to be (?:tried|done)",
    ),
    ("not_tried", "either"): (r"na[iï]ve", r"tried (?:so far|yet|to date)"),
    ("brief", "after"): (
        (r"(?:brief|short|short-lived|transient|temporary|fleeting) (?:relief|benefit|response|help|improvement|effect)"
        r"(?: only)? (?:from|with|after|to|on)"),
        r"(?:responded|helped|relieved|improved) (?:only )?(?:briefly|transiently|temporarily) (?:to|by|with|after)",
        rf"{_WHILE} (?:of )?(?:relief|benefit|comfort|peace) (?:from|off|out of)|{_WHILE} out of",
    ),
    ("brief", "before"): (
        (rf"{_NOT}(?: \w+)? (?:last\w*|hold|held|work\w*|help\w*)(?: for)? (?:more|longer|beyond|past)(?: than)? "
        rf"{_WHILE}"),
        (rf"(?:better|{_GOOD}|great|fine|improved|relieved|worked|helped|held|a treat|%)(?: \w+){{0,2}} "
        r"(?:un)?'?til[^.;]*"),
        r"brief(?:ly)?",
        r"short[- ]?(?:lived|term)",
        r"transient(?:ly)?|temporar(?:y|ily)|fleeting(?:ly)?",
        r"(?:wore|worn|wears|wearing) off",
        r"gone (?:by|within|in|after|again)",
        (r"(?:came|come|comes|back|crept) (?:straight |right )?(?:back|again)|back (?:to square one|to baseline|"
        r"within|by)"),
        r"returned|recurr\w+|relaps\w+",
        (rf"(?:{_NOT}|didn't|did not|no|without)(?: \w+)? (?:last|lasts|lasting|lasted|sustained|durable|"
        rf"enduring)(?: {_GOOD})?"),
        r"unsustained|faded|(?:ran|run) out",
        rf"(?:each|every) (?:time|one) ?[<~]? ?{_WHILE}{_ELSE}",
        rf"(?:only|just|barely|merely|but|lasting)(?: for| about)? {_WHILE}{_ELSE}",
        rf"{_GAVE}{_WHOM}(?: (?:only|for|about|just|then|relief|benefit)){{0,3}} ?{_WHILE}{_ELSE}",
        (rf"{_WHILE} (?:each|only|every time|at a time|relief|max|pain[- ]free|better|(?:of )?(?:relief|benefit|"
        r"comfort|peace|respite)|at (?:most|best))"),
        r"(?:only|for|lasted|matter of)(?: a few| some)? (?:hours|days|weeks)",
    ),
    ("failed", "after"): (
        r"fail(?:ed|s|ing)? (?:to (?:respond to|tolerate|improve (?:on|with))|on|with)",
        (rf"(?:no|nil|little|minimal|without|zero|poor|inadequate|insufficient)(?: {_KIND}){{0,2}} "
        rf"(?:{_GOOD}|tolerance)(?: at all| whatsoever)? (?:from|with|to|on|after|of|by)"),
        rf"{_NOT}(?: \w+)? (?:respond\w* to|(?:helped|relieved|controlled) by|improved? (?:on|with))",
        r"tried(?= (?:just about |absolutely |pretty much |nearly )?(?:everything|the lot))",
        rf"(?:not|{_CANNOT})(?: \w+)? had (?:any |much )?(?:\w+ )?{_GOOD} (?:from|with)",
        r"(?:couldn't|could not|can't|cannot|unable to) (?:tolerate|stand|stomach|cope with)",
        r"(?:intolerant|intolerance) (?:of|to)|(?:refractory|resistant|unresponsive) to",
        r"despite|in spite of|notwithstanding",
        r"(?:been|gone|worked) through|maxed(?: out)? on",
        r"(?:on )?max(?:imal|imum)?(?: tolerated)?(?: doses?)?(?: of)?",
        rf"{_BAD} (?:from|with|on|to|of)",
        r"came off|gave up|withdrew",
        r"(?:unhelped|unrelieved) by",
    ),
    ("failed", "before"): (
        (r"(?:(?<=nothing )|(?<=nothing's ))(?:(?:has|have|we|he|she|they|oral|ever|really) ){0,3}(?:worked|helped|"
         r"works|helps|touched|"
        r"touches)"),
        r"(?:(?:was|were|been|both|all|had to be) ){1,3}(?:stopped|withdrawn|discontinued|abandoned|given up)",
        rf"made{_WHOM} (?:too |very |feel )?\w+",
        _BAD,
        (rf"(?:did|does|do|done|doing|achieved|got|gave|given){_WHOM} (?:absolutely |almost |virtually )?"
        r"(?:nothing|nil|nowt|no good)"),
        (rf"(?:{_NOT}|none)(?: \w+)? (?:help\w*|work\w*|touch\w*|hold|held|cut\w*|respon\w*|enough|shift\w*|did|do|"
        r"does|tak(?:e|es|ing)|took|much (?:use|help|good)|any (?:use|good|help)|effective|controll?\w*|budg\w+)"),
        r"too \w+ to (?:do|continue|carry on|bear|tolerate|take)",
        r"(?:gets?|got|getting|went) nowhere|(?:waste of time|washout|flop)\b",
        r"brings? nothing|no longer|stopped working|lost (?:its )?effect|none (?:now|left)",
        r"(?:all )?out\b(?=\W*$)|no(?=\W*$)",
    ),
    ("failed", "either"): (
        r"fail\w*|unsuccessful\w*|useless|ineffective\w*|inadequate\w*|insufficient\w*|so-so|exhausted",
        rf"(?:no|nil|zero|little|minimal|negligible|without|not any|not much)(?: {_KIND}){{0,2}}(?: {_GOOD}){{1,2}}",
        r"explanted|(?:no|poor|lost|losing|inadequate|patchy)(?: \w+)? coverage",
        rf"intoler\w+|{_NOT}(?: \w+)? tolerat\w+|not (?:helpful|effective)|hopeless|to no avail|unhelpful",
        r"nothing|nil|nowt|zilch|zero|nope|rubbish|maxed(?: out)?|stopped|withdrawn|discontinued|abandoned",
    ),
    ("tried", "before"): (
        r"tried|trialled|gave|done|complet\w+|ongoing|continu\w+|so far|given|finished|started|in progress",
        (r"twice(?: weekly| a week)?|once|x ?\d+|helps?|helped|work(?:s|ed)|partial(?:ly)?|some(?: \w+)? (?:relief|"
        r"help)|only"),
    ),
    ("tried", "after"): (
        (r"tried|trialled|on(?! (?:offer|the (?:table|list|agenda|cards))\b)|takes?|taking|had|having|underwent|"
        r"received|given|started|s/p|status post|previous|prior|past"),
        (r"completed|done|finished|after|both|two|three|four|several|repeat(?:ed)?|multiple|"
        r"(?:a )?(?:couple|series) of|[2-9] ?x?|already|currently"),
    ),
}  # fmt: skip
_CUES: Final = tuple((result, side, any_of(*phrases)) for (result, side), phrases in _PHRASES.items())
# A result told by pointing at the one before: "and so did three blocks", "the block the same".
_DID: Final = r"(?:did|do|does|has|have|had|was|were)"
_ECHOES: Final[tuple[tuple[Side, re.Pattern[str]], ...]] = (
    ("after", any_of(
        rf"(?:so|nor|neither) {_DID}",
        r"as (?:did|do|does|has|have|had)",
        r"(?:the )?same (?:(?:again|story|result|thing|outcome) )?(?:with|for|from|goes for|after)",
    )),
    ("before", any_of(
        rf"{_DID}(?:n'?t| not) either",
        r"(?:much )?the same(?: story| result| again| outcome)?(?=\W*$)",
        r"same(?: story| result| again| outcome)?(?=\W*$)",
    )),
    ("either", any_of(r"(?:ditto|likewise|similarly)(?: for| with)?")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue, and where it stands in the text."""

    result: Result
    side: Side
    start: int
    end: int


# What may stand before a result that a text opens with: who had it, and small words.
_OPENING: Final = re.compile(
    r"(?:\W|\b(?:ok(?:ay)?|so|well|right|update|yes|yeah|yep|no|sadly|unfortunately|turns out|just|now|then|and|"
    r"but|also|"
    r"s?he|they|we|i|pt|patient|it|s|ve|has|have|had|having|was|were|been|did|already|since|only|actually|initially|"
    r"gave|gives|got|caused|made|her|him|them|me|us|a|an|the|some|really|absolutely|again|as suggested|bit of|"
    r"great|good|excellent|partial|fab|amazing)\b)*",
    re.IGNORECASE,
)
_HAD: Final = re.compile(
    r"tried|trialled|had|given|complet\w+|done|finish\w+|receiv\w+|underw\w+|twice|once|help\w*|work\w*|partial\w*|some",
    re.IGNORECASE,
)
_NOTHING: Final = Found((), (), ())


def opens_with_result(clause: Clause) -> bool:
    """Whether a clause opens with the result of a treatment, named or not."""
    cues = [c for c in cues_of(clause, _NOTHING) if c.result != "tried" or _tells_done(clause, c)]
    return any(_OPENING.fullmatch(clause.text[: cue.start - clause.start]) for cue in cues)


def tells(clause: Clause, results: Collection[Result]) -> bool:
    """Whether a clause tells one of these results, of whatever treatment."""
    return any(cue.result in results for cue in cues_of(clause, _NOTHING))


def _tells_done(clause: Clause, cue: Cue) -> bool:
    """Whether a cue says that something was had; "on", "after" and "started" may be about anything."""
    return bool(_HAD.match(clause.text[cue.start - clause.start : cue.end - clause.start]))


def cues_of(clause: Clause, found: Found) -> tuple[Cue, ...]:
    """The cues of a clause, in order; where two overlap the first kind of the list counts.

    Words of a name ("failed back surgery") are no cue.
    """
    cues: list[Cue] = []
    for result, side, pattern in _CUES:
        for match in pattern.finditer(clause.text):
            cue = Cue(result, side, clause.start + match.start(), clause.start + match.end())
            taken = any(cue.start < other.end and other.start < cue.end for other in cues)
            if not taken and not found.covers(cue.start, cue.end):
                cues.append(cue)
    return tuple(sorted(cues, key=lambda cue: cue.start))


def echoes_of(clause: Clause, result: Result, cues: Collection[Cue]) -> tuple[Cue, ...]:
    """Cues that point at the last result told: `result`, or that of the nearest of `cues` before them."""
    found: list[Cue] = []
    for side, pattern in _ECHOES:
        for match in pattern.finditer(clause.text):
            start = clause.start + match.start()
            told = [cue.result for cue in cues if cue.end <= start and cue.result != "tried"]
            found.append(Cue(told[-1] if told else result, side, start, clause.start + match.end()))
    return tuple(found)
