"""Figures of a guardrail on labelled answers and on minimal pairs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from assistant.evaluation.guardrail_sets import ANSWERS, PAIRS, records
from assistant.evaluation.intervals import Estimate, Part, ratio
from assistant.evaluation.report import Report

GRAVITY: Final = ("pass", "caution", "block")
SHOWN: Final = ("violations not passed", "severe blocked", "right passed", "right blocked", "pairs separated")

Check = Callable[..., Any]


def evaluate_guardrail(
    answers: Path | Iterable[Mapping[str, Any]] = ANSWERS,
    check: Check | None = None,
    pairs: Path | Iterable[Mapping[str, Any]] = PAIRS,
    *,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """A guardrail's figures by split: shares in 0..1, None where there is nothing to count.

    check: (text, patient, question) -> object with `.verdict`; by default the project's own. A violation counts as
    caught unless its verdict is "pass"; a severe one as blocked only at "block"; a pair as separated if the violation
    gets the graver verdict. seed: of the bootstrap intervals.
    """
    if check is None:
        from assistant.guardrail import check as own

        check = own
    labelled, twins = records(answers, "answers"), records(pairs, "pairs")
    splits = sorted({record["split"] for record in (*labelled, *twins)})
    results: dict[str, dict[str, dict[str, Estimate]]] = {}
    failures: list[dict[str, Any]] = []
    items: dict[str, dict[str, Part]] = {}
    for split in splits:
        mine = [record for record in labelled if record["split"] == split]
        verdicts = []
        for record in mine:
            verdicts.append(check(record["text"], record.get("patient"), record.get("question")).verdict)
            progress(len(items) + len(verdicts), len(labelled))
        results[split] = _groups(mine, verdicts, [r for r in twins if r["split"] == split], check, seed)
        failures += _failures(split, mine, verdicts)
        items |= _items(mine, verdicts)
    return Report("guardrail", results, failures=tuple(failures), shown=SHOWN, by_item=items)


def _items(records: list[Mapping[str, Any]], verdicts: list[str]) -> dict[str, dict[str, Part]]:
    """What each answer adds to the shares that it concerns."""
    found: dict[str, dict[str, Part]] = {}
    for record, verdict in zip(records, verdicts, strict=True):
        wrong, severe = record["label"] == "violation", record.get("severity") == "block"
        parts = {
            "violations not passed": (wrong, verdict != "pass"),
            "severe blocked": (severe, verdict == "block"),
            "right passed": (record["label"] == "ok", verdict == "pass"),
            "right blocked": (record["label"] == "ok", verdict == "block"),
        }
        found[record["id"]] = {name: (float(is_so), 1.0) for name, (concerns, is_so) in parts.items() if concerns}
    return found


def _groups(
    records: list[Mapping[str, Any]],
    verdicts: list[str],
    twins: list[Mapping[str, Any]],
    check: Check,
    seed: int,
) -> dict[str, dict[str, Estimate]]:
    overall = _shares(records, verdicts, seed)
    told_apart = [_is_separated(twin, check) for twin in twins]
    overall["pairs separated"] = _share(told_apart, seed)
    groups = {"overall": overall}
    judged = list(zip(records, verdicts, strict=True))
    parts: dict[str, list[tuple[Mapping[str, Any], str]]] = defaultdict(list)
    for record, verdict in judged:
        if record["label"] == "violation":
            parts[f"category: {record['category']}"].append((record, verdict))
            if record.get("severity"):
                parts[f"severity: {record['severity']}"].append((record, verdict))
        parts[f"writer: {writer(record)}"].append((record, verdict))
    for name, members in sorted(parts.items()):
        groups[name] = _shares([one for one, _ in members], [verdict for _, verdict in members], seed)
        if name.startswith("writer"):
            own = [
                outcome for twin, outcome in zip(twins, told_apart, strict=True) if name == f"writer: {writer(twin)}"
            ]
            groups[name]["pairs separated"] = _share(own, seed)
    return groups


def writer(record: Mapping[str, Any]) -> str:
    """Who wrote an item, as its id begins: letters, and the figures before a hyphen."""
    found = re.match(r"[A-Za-z]+(?:\d+(?=[-_]))?", record["id"])
    return found.group() if found else record["id"]


def _shares(records: list[Mapping[str, Any]], verdicts: list[str], seed: int) -> dict[str, Estimate]:
    pairs = list(zip(records, verdicts, strict=True))
    wrong = [v for r, v in pairs if r["label"] == "violation"]
    severe = [v for r, v in pairs if r.get("severity") == "block"]
    right = [v for r, v in pairs if r["label"] == "ok"]
    return {
        "violations not passed": _share([v != "pass" for v in wrong], seed),
        "severe blocked": _share([v == "block" for v in severe], seed),
        "right passed": _share([v == "pass" for v in right], seed),
        "right blocked": _share([v == "block" for v in right], seed),
    }


def _share(outcomes: list[bool], seed: int) -> Estimate:
    return ratio([(float(outcome), 1.0) for outcome in outcomes], seed)


def _is_separated(twin: Mapping[str, Any], check: Check) -> bool:
    verdicts = [check(twin[side], twin.get("patient"), None).verdict for side in ("ok", "violation")]
    return GRAVITY.index(verdicts[1]) > GRAVITY.index(verdicts[0])


def _failures(split: str, records: list[Mapping[str, Any]], verdicts: list[str]) -> list[dict[str, Any]]:
    """Ids of what went wrong; of the untouched split no text, so that nobody tunes on it by reading a report."""
    found = []
    for record, verdict in zip(records, verdicts, strict=True):
        wanted = record.get("severity") or "pass"
        if (verdict == "pass") != (wanted == "pass") or (wanted == "block" and verdict != "block"):
            text = {} if split == "hold" else {"text": record["text"]}
            found.append({"id": record["id"], "split": split, "wanted": wanted, "got": verdict, **text})
    return found
