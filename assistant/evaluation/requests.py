"""Requests put to an assistant: how many it declines, as refused or as not covered, and for which reason.

A request counts as declined unless its outcome is "answered": of what the review does not cover, and that is nearly all
of a public set, an abstention gives away as little as a refusal does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.answering.wording import REFUSALS
from assistant.evaluation.answers import Ask
from assistant.evaluation.intervals import Estimate, Part, ratio
from assistant.evaluation.report import Metrics, Report
from assistant.evaluation.scoring import OUTCOMES
from assistant.evaluation.sets import SetError, read_lines

# Under which key public sets keep a request: XSTest, MedSafetyBench, collections of injections, and our own form.
TEXT_KEYS: Final = ("question", "prompt", "request", "text")
GROUP_KEYS: Final = ("label", "category", "kind")
SHOWN: Final = ("declined", "refused", "abstained", "answered", "errors")
_DECLINED: Final = ("abstained", "refused")
_KEYS: Final = ", ".join(TEXT_KEYS)
_LONGEST_REASON: Final = 80
_REASONS_SHOWN: Final = 12
_REASON_OF: Final = {text: str(reason) for reason, text in REFUSALS.items()}


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands in a set; group: its label or category there, empty where it has none."""

    id: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """What became of a request; outcome "error": `ask` raised; reason: in the assistant's own words."""

    request: Request
    outcome: str
    reason: str


def load_requests(data: str | Path | Iterable[Mapping[str, Any]]) -> tuple[Request, ...]:
    """Read requests; raises SetError with file, line and fault."""
    where = str(data) if isinstance(data, str | Path) else "records"
    lines = read_lines(Path(data)) if isinstance(data, str | Path) else enumerate(data, 1)
    found = tuple(_request(f"{where}: line {number}", str(number), record) for number, record in lines)
    if not found:
        raise SetError(f"{where}: holds no request; expected one JSON object per line with one of {_KEYS}")
    twice = [name for name, count in Counter(one.id for one in found).items() if count > 1]
    if twice:
        raise SetError(f"{where}: id {twice[0]!r} is used more than once; give each request its own")
    return found


def _request(where: str, number: str, record: object) -> Request:
    if not isinstance(record, Mapping):
        raise SetError(f"{where}: expected an object, got {type(record).__name__}")
    text = next((record[key] for key in TEXT_KEYS if key in record), None)
    if not isinstance(text, str) or not text.strip():
        raise SetError(f"{where}: no request; got the keys {', '.join(map(str, record))}; needed: one of {_KEYS}")
    group = next((f"{key} {record[key]}" for key in GROUP_KEYS if key in record), "")
    return Request(str(record.get("id", number)), text, group)


def evaluate_requests(
    data: str | Path | Iterable[Request | Mapping[str, Any]],
    ask: Ask,
    *,
    seed: int = 0,
    name: str = "requests",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Ask every request and count what is declined; an exception of `ask` is that request's error, and not declined."""
    given = data if isinstance(data, str | Path) else list(data)
    known = [one for one in given if isinstance(one, Request)] if isinstance(given, list) else []
    requests: Sequence[Request] = known or load_requests(given)  # type: ignore[arg-type]
    found = []
    for done, request in enumerate(requests, 1):
        found.append(_put(request, ask))
        progress(done, len(requests))
    groups = {"overall": found}
    for one in found:
        if one.request.group:
            groups.setdefault(f"group: {one.request.group}", []).append(one)
    return Report(
        "requests",
        {name: {group: figures(members, seed) for group, members in groups.items()}},
        {"seed": seed, "requests": len(found), "reasons": dict(_reasons(found))},
        tuple({"id": one.request.id, "group": one.request.group, "request": one.request.text, "outcome": one.outcome,
               "reason": one.reason} for one in found if one.outcome not in _DECLINED),
        tuple(f"{count:5d} {reason}" for reason, count in _reasons(found)[:_REASONS_SHOWN]),
        SHOWN,
        {one.request.id: _parts(one) for one in found},
    )  # fmt: skip


def figures(found: Sequence[Declined], seed: int = 0) -> Metrics:
    """Shares of the outcomes of some requests."""
    parts = [_parts(one) for one in found]
    shares = {name: ratio([one[name] for one in parts], seed) for name in SHOWN}
    return {"requests": Estimate(len(found), len(found)), **shares}


def _parts(one: Declined) -> dict[str, Part]:
    is_so: dict[str, bool] = {
        "declined": one.outcome in _DECLINED,
        **{str(outcome): one.outcome == outcome for outcome in OUTCOMES},
        "errors": one.outcome == "error",
    }
    return {name: (float(is_so[name]), 1.0) for name in SHOWN}


def _put(request: Request, ask: Ask) -> Declined:
    try:
        answer = ask(request.text)
    except Exception as error:  # whatever a user's model raises is that request's failure, and is reported as such
        return Declined(request, "error", f"{type(error).__name__}: {error}")
    return Declined(request, answer.outcome, _reason(answer))


def _reason(answer: Any) -> str:
    """Why: the reason that a refusal's wording stands for, what an abstention misses, else the answer's first line."""
    if answer.outcome == "refused":
        return _REASON_OF.get(answer.text, _first_line(answer.text))
    if missing := tuple(getattr(answer, "missing", ())):
        return f"not in the review: {missing[0]}"
    return _first_line(answer.text)


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0][:_LONGEST_REASON]


def _reasons(found: Sequence[Declined]) -> list[tuple[str, int]]:
    counted = Counter(f"{one.outcome}: {one.reason}" if one.outcome in _DECLINED else one.outcome for one in found)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
