"""The tutorial recipe for questions on a document, as the yardstick: chunks, MiniLM, Chroma, the four nearest.

Recursive character splitting at 1,000 characters with an overlap of 200 and k = 4 are what LangChain's own tutorial
"Build a Retrieval Augmented Generation (RAG) App" uses. Without a language model its best case is measured: the
chunks themselves, and for a follow-up the earlier questions put before it.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Final

from assistant.embedding import load_embedder
from assistant.errors import SettingsError
from assistant.evaluation.extras import extra
from assistant.evaluation.searches import Found, Search
from assistant.evaluation.sets import Item
from assistant.index import DOCUMENTS
from assistant.settings import PACKAGED_MODEL, Settings

NAME: Final = "recipe"
CHUNK_CHARACTERS: Final = 1000
OVERLAP_CHARACTERS: Final = 200
CHUNKS: Final = 4
DOI: Final = "10.17925/usn.2021.17.1.16"
ABSENT: Final = (
    "The tutorial recipe was not measured: it needs the article's own text, which is not shipped. "
    "Put it into the library's folder or name it in ASSISTANT_ARTICLE."
)


def article_text(settings: Settings) -> str | None:
    """Return the review's own text from ASSISTANT_ARTICLE or the library; None where there is no copy."""
    named = os.environ.get("ASSISTANT_ARTICLE")
    if named:
        if not Path(named).is_file():
            raise SettingsError(f"ASSISTANT_ARTICLE: no file {named}; name the article's text or PDF, or unset it")
        return _read(Path(named))
    folder = settings.library_dir
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    texts = (_read(path) for path in paths if path.suffix.lower() in DOCUMENTS and path.name != "README.md")
    return next((text for text in texts if DOI in text.lower()), None)


def recipe_search(article: str) -> Search:
    """Return the recipe over the article as a search of one name, "recipe"; its chunks are no statements."""
    # Chroma's own default is to report usage.
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma

    splitters = extra("langchain_text_splitters")
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS)
    store = Chroma.from_texts(
        splitter.split_text(article),
        load_embedder(PACKAGED_MODEL),
        # In-memory Chroma is shared by all of a process: a name of its own keeps two runs apart.
        collection_name=f"recipe-{uuid.uuid4().hex}",
        client=chromadb.EphemeralClient(settings=ChromaSettings(anonymized_telemetry=False)),
    )

    def search(item: Item) -> dict[str, Found]:
        near = store.similarity_search_with_score(asked(item), k=CHUNKS)
        # Chroma's score is a distance.
        return {NAME: Found((), "\n\n".join(chunk.page_content for chunk, _ in near), -near[0][1])}

    return search


def asked(item: Item) -> str:
    """Return the question after the user's earlier ones, the recipe's best chance at a follow-up."""
    return " ".join([*(turn.content for turn in item.history if turn.role == "user"), item.question])


def _read(path: Path) -> str:
    try:
        if path.suffix.lower() != ".pdf":
            return path.read_text(encoding="utf-8")
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    except Exception as error:  # pypdf raises many kinds on a malformed file; each means the same to the user
        raise SettingsError(f"{path}: can't be read as {path.suffix[1:]} ({error}); replace or remove it") from error
