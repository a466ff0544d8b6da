"""The article cut into chunks of several sizes and searched, to see whether the tutorial recipe's size is to blame.

Judged by statements: a chunk is right where it carries a gold statement, that is most of the article's sentences that
the statement is tied to. Ranks count chunks, so that they compare among sizes; what compares with the search over
statements as well is "gold_in_budget", the share of gold statements carried within the same 4,000 characters.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from langchain_core.embeddings import Embeddings

from assistant.api import prepare_index
from assistant.corpus import Corpus
from assistant.documents import Document, DocumentSearch
from assistant.evaluation.extras import extra
from assistant.evaluation.recipe import CHUNK_CHARACTERS, OVERLAP_CHARACTERS, asked
from assistant.evaluation.searches import Found, Search, within_budget
from assistant.evaluation.sets import Item
from assistant.index import CollectionName, Vectors, open_index
from assistant.reading import content_stems
from assistant.settings import Settings

PREFIX: Final = "chunks: "
# Characters of a chunk and of its overlap with the next; the third is the tutorial recipe's.
SIZES: Final = ((250, 50), (500, 100), (CHUNK_CHARACTERS, OVERLAP_CHARACTERS), (1000, 0), (2000, 400))
# Of all ways that DocumentSearch gives: the recipe's own, and the project's.
WAYS: Final = ("dense", "fused")
# Share of the pairs of neighbouring content words of a statement's sentences that a chunk must have to carry it.
_CARRIES: Final = 0.6

Pairs = frozenset[tuple[str, str]]


def sentences_of(vectors: Mapping[CollectionName, Vectors]) -> dict[str, str]:
    """The article's sentences that each statement is tied to, joined, by its id; empty without the article."""
    found: dict[str, list[str]] = defaultdict(list)
    stored = vectors["passages"]
    for owners, text in zip(stored.owners, stored.texts, strict=True):
        for owner in filter(None, owners.split(",")):
            found[owner].append(text)
    return {owner: " ".join(texts) for owner, texts in found.items()}


def tied_to_article(
    article: str, corpus: Corpus, vectors: Mapping[CollectionName, Vectors], settings: Settings
) -> dict[str, str]:
    """The same; where the index was built without the article, from an index built for this run with it."""
    if len(vectors["passages"].keys):
        return sentences_of(vectors)
    with TemporaryDirectory() as folder:
        library, index = Path(folder, "library"), Path(folder, "index")
        library.mkdir()
        (library / "article.txt").write_text(article, encoding="utf-8")
        # The vectors that are at hand need not be computed again.
        shutil.copytree(settings.index_dir, index)
        own = settings.model_copy(update={"library_dir": library, "index_dir": index, "chroma_url": None})
        prepare_index(own, lambda stage, done, total: None)
        return sentences_of(open_index(own, corpus))


def chunk_search(article: str, size: tuple[int, int], tied: Mapping[str, str], embedder: Embeddings) -> Search:
    """Return the search over chunks of one size, dense and fused as the project fuses any documents."""
    splitters = extra("langchain_text_splitters")
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=size[0], chunk_overlap=size[1])
    chunks = [Document(str(at), "", text) for at, text in enumerate(splitter.split_text(article))]
    texts = {chunk.id: chunk.text for chunk in chunks}
    carried = {chunk.id: carried_by(chunk.text, tied) for chunk in chunks}
    engine = DocumentSearch(chunks, embedder)

    def search(item: Item) -> dict[str, Found]:
        gold = frozenset(item.gold or ())
        right = tuple(name for name, held in carried.items() if held & gold)
        found = {}
        for way, scores in engine.scores(asked(item)).items():
            if way in WAYS:
                ranked = engine.rank(scores, len(chunks))
                ids = tuple(name for name, _ in ranked)
                text, count = within_budget([texts[name] for name in ids], "\n\n")
                held = frozenset[str]().union(*(carried[name] for name in ids[:count]))
                score = ranked[0][1] if way == "dense" else None
                found[f"{PREFIX}{size[0]}/{size[1]} {way}"] = Found(ids, text, score, held, right)
        return found

    return search


def carried_by(chunk: str, tied: Mapping[str, str]) -> frozenset[str]:
    """Ids of the statements whose sentences a chunk has."""
    own = pairs_of(chunk)
    wanted: list[tuple[str, Pairs]] = [(name, pairs_of(text)) for name, text in tied.items()]
    return frozenset(name for name, pairs in wanted if pairs and len(pairs & own) >= _CARRIES * len(pairs))


def pairs_of(text: str) -> Pairs:
    """Neighbouring content words; figures left out, since reference numbers stand between words in a printed copy."""
    stems: Sequence[str] = [stem for stem in content_stems(text) if stem.isalpha()]
    return frozenset(zip(stems, stems[1:], strict=False))
