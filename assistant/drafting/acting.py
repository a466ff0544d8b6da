"""Whether a verb of acting has its subject and its object of the statement, and a share its whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from assistant.corpus import load
from assistant.drafting.sameness import same
from assistant.drafting.sayings import GENERAL, Said, Saying
from assistant.drafting.wholeness import is_in
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement

_ACTS: Final = re.compile(
    r"(?:alleviat|inhibit|block|remov|activat|sensitis|sensitiz|lower|rais|increas|reduc|prevent|shorten|reliev|"
    r"releas|caus|lead|trigger|evok|produc|generat|creat|maintain|improv|eas|alter)(?:e|es|ed|s|ing)?"
)
_CAUSES: Final = re.compile(r"caus|lead|trigger|evok|produc|generat|creat")
# What a statement begins with as the setting of what it tells: that does not cause it.
_SETTING: Final = re.compile(r"(?:^|[;.] )(?:in|during|with) ([^,;.]{3,60}),", re.IGNORECASE)
_CLAUSE: Final = re.compile(
    r"[;:.()]\s?|,\s|\s(?:but|while|whereas|although|which|who|that|because|so|when|once|if|by|through|via|and so)\s",
    re.IGNORECASE,
)
_OBJECT_END: Final = re.compile(r"[;:.(),]|\s(?:by|in|at|with|after|during|for|from|of|as|and|or|to)\s", re.IGNORECASE)
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|not|also|still|get|gets)\s+(?:\w+ly\s+)?$", re.I)
_TO: Final = re.compile(r"^\s+to\b")
_OF: Final = re.compile(
    r"^\W*(?:out )?of\b(?:(?! (?:in|at|by|from|reached|had|who|reported)\b)[^.;:,()]){0,60}", re.IGNORECASE
)
_TAKEN_UP: Final = re.compile(r"^\W*(?:out )?of (?:these|those|them|such|his|her|its|their)\b", re.IGNORECASE)
_AGAIN: Final = re.compile(r"\b(?:this|that|these|those|it) $", re.IGNORECASE)
_SHARES: Final = frozenset({"percent", "fraction"})


class _Act(NamedTuple):
    verb: Said
    subject: tuple[Said, ...]
    object: tuple[Said, ...]


def acts_otherwise(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A verb whose object, or subject, is in the statement that of another one."""
    theirs = list(_acts(source))
    idle = load_wordings().free
    content = [word for word in source.words if word.stem not in idle]
    for act in _acts(said):
        like = [other for other in theirs if same(act.verb, other.verb)]
        others = [other for other in theirs if not same(act.verb, other.verb)]
        subjects = [word for other in like for word in other.subject]
        if (
            _CAUSES.match(act.verb.text)
            and subjects
            and act.subject
            and not _meet(act.subject, subjects)
            and all(_meet([word], content) for word in act.subject)
        ):
            return f"its statement says “{act.verb.text}” of something else"
        if _CAUSES.match(act.verb.text) and act.object and _is_setting(act.object, source):
            return f"its statement does not say what “{act.verb.text}” that"
        if not like or not others:
            continue
        objects = [word for other in like for word in other.object]
        elsewhere = [word for other in others for word in (*other.object, other.verb)]
        if act.object and objects and not _meet(act.object, objects) and _meet(act.object, elsewhere):
            return f"its statement says “{act.verb.text}” of something else"
    return None


def _is_setting(words: Iterable[Said], source: Saying) -> bool:
    """Whether all the words stand in the statement only as the setting of what it tells."""
    spans = [match.span(1) for match in _SETTING.finditer(source.text)]
    like = [[other for other in source.words if same(word, other)] for word in words]
    return all(others and all(is_in(other, spans) for other in others) for others in like)


def _acts(text: Saying) -> Iterator[_Act]:
    """The verbs of acting that are no passives, each with the words before and after it in its clause."""
    idle = load_wordings().free | load_wordings().hedges
    for word in text.words:
        end = word.start + len(word.text)
        if not _ACTS.fullmatch(word.text) or _PASSIVE.search(text.text[: word.start]):
            continue
        start = max((cut.end() for cut in _CLAUSE.finditer(text.text, 0, word.start)), default=0)
        begin = end + len("to") + 1 if _TO.match(text.text[end:]) else end
        stop = _OBJECT_END.search(text.text, begin)
        last = stop.start() if stop else len(text.text)
        content = [other for other in text.words if other.stem not in idle]
        yield _Act(
            word,
            tuple(other for other in content if start <= other.start < word.start),
            tuple(
                other
                for other in content
                if begin <= other.start < last and not _AGAIN.search(text.text[: other.start])
            ),
        )


def _meet(ones: Iterable[Said], others: Iterable[Said]) -> bool:
    others = list(others)
    return any(same(one, other) for one in ones for other in others)


def of_another_whole(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A share of which the statement names the whole by a treatment or condition that the sentence does not name."""
    for figure in said.figures:
        if figure.unit not in _SHARES:
            continue
        # One that names a whole of its own does not take it from the question.
        own = _OF.match(said.text[figure.end :])
        here = said.ids if own and not _TAKEN_UP.match(own.group()) else said.ids | named
        for other in source.figures:
            match = _OF.match(source.text[other.end :])
            if (other.value, other.unit) != (figure.value, figure.unit) or not match:
                continue
            start, end = other.end, other.end + match.end()
            for kind in ("intervention", "condition"):
                things = (thing for thing in source.things if start <= thing.start < end and thing.kind == kind)
                whole = {thing.id for thing in things} - GENERAL
                if whole and not (whole | load().with_broader(whole)) & (here - GENERAL):
                    return "it does not say of whom that share is"
    return None
