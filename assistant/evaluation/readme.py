"""The figures of the READMEs, written from the committed baselines between markers, so that none is typed by hand.

A place for figures begins with a line `<!-- figures: name -->` and ends with `<!-- end of figures -->`; what stands
between is written anew. Everything around is prose and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from assistant.evaluation import figure_texts
from assistant.evaluation.baseline import FOLDER, path_of, read
from assistant.evaluation.sets import SetError
from assistant.settings import PROJECT_DIR

READMES: Final = (
    PROJECT_DIR / "README.md",
    PROJECT_DIR / "assistant" / "grounding" / "README.md",
    FOLDER.parent / "sets" / "README.md",
    FOLDER.parent / "sets" / "GUARDRAIL.md",
)
_PLACE: Final = re.compile(r"(<!-- figures: ([a-z ]+) -->\n)(.*?)(<!-- end of figures -->)", re.DOTALL)

# Name of a place -> the baseline that it is written from, and what writes it.
PLACES: Final[Mapping[str, tuple[str, Callable[[Mapping[str, Any]], str]]]] = {
    "answers": ("answers", figure_texts.answers),
    "answers checked": ("answers", figure_texts.answers_checked),
    "retrieval": ("retrieval", figure_texts.retrieval),
    "chunks": ("retrieval", figure_texts.chunks),
    "guardrail": ("guardrail", figure_texts.guardrail),
    "mutation": ("mutation", figure_texts.mutation),
    "drafts": ("drafts", figure_texts.drafts),
    "agreement": ("agreement", figure_texts.agreement),
    "determinism": ("determinism", figure_texts.determinism),
    "speed": ("speed", figure_texts.speed),
    "grounding": ("grounding", figure_texts.grounding),
}


def rewritten(text: str, where: str, baselines: Callable[[str], Mapping[str, Any]] | None = None) -> str:
    """A README's text with its figures written anew; raises SetError for a place without a name or a baseline."""
    kept = baselines or (lambda what: read(path_of(what)))
    found = _PLACE.findall(text)
    if text.count("<!-- figures") != len(found):
        raise SetError(f"{where}: a place for figures has no end; close it with <!-- end of figures -->")

    def written(match: re.Match[str]) -> str:
        name = match[2]
        if name not in PLACES:
            raise SetError(f"{where}: figures: {name!r}; allowed: {', '.join(PLACES)}")
        what, write = PLACES[name]
        try:
            return f"{match[1]}{write(kept(what)).strip()}\n{match[4]}"
        except KeyError as error:
            again = f"write it anew with `evaluate baseline --only {what}`"
            raise SetError(f"{where}: figures: {name}: the baseline {what!r} has no {error}; {again}") from None

    return _PLACE.sub(written, text)


def rewrite_all(paths: tuple[Path, ...] = READMES) -> list[Path]:
    """Write the figures of all READMEs anew; returns those that changed."""
    changed = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        new = rewritten(text, str(path))
        if new != text:
            path.write_text(new, encoding="utf-8")
            changed.append(path)
    return changed
