"""Where a sentence puts each treatment in time, read from the words beside its name: done, open, early or late.

The relations of `relations.py` are read from whole constructions; this reading needs none. It is less sure, so what it
finds is a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from assistant.guardrail.mood import negations
from assistant.guardrail.order_words import FAILED, UNTRIED

Place = Literal["done", "open", "early", "late"]

_P: Final = re.compile(r"<([a-z|]+)>")
# What ends the reach of a name's own words.
_CUT: Final = re.compile(
    r"[;:.!?()→⇒{}]|->|=>|, (?:but|while|whereas|and|so|with|which|then|if|when|once|where|unless|until)\b|"
    r"\b(?:whereas|while)\b|\bif (?:the |her |his |their )?(?:pain|symptoms|relief)\b"
)
_REACH: Final = 70
_DONE_AFTER: Final = re.compile(
    rf"\b{FAILED}|\b(?:given|had) (?:a |its |their )?(?:\w+ )?(?:fair |proper )?(?:go|try|run|chance|turn|shot|"
    rf"trial)\b|"
    r"\b(?:used up|behind (?:him|her|them|us)|over and done|through|out of the way|helped only|only helped|"
    r"wor(?:ked|e) "
    r"(?:only|off)|got nowhere|missed the mark|come and gone|been and gone|no (?:good|joy|use|luck|help))\b|✗"
)
_DONE_BEFORE: Final = re.compile(
    r"\b(?:(?<!have )(?<!has )(?<!had )(?<!been )failed|failure of|failing|unsuccessful|ineffective|after|"
    r"following|beyond|past|refractory to|resistant to|"
    r"unresponsive to|despite|tried|trying|exhaust\w*|completed|been through|brief (?:response|relief|answer) "
    r"(?:to|from)|(?:respon\w+|relief|answer) (?:to|from) (?:the |her |his )?|run through)\b[^<,]{0,20}$"
)
_OPEN_AFTER: Final = re.compile(
    rf"\b{UNTRIED}|\b(?:yet|still) to (?:be|come|have)\b|\b(?:hasn't|haven't|has not|have not|never|not yet) "
    r"(?:yet )?(?:been |had )?(?:tried|given|offered|used|done|begun|started|put|had)\b|\bis (?:still )?awaited\b|"
    r"\bstill (?:pending|waiting|queu\w+|ahead)\b"
)
_OPEN_BEFORE: Final = re.compile(
    r"\b(?:waiting for|awaiting|pending|untried|while [^<;]{0,60}|yet to (?:have|try|get|receive|be offered)|"
    r"before (?:the|her|his|a|any|trying|attempting|offering|giving)?(?: first)?|never (?:had|tried)|"
    r"(?<!with or )without (?:having "
    r"(?:had|tried) )?(?:an?|any|the)?|(?:not|[a-z]*n't) (?:yet )?(?:had|tried|been given|been offered)(?: an?| any)?)"
    r"[^<,]{0,12}$"
)
_EARLY_AFTER: Final = re.compile(
    r"\b(?:first|now|next|straight away|at once|immediately|right away|from the (?:start|outset)|leads?|opens|heads|"
    r"starts|begins|initial\w*|up ?front|early|earlier|sooner|ahead|forward|to the front|the (?:opening|starting) "
    r"\w+|logical move|obvious (?:next )?(?:step|move|choice)|this (?:week|month)|today|place of|priority)\b"
)
_EARLY_BEFORE: Final = re.compile(
    r"\b(?:first|start\w* (?:with|by|from|on)|begin\w* (?:with|by)|open\w* with|lead with|next|now|straight (?:to|"
    r"for)|directly (?:to|for)|go (?:to|for)|(?:bring|move|pull|put) (?:forward )?(?:up )?|prefer|favou?r|opt for|"
    r"choose)\b[^<,]{0,40}$"
)
_LATE_AFTER: Final = re.compile(
    r"\b(?:later|last|afterwards?|after(?! a| an| all| the (?:acute|injury|rash))|second|in reserve|reserved?|"
    r"fall-?backs?|back-?ups?|plan b|rescue|salvage|held|h[eo]ld back|kept|keep|wait\w*|until|unless|only (?:if|when|"
    r"once|then|where)|if (?:that|it|this|they|those|both|all|either|need)|down (?:the|further)|further (?:down|along)|"
    r"in case|should (?:it|that|this|they|those)|come(?:s)? (?:after|in when|only|later|last)|follow(?:s|ed)?(?! up)|"
    r"behind|at the end|subsequent\w*|premature|too (?:early|soon))\b"
)
_LATE_BEFORE: Final = re.compile(
    r"\b(?:then|later|last(?:ly)?|finally|afterwards|eventually|only (?:then|after|when|once|if)|keep|kept|h[eo]ld|"
    r"reserve|sav(?:e|ing)|postpone|defer|delay|before (?:resorting|moving|going|turning)(?: on)? to|before|prior "
    r"to|ahead of|followed by|ends? with|leave|as (?:a )?(?:fallback|backup|rescue|second)|more invasive|"
    r"(?:go|move|going|moving|progress|escalate|proceed|step up|graduate|going on|went) on to|second|next in line|"
    r"in time|fall(?:s|ing)? back (?:up)?on|instead of|rather than|by the time|not until|"
    r"does? .{0,30}\b(?:about|of))\b[^<,]{0,40}$"
)
_WAITS: Final = re.compile(
    r"\b(?:when|once|if|after|until|unless|should|where) (?:only )?(?:those|these|they|both|all|either|neither|"
    r"everything|"
    r"nothing|the (?:others?|rest|former|two|lot))\b"
)
_CONDITION: Final = re.compile(r"\b(?:before|when|once|if|until|unless|after|where|should|by the time)\b[^<,]{0,30}$")
_NOT: Final = re.compile(
    r"\b(?:not|never|no|neither|nor|cannot|hardly|without|against|mistake|wrong|premature)\b|n't\b"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """The treatments of one placeholder, and the places that the words beside it give them."""

    names: frozenset[str]
    places: frozenset[Place]
    is_denied: bool


@lru_cache(maxsize=2048)
def placed(masked: str) -> tuple[Placed, ...]:
    """Every placeholder of a sentence with its places."""
    marks = list(_P.finditer(masked))
    found: list[Placed] = []
    for at, mark in enumerate(marks):
        begin = marks[at - 1].end() if at else 0
        end = marks[at + 1].start() if at + 1 < len(marks) else len(masked)
        before = _last(masked[max(begin, mark.start() - _REACH) : mark.start()])
        after = _first(masked[mark.end() : min(end, mark.end() + _REACH)])
        own = _places(before, after)
        if "late" in own and not _LATE_BEFORE.search(before) and at + 1 < len(marks) and marks[at + 1][1] == "drugs":
            # "SCS follows the drugs": it comes straight after them.
            reaches = mark.end() + len(after) == marks[at + 1].start()
            own = own - {"late"} | {"early"} if reaches else own
        found.append(Placed(frozenset(mark[1].split("|")), own, bool(_NOT.search(before + "<" + after))))
    return tuple(found)


def _last(text: str) -> str:
    cuts = [match.end() for match in _CUT.finditer(text)]
    return text[cuts[-1] :] if cuts else text


def _first(text: str) -> str:
    cut = _CUT.search(text)
    return text[: cut.start()] if cut else text


def _places(before: str, after: str) -> frozenset[Place]:
    places: set[Place] = set()
    waits = _WAITS.search(after)
    if waits:
        # "SCS when those have failed": what has failed is the others.
        places.add("late")
        after = after[: waits.start()]
    if _OPEN_AFTER.search(after):
        places.add("open")
    elif _DONE_AFTER.search(after):
        places.add("done")
    elif _OPEN_BEFORE.search(before):
        places.add("open")
    elif _DONE_BEFORE.search(before):
        places.add("done")
    denied = negations(before) % 2 == 1
    if _EARLY_AFTER.search(after) or _EARLY_BEFORE.search(before):
        places.add("late" if denied else "early")
    # "Only when X has failed" puts off what comes behind it, not X.
    is_condition = "done" in places and bool(_CONDITION.search(before))
    if _LATE_AFTER.search(after) or (_LATE_BEFORE.search(before) and not is_condition):
        places.add("late")
    return frozenset(places)


# Nothing is advised of what is only named: options, subjects, a comparison.
_GIVEN: Final = re.compile(r"\b(?:offer|consider|try|go|went|move|give|given|turn|book|discuss|rais|reach|refer)\w*\b")


def backwards(masked: str, later: str, earlier: frozenset[str]) -> Literal["plainly", "perhaps"] | None:
    """Whether the words put `later` before one of `earlier`, and none put them the right way round.

    "plainly" where both have words of their own that say so.
    """
    found = placed(masked)
    own = [item for item in found if later in item.names]
    others = [item for item in found if item.names & earlier and later not in item.names]
    if not own or not others or any(item.names & earlier and item.names & {later} for item in found if len(found) == 1):
        return None
    if any("late" in item.places or item.is_denied and "done" not in item.places for item in own):
        return None
    if any(item.places & {"early", "done"} for item in others):
        return None
    is_first = any("early" in item.places for item in own)
    is_done = any("done" in item.places for item in own)
    is_put_off = any("late" in item.places for item in others)
    if is_put_off and (is_first or is_done):
        return "plainly"
    is_open = any("open" in item.places for item in others)
    is_tried = is_done and not any(item.is_denied for item in others) and bool(_GIVEN.search(masked))
    return "perhaps" if is_open and (is_first or not is_done) or is_tried else None


_PARTS: Final = re.compile(r"[;:→⇒]|->|=>")
# What makes one thing a condition of another, and what lets it off.
_MUST: Final = re.compile(
    r"\b(?:must|ought|ha(?:s|ve) to|needs? to|requir\w+|prerequisite|precondition|condition|essential|mandatory|"
    r"obligatory|compulsory|only (?:if|when|once|after|those|people|patients)|not (?:until|unless|before)|nobody|"
    r"no ?one|never .{0,40}(?:until|unless|before)|(?:until|unless)\b)"
)
_FREE: Final = re.compile(
    r"\b(?:no (?:\w+ ){0,3}<|no (?:need|reason|requirement|precondition|prerequisite|condition|obligation|rule|"
    r"must)|(?:not|never|"
    r"[a-z]*n't|"
    r"neither|nor|nothing|hardly|nowhere|without)\b(?! (?:until|unless|before))[^.;]{0,60}?\b(?:must|ought|"
    r"ha(?:s|ve) to|need\w*|"
    r"requir\w*|prerequisite|precondition|condition|essential|mandatory|obligatory|compulsory|hurdle|wait)|needn't|"
    r"need not|or (?:alongside|with|beside)|alongside|concurrent\w*|together|at the same time|may|can|could|might)\b"
)


def is_made_condition(masked: str, earlier: str, later: str) -> bool:
    """Whether the sentence has `earlier` fail, or be had, before there is `later`."""
    return any(_is_made_condition(part, earlier, later) for part in _PARTS.split(masked))


def _is_made_condition(masked: str, earlier: str, later: str) -> bool:
    if not _MUST.search(masked) or _FREE.search(masked):
        return False
    if re.search(rf"<[^>]*\b{later}\b[^>]*>,? (?:too|as well|likewise|also)\b", masked):
        # "Until ketamine has been tried, blocks too": both are the condition, of something else.
        return False
    found = placed(masked)
    own = [item for item in found if item.names == {earlier}]
    others = [item for item in found if later in item.names and earlier not in item.names]
    return (
        any("done" in item.places for item in own)
        and bool(others)
        and not any("done" in item.places for item in others)
    )
