"""Other wordings of the statements: what several people would say for the same, from `corpus/rewordings/`.

A drafted sentence that says what one of them says, says what the statement says. They are compared one by one, each by
itself, so that no sentence can be pieced together from two of them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from assistant.corpus import DEFAULT_DIR, load, read_yaml
from assistant.entries import Statement
from assistant.errors import CorpusError

FOLDER: Final = DEFAULT_DIR / "rewordings"


def rewordings(statement: Statement) -> tuple[str, ...]:
    """Its other wordings; none for a statement that another corpus words for itself."""
    known = load().by_id.get(statement.id)
    if known is None or known.text != statement.text:
        return ()
    return load_rewordings().get(statement.id, ())


@lru_cache(maxsize=2)
def load_rewordings(folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """Wordings by statement id, from every file of the folder; CorpusError names file, id and fault."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, texts in read_yaml(path).items():
            if name not in load().by_id:
                raise CorpusError(f"{path}: {name}: no such statement; ids stand in {DEFAULT_DIR / 'statements'}")
            if name in found:
                raise CorpusError(f"{path}: {name}: has wordings in another file already")
            if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
                raise CorpusError(f"{path}: {name}: expected a list of sentences, got {texts!r:.120}")
            found[name] = tuple(" ".join(text.split()) for text in texts)
    return found
