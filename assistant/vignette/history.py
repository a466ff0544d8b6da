"""What has been tried with what result: each cue is tied to the treatments that it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.reading import Mention
from assistant.vignette.clauses import Clause
from assistant.vignette.cues import Cue, Result, Side, cues_of, echoes_of
from assistant.vignette.mentions import DAILY, Found
from assistant.vignette.mood import is_ahead, is_behind

# Of several results for one treatment the first of these counts: one of two blocks that failed has failed.
_PRECEDENCE: Final[tuple[Result, ...]] = ("failed", "brief", "contraindicated", "not_tried", "tried")
_DRUGS: Final = "pharmacotherapy"
_NAMED_DRUG: Final = "named_drug"
# What stands between the members of one list: numbers, doses and small words, and no verb.
_LISTED: Final = re.compile(
    r"(?:[\s,&+/.:()'-]|\b(?:and|or|then|plus|incl(?:uding)?|x|\d+|mg|mcg|g|bd|tds|qds|od|nocte|the|a|an|two|three|"
    r"four|both|also|"
    r"oral|topical|dose|high|low|of|with|her|his|some|bit|various|several|now|even|course|session|sessions|all|max|"
    r"pain|patch|"
    r"cream|plaster|good|trial)\b)*",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"(?<![\w-])(?:no|nil|without|w/o|w/out|zero|nor)"
    r"(?: (?:trials? of|prior|previous|pain|other|formal|regular|current|any|an?)){0,3}\s*$",
    re.IGNORECASE,
)
_TIGHT: Final = re.compile(r"[\s:>→-]*(?:(?:to|the|an?|her|his|any|both|all|two|three|\d+|x)\s+){0,3}", re.IGNORECASE)
_JOINS: Final = re.compile(r"\b(?:and|or|then|plus|also)\b|[&+]", re.IGNORECASE)
_INCLUDING: Final = re.compile(r"\W*incl\w*\W*|:\s*", re.IGNORECASE)
# "Neither blocks nor ketamine": what is told after it, or before it, is denied of both.
_NEITHER: Final = re.compile(r"\bneither\b[^.;?!]*?\bnor\b", re.IGNORECASE)
_WORKED: Final = re.compile(
    r"\W*(?:\w+\W+){0,4}?(?:help\w*|work\w*|touch\w*|eas\w+|reliev\w+|relief|made|gave|"
    r"given (?:any )?(?:relief|benefit)|last\w*|benefit\w*|effect\w*|any good|(?:of )?any use|"
    r"did (?:any|much|a thing|the trick)|held)\b",
    re.IGNORECASE,
)
_LONGER: Final = re.compile(r"\b(?:more|longer) than|\bbeyond\b|\bfor long\b", re.IGNORECASE)
_ALL: Final = re.compile(r"\b(?:all|both|each|none|neither|they|these|those)\b", re.IGNORECASE)
# How often one treatment was had tells nothing of those named before it.
_TIMES: Final = re.compile(r"x ?\d+|twice.*|once", re.IGNORECASE)
# Characters between a result and its treatment; words that only say "had" or "on" stand closer.
_REACH: Final = 70
_NEAR: Final = 14


@dataclass(slots=True)
class _Group:
    """Treatments named side by side, and what is told of them."""

    members: list[Mention]
    results: set[Result] = field(default_factory=set)

    @property
    def start(self) -> int:
        return self.members[0].start

    @property
    def end(self) -> int:
        return self.members[-1].end

    @property
    def is_daily(self) -> bool:
        """Whether all of it is daily care, and no procedure."""
        return all(member.id in DAILY for member in self.members)

    @property
    def is_open(self) -> bool:
        """Whether nothing stronger is told than that it was tried."""
        return self.results <= {"tried"}


def histories(clauses: Sequence[Clause], found: Found) -> dict[str, Result]:
    """The result of each treatment that the clauses give one for."""
    told = _Telling(found).read(clauses)
    for group in told:
        # A drug that is only named is one that was given; a procedure may be only talked about.
        if not group.results and group.is_daily:
            group.results.add("tried")
    results: dict[str, Result] = {}
    for result in _PRECEDENCE:
        for group in told:
            for member in group.members:
                if result in {_for(member, own) for own in group.results}:
                    results.setdefault(member.id, result)
    # A plaster tried where there have been "no tablets yet" is a beginning, and no failure of drug treatment.
    if results.get(_DRUGS) == "not_tried" and results.get(_NAMED_DRUG) == "failed":
        results[_NAMED_DRUG] = "tried"
    return results


def told_of(clauses: Sequence[Clause], found: Found) -> frozenset[Mention]:
    """The mentions of treatments that are part of the history."""
    return frozenset(
        member for group in _Telling(found).read(clauses) if group.results or group.is_daily for member in group.members
    )


def _for(member: Mention, result: Result) -> Result:
    """Relief that did not last is a result of a procedure; of a daily drug it is failure."""
    return "failed" if result == "brief" and member.id in DAILY else result


class _Telling:
    """Reads clause after clause, and ties each cue to the groups that it tells of.

    waiting: groups of this sentence without a result of their own, which a later one may be for ("pregabalin, physio:
    no joy"); last: those of the sentence before ("Had two stellates. Each gave a week."); carried: the result at the
    head of a list ("failed: pregabalin, physio"); told: the last result that a later one may point at ("so did the
    block").
    """

    def __init__(self, found: Found) -> None:
        self.found = found
        self.groups: list[_Group] = []
        self.waiting: list[_Group] = []
        self.last: list[_Group] = []
        self.carried: Result | None = None
        self.has_begun = False
        self.told: Result | None = None

    def read(self, clauses: Sequence[Clause]) -> list[_Group]:
        sentence, seen = -1, list[_Group]()
        for clause in clauses:
            if clause.sentence != sentence:
                self.waiting, self.carried, self.last, seen = [], None, seen or self.last, []
                sentence, self.has_begun = clause.sentence, False
            if not (clause.asks or clause.supposes):
                seen = [*seen, *self._clause(clause)]
                self.has_begun = bool(seen)
        return self.groups

    def _clause(self, clause: Clause) -> list[_Group]:
        cues = self._cues(clause)
        named = _groups(clause, self.found)
        denied = _denied(clause, named)
        groups = [group for group in named if group in denied or _is_told(group, clause, cues, self.found)]
        if not clause.may_go_on:
            self.carried = None
        if self.carried and groups and not any(cue.start < groups[0].start for cue in cues):
            groups[0].results.add(self.carried)
        for group in groups:
            if _NO.search(clause.text[: group.start - clause.start]):
                group.results.add("not_tried")
        for cue in cues:
            self._tie(cue, groups, clause)
        self.groups += groups
        self.waiting += [group for group in groups if group.is_open]
        return groups

    def _cues(self, clause: Clause) -> tuple[Cue, ...]:
        """The clause's own cues, and those that point at a result told before."""
        cues = cues_of(clause, self.found)
        told = [cue.result for cue in cues if cue.result != "tried"]
        pointed = self.told or (told[0] if told else None)
        self.told = told[-1] if told else self.told
        if not pointed:
            return cues
        echoes = echoes_of(clause, pointed, cues)
        # "Neither did the block help": what it overlaps or goes before is the same result again.
        own = [cue for cue in cues if not any(echo.start < cue.end and cue.start < echo.end for echo in echoes)]
        return tuple(sorted((*own, *echoes), key=lambda cue: cue.start))

    def _tie(self, cue: Cue, groups: Sequence[_Group], clause: Clause) -> None:
        reach = _NEAR if cue.result == "tried" else _REACH
        left = next((g for g in reversed(groups) if g.end <= cue.start and cue.start - g.end <= reach), None)
        right = next((g for g in groups if cue.end <= g.start <= cue.end + reach), None)
        side = _side(left, right, cue, clause)
        if side == "after" and right:
            right.results.add(cue.result)
            self.carried = cue.result if right is groups[-1] else None
        elif side == "after" and cue.end >= clause.end - 2 and not left:
            self.carried = cue.result
        elif side == "before" and left:
            left.results.add(cue.result)
            self.carried = None
            if right and _INCLUDING.fullmatch(clause.text[cue.end - clause.start : right.start - clause.start]):
                right.results.add(cue.result)
                self.carried = cue.result
            is_count = _TIMES.fullmatch(clause.text[cue.start - clause.start : cue.end - clause.start])
            if left is groups[0] and not is_count and _LISTED.fullmatch(clause.text[: left.start - clause.start]):
                self._join(cue, left)
        elif cue.result != "tried" and not groups:
            self._join(cue, None, is_of_all=bool(_ALL.search(clause.text[: cue.start - clause.start])))

    def _join(self, cue: Cue, group: _Group | None, *, is_of_all: bool = False) -> None:
        """Give a result to the groups that wait for one; without any, and without a group, to the sentence before.

        is_of_all: whether it is of all that the sentence before names, and not of the last.
        """
        before = self.last if is_of_all else self.last[-1:]
        for other in self.waiting or ([] if group or self.has_begun else before):
            is_like = group is None or not other.results or other.is_daily == group.is_daily
            if other.is_open and is_like and not (group and cue.result == "brief" and other.is_daily > group.is_daily):
                other.results.add(cue.result)
        self.waiting = [other for other in self.waiting if other.is_open]


def _groups(clause: Clause, found: Found) -> list[_Group]:
    """The treatments of a clause, those in one list together."""
    groups: list[_Group] = []
    for mention in found.treatments:
        if not clause.start <= mention.start < clause.end:
            continue
        between = clause.text[groups[-1].end - clause.start : mention.start - clause.start] if groups else ""
        if groups and _LISTED.fullmatch(between):
            groups[-1].members.append(mention)
        else:
            groups.append(_Group([mention]))
    return groups


def _denied(clause: Clause, groups: Sequence[_Group]) -> list[_Group]:
    """The groups that "neither ... nor" denies, with what it denies of them: that they helped, or were had at all."""
    match = _NEITHER.search(clause.text)
    if not match:
        return []
    start, end = clause.start + match.start(), clause.start + match.end()
    last = next((group for group in groups if group.start >= end), None)
    denied = [group for group in groups if start < group.start < end or group is last]
    if len(denied) > 1 and last:
        after = clause.text[last.end - clause.start :]
        result: Result = "not_tried"
        if _WORKED.match(after):
            result = "brief" if _LONGER.search(after) else "failed"
        for group in denied:
            group.results.add(result)
    return denied if len(denied) > 1 else []


def _is_told(group: _Group, clause: Clause, cues: Sequence[Cue], found: Found) -> bool:
    """Whether a group is part of the history, and not wished for, planned or asked about."""
    others = [m for m in found.treatments if clause.start <= m.start < clause.end]
    start = max((m.end for m in others if m.end <= group.start), default=clause.start)
    end = min((m.start for m in others if m.start >= group.end), default=clause.end)
    spans = [(cue.start, cue.end) for cue in cues if cue.result != "tried"]
    told_after = min((cue.start for cue in cues if cue.start >= group.end and _tells(cue, group.end)), default=end)
    if is_ahead(clause, start, group.start, spans):
        return False
    return not is_behind(clause, group.end, min(end, told_after), spans)


def _tells(cue: Cue, end: int) -> bool:
    """Whether a cue says more of the treatment that ends at `end` than that it was had, or says so right after it."""
    return cue.result != "tried" or (cue.side == "before" and cue.start - end <= _NEAR)


def _side(left: _Group | None, right: _Group | None, cue: Cue, clause: Clause) -> Side:
    """The side of a cue that may stand on either: what it touches, and else what comes before it."""
    if cue.side == "before" or (cue.side == "after" and (right or not left)):
        return cue.side
    if left is None or right is None:
        return "after" if right else "before"
    touches = _TIGHT.fullmatch(clause.text[cue.end - clause.start : right.start - clause.start])
    is_parted = left.results - {"tried"} or _JOINS.search(
        clause.text[left.end - clause.start : cue.start - clause.start]
    )
    return "after" if touches and is_parted else "before"
