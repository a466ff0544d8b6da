"""`python -m assistant` and `stellate`: ask, check and plan, one at a time or in batch, and evaluate."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from assistant.errors import AssistantError, PatientError, QuestionError
from assistant.evaluation.command import evaluate
from assistant.patient import Patient
from assistant.plan_command import plan_command

OK: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
GRAVITY: Final = ("pass", "caution", "block")
_CHECK_KEYS: Final = frozenset({"id", "text", "patient", "question"})
_BATCH_KEYS: Final = frozenset({"id", "question", "history", "patient"})

command = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help="Cited answers from one review."
)


command.add_typer(evaluate, name="evaluate")


@command.callback()
def _root() -> None:
    """Cited answers from one review of interventions for neuropathic pain; for clinicians who check the citations."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)


@command.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole answer as JSON.")] = False,
    patient: Annotated[Path | None, typer.Option(help="A JSON file with the patient's fields.")] = None,
    batch: Annotated[Path | None, typer.Option(help="A JSON-lines file of questions.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers to a batch go.")] = None,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print what a language model would be sent, and ask none.")
    ] = False,
) -> None:
    """Answer one question, or every line of a batch."""
    if show_prompt:
        if question is None:
            _fail("--show-prompt needs a question")
        raise typer.Exit(_show_prompt(question or "", patient))
    if (question is None) == (batch is None):
        _fail("give either a question or --batch IN.jsonl --out OUT.jsonl")
    if (batch is None) != (out is None):
        _fail("--batch and --out go together")
    if batch is not None and out is not None:
        raise typer.Exit(_ask_batch(batch, out))
    raise typer.Exit(_ask_one(question or "", patient, as_json))


@command.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A text file; - or nothing for standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole report as JSON.")] = False,
    fail_on: Annotated[str | None, typer.Option(help="caution or block: exit with 1 from this verdict on.")] = None,
    batch: Annotated[Path | None, typer.Option(help="A JSON-lines file of texts.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the reports on a batch go.")] = None,
) -> None:
    """Check a text against the review, or every line of a batch."""
    if fail_on not in (None, *GRAVITY[1:]):
        _fail(f"--fail-on: got {fail_on!r}; allowed: caution, block")
    if (batch is None) != (out is None):
        _fail("--batch and --out go together")
    if batch is not None and out is not None:
        raise typer.Exit(run_batch(batch, out, _check_record, _CHECK_KEYS))
    raise typer.Exit(_check_one(file, fail_on, as_json))


command.command("plan")(plan_command)


def _check_one(file: Path | None, fail_on: str | None, as_json: bool) -> int:
    from assistant.guardrail import check as check_text

    text = sys.stdin.read() if file is None or str(file) == "-" else _text(file)
    report = check_text(text)
    typer.echo(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) if as_json else _readable_report(report))
    failed = fail_on is not None and GRAVITY.index(report.verdict) >= GRAVITY.index(fail_on)
    return FAILED if failed else OK


def _readable_report(report: Any) -> str:
    """The verdict and each finding with what to say instead."""
    lines = [f"verdict: {report.verdict}"]
    for found in report.findings:
        lines.append(f"{found.severity} {found.rule} ({found.category}) at {found.start}-{found.end}: {found.message}")
        if found.correction:
            lines.append(f"  instead: {found.correction}")
    return "\n".join(lines)


def _check_record(record: Mapping[str, Any]) -> dict[str, Any]:
    from assistant.guardrail import check as check_text

    text, question = record.get("text"), record.get("question")
    if not isinstance(text, str):
        raise QuestionError(f"'text' must be text, got {text!r:.60}")
    if question is not None and not isinstance(question, str):
        raise QuestionError(f"'question' must be text, got {question!r:.60}")
    report = check_text(text, record.get("patient"), question).to_dict()
    for found in report["findings"]:
        found.pop("source")
    return report


def _ask_one(question: str, patient: Path | None, as_json: bool) -> int:
    from assistant.api import Assistant
    from assistant.question import checked

    checked(question)
    who = _read_patient(patient) if patient else None
    answer = Assistant().ask(question, patient=who)
    typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=1) if as_json else _readable(answer))
    return OK


def _show_prompt(question: str, patient: Path | None) -> int:
    """Print the messages that leave the machine when a model is set; none is asked."""
    from assistant.api import Assistant
    from assistant.settings import Settings

    asked = Assistant(Settings(model=None)).prompt(question, patient=_read_patient(patient) if patient else None)
    typer.echo("\n\n".join(f"--- {role} ---\n{text}" for role, text in asked) or "no model is asked for this question")
    return OK


def _readable(answer: Any) -> str:
    """The answer with what stands behind its marks, as plain text."""
    from assistant.corpus import load

    references = load().references
    lines = [answer.text]
    if answer.draft_report:
        lines += ["", answer.draft_report.note]
    if answer.citations:
        lines.append("")
        lines += [f"{c.mark} {c.section}, paragraph {c.paragraph} ({c.statement_id})" for c in answer.citations]
        lines += [f"{number}. {references[number].formatted}" for number in answer.references]
    return "\n".join(lines)


def _read_patient(path: Path) -> Patient:
    try:
        return Patient.from_value(json.loads(_text(path)))
    except json.JSONDecodeError as error:
        raise PatientError(f'{path}: not JSON ({error}); expected an object such as {{"condition": "CRPS"}}') from None


def _ask_batch(source: Path, target: Path) -> int:
    from assistant.api import Assistant

    assistant: list[Assistant] = []

    def answer(record: Mapping[str, Any]) -> dict[str, Any]:
        question, history, patient = record.get("question"), record.get("history") or (), record.get("patient")
        if not isinstance(question, str):
            raise QuestionError(f"'question' must be text, got {question!r:.60}")
        if not assistant:
            assistant.append(Assistant())
        found = assistant[0].ask(question, history, patient).to_dict()
        return {name: found[name] for name in found if name not in ("report", "understood")}

    return run_batch(source, target, answer, _BATCH_KEYS)


def run_batch(
    source: Path, target: Path, work: Callable[[Mapping[str, Any]], dict[str, Any]], allowed: frozenset[str]
) -> int:
    """The exit status after each line of `source` went into `target`; a bad line is named and costs no other."""
    text = _text(source)
    bad = 0
    try:
        with target.open("w", encoding="utf-8") as file:
            for number, line in _lines(text):
                try:
                    record = _record(line, allowed)
                    file.write(json.dumps({"id": record["id"], **work(record)}, ensure_ascii=False) + "\n")
                    file.flush()
                except (PatientError, QuestionError) as error:
                    bad += 1
                    typer.echo(f"{source}: line {number}: {error}", err=True)
    except OSError as error:
        raise QuestionError(f"{target}: can't be written ({error}); name another file in --out") from None
    return BAD_INPUT if bad else OK


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # Not splitlines(): a JSON string may hold U+2028 and other line separators as they are.
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _record(line: str, allowed: frozenset[str]) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionError(f"not JSON ({error})") from None
    except RecursionError:
        raise QuestionError("JSON nested too deeply") from None
    if not isinstance(record, dict):
        raise QuestionError(f"expected an object with {', '.join(sorted(allowed))}, got {type(record).__name__}")
    unknown = sorted(set(record) - allowed)
    if unknown:
        raise QuestionError(f"unknown key {unknown[0]!r}; allowed: {', '.join(sorted(allowed))}")
    if "id" not in record:
        raise QuestionError("has no 'id'; give each line one")
    return record


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise QuestionError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path}: can't be read ({error}); expected a text file in UTF-8") from None


def _fail(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(BAD_INPUT)


def main() -> None:
    """Run the command line; bad input ends with status 2 and a sentence, a fault of settings or index with 1."""
    try:
        command()
    except (QuestionError, PatientError) as error:
        typer.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except AssistantError as error:
        typer.echo(str(error), err=True)
        sys.exit(FAILED)
