"""`plan --patient FILE`: where a patient stands on the pathway, as plain text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.corpus import load
from assistant.errors import PatientError
from assistant.pathway import Plan, plan
from assistant.patient import Patient

_EXAMPLE = '{"condition": "CRPS", "site": "hand", "failed": ["pharmacotherapy"]}'
# Statuses in the order in which a clinician wants them.
_GROUPS = (
    ("Consider now", ("consider",)),
    ("May go alongside", ("alongside",)),
    ("To be asked, or left to your judgement", ("need to know",)),
    ("Later", ("later",)),
    ("Not available", ("unavailable",)),
    ("Already tried", ("failed", "done")),
    ("Not covered by the review here", ("not covered",)),
)


def plan_command(
    patient: Annotated[Path, typer.Option(help="A JSON file with the patient's fields.")],
    as_json: Annotated[bool, typer.Option("--json", help="The whole plan as JSON.")] = False,
) -> None:
    """Where a patient stands on the review's pathway: what to consider, why, and what to ask."""
    found = plan(read_patient(patient))
    typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1) if as_json else readable(found))


def read_patient(path: Path) -> Patient:
    """The patient in a JSON file; raises PatientError for a file that can't be read or holds none."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise PatientError(f"{path}: no such file; expected a JSON object such as {_EXAMPLE}") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise PatientError(f"{path}: not JSON ({error}); expected an object such as {_EXAMPLE}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PatientError(f"{path}: can't be read ({error}); expected a text file in UTF-8") from None
    try:
        return Patient.from_value(content)
    except PatientError as error:
        raise PatientError(f"{path}: {error}") from None


def readable(found: Plan) -> str:
    """The plan in plain text: what to consider first, then what to ask, then the rest of the pathway."""
    lines = [_heading(found)]
    shown = [_group(found, title, statuses) for title, statuses in _GROUPS]
    lines += shown[0] + shown[1] + _listed("Ask", found.ask)
    for group in shown[2:]:
        lines += group
    lines += _statements("On the relief from the block", found.remarks)
    lines += _statements("Discuss before what is next", found.caveats)
    lines += _listed(
        "No step of the pathway", (f"{aside.label} ({aside.history}): {aside.reason}" for aside in found.aside)
    )
    lines += _listed("Not understood", found.unrecognised)
    return "\n".join(lines)


def _heading(found: Plan) -> str:
    concepts = load().concepts
    condition = concepts[found.condition].label if found.condition else "a condition that the review does not cover"
    site = f", {concepts[found.site].label}" if found.site else ""
    return f"Pathway for {condition}{site}, after the review by Chin (2021)"


def _group(found: Plan, title: str, statuses: tuple[str, ...]) -> list[str]:
    """The steps of a group; blocks that the site leaves out are not listed one by one."""
    is_offer = statuses[0] in ("consider", "alongside")
    steps = [step for step in found.steps if step.status in statuses and _is_shown(found, step.intervention)]
    return _listed(
        title,
        (
            f"{step.label}: {step.reason}{_mark(step.references)}"
            for step in steps
            if not is_offer or step.intervention in found.next
        ),
    )


def _is_shown(found: Plan, name: str) -> bool:
    step = found.step(name)
    is_one_block = name.endswith("_block") and name != "sympathetic_block"
    return not (is_one_block and (step.status == "not covered" or step.reason.startswith("depends on the site")))


def _listed(title: str, items: Iterable[str]) -> list[str]:
    found = [f"  - {item}" for item in items]
    return ["", title, *found] if found else []


def _statements(title: str, names: Iterable[str]) -> list[str]:
    by_id = load().by_id
    return _listed(title, (f"{by_id[name].text}{_mark(by_id[name].references)}" for name in names))


def _mark(references: Iterable[int]) -> str:
    numbers = ", ".join(str(number) for number in references)
    return f" [{numbers}]" if numbers else " [Chin 2021]"
