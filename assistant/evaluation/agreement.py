"""How far two readers of a set agree: the share of equal labels, and Cohen's kappa, which takes chance away.

The second reader saw text, patient and question of a random sample of split tune, never its labels. Source of kappa:
Cohen, Educational and Psychological Measurement 1960;20:37-46.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from assistant.evaluation.guardrail_sets import ANSWERS, FOLDER, records
from assistant.evaluation.intervals import DECIMALS, LEVEL, RESAMPLES, Estimate, Part, ratio
from assistant.evaluation.report import Report
from assistant.evaluation.sets import SetError, read_lines

SECOND: Final = FOLDER / "guardrail_second_reader.jsonl"
# What a reader may say of an answer, from the label alone and with the severity.
LABELS: Final = ("ok", "violation")
VERDICTS: Final = ("pass", "caution", "block")


def evaluate_agreement(
    second: Path | Iterable[Mapping[str, Any]] = SECOND,
    first: Path | Iterable[Mapping[str, Any]] = ANSWERS,
    *,
    seed: int = 0,
    limit: int | None = None,
) -> Report:
    """Agreement of a second reader with a set's labels, on the answers that both have labelled.

    second: {"id", "label", "severity"} per line. Raises SetError for a line that is none or an id that the set lacks.
    """
    known = {record["id"]: record for record in records(first, "answers")}
    pairs = [(known_label(known, where, line), line) for where, line in _lines(second)][:limit]
    if not pairs:
        raise SetError("agreement: the second reader has labelled nothing; give one line per answer")
    labels = [(one["label"], other["label"]) for one, other in pairs]
    verdicts = [(_verdict(one), _verdict(other)) for one, other in pairs]
    figures = {
        "answers": Estimate(len(pairs), len(pairs)),
        "labels agree": ratio([(float(a == b), 1.0) for a, b in labels], seed),
        "kappa of labels": kappa(labels, seed),
        "verdicts agree": ratio([(float(a == b), 1.0) for a, b in verdicts], seed),
        "kappa of verdicts": kappa(verdicts, seed),
    }
    return Report(
        "agreement",
        {"tune": {"overall": figures}},
        {"seed": seed, "answers": len(pairs)},
        tuple({"id": one["id"], "first": a, "second": b} for (one, _), (a, b) in zip(pairs, verdicts, strict=True)
              if a != b),
        by_item={one["id"]: _parts(a, b) for (one, _), (a, b) in zip(pairs, verdicts, strict=True)},
    )  # fmt: skip


def known_label(known: Mapping[str, Mapping[str, Any]], where: str, line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The set's own record of a line; raises SetError where it has none, or where it is of the untouched split."""
    record = known.get(str(line.get("id")))
    if record is None or record["split"] != "tune":
        raise SetError(f"{where}: id: got {line.get('id')!r}; allowed: ids of split tune in the guardrail's set")
    return record


def kappa(pairs: Sequence[tuple[str, str]], seed: int = 0) -> Estimate:
    """Cohen's kappa, -1 to 1, with its 95 % bootstrap interval; None where both always say one and the same."""
    names = sorted({name for pair in pairs for name in pair})
    codes = np.array([[names.index(a), names.index(b)] for a, b in pairs], dtype=np.intp).reshape(-1, 2)
    value = _kappa(codes, len(names))
    if value is None:
        return Estimate(None)
    random = np.random.default_rng(seed)
    drawn = (_kappa(codes[random.integers(len(codes), size=len(codes))], len(names)) for _ in range(RESAMPLES))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile([one for one in drawn if one is not None], [tail, 1 - tail])
    interval = (round(float(low), DECIMALS), round(float(high), DECIMALS)) if low < high else None
    return Estimate(round(value, DECIMALS), len(codes), interval)


def _kappa(codes: Any, count: int) -> float | None:
    if not len(codes):
        return None
    table = np.zeros((count, count))
    np.add.at(table, (codes[:, 0], codes[:, 1]), 1 / len(codes))
    by_chance = float(table.sum(axis=0) @ table.sum(axis=1))
    return None if by_chance > 1 - 1e-12 else (float(np.trace(table)) - by_chance) / (1 - by_chance)


def _lines(source: Path | Iterable[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    where = str(source) if isinstance(source, Path) else "records"
    found: list[tuple[str, Mapping[str, Any]]] = []
    ids: set[object] = set()
    for number, line in read_lines(source) if isinstance(source, Path) else enumerate(source, 1):
        place = f"{where}: line {number}"
        if not isinstance(line, Mapping) or line.get("label") not in LABELS:
            raise SetError(f"{place}: got {line!r:.80}; allowed: id, label (ok or violation), severity")
        if line["label"] == "violation" and line.get("severity") not in VERDICTS[1:]:
            raise SetError(f"{place}: severity: got {line.get('severity')!r}; allowed for a violation: caution, block")
        if line.get("id") in ids:
            raise SetError(f"{place}: id {line.get('id')!r} is used more than once; label each answer once")
        ids.add(line.get("id"))
        found.append((place, line))
    return found


def _verdict(record: Mapping[str, Any]) -> str:
    return str(record.get("severity") or "pass")


def _parts(a: str, b: str) -> dict[str, Part]:
    return {"labels agree": (float((a == "pass") == (b == "pass")), 1.0), "verdicts agree": (float(a == b), 1.0)}
