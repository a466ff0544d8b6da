from __future__ import annotations

import pytest

from assistant.corpus import Corpus
from assistant.entries import Concept, Outside
from assistant.question import Reader
from assistant.reading import Lexicon, fold, normalise, words

TERMS = {
    "ketamine": ["ketamine", "ketamine infusion"],
    "scs": ["spinal cord stimulation", "SCS"],
    "stellate_block": ["stellate ganglion block", "stellate block"],
    "sympathetic_block": ["sympathetic block"],
    "crps": ["CRPS"],
    "tens": ["TENS"],
    "bilateral": ["bilateral"],
    "relief": ["relief"],
    "topical": ["topical lidocaine", "topical"],
    "hypertension": ["hypertension"],
    "constipation": ["constipation"],
    "perineal": ["perineal pain", "perineal"],
    "zoster": ["herpes zoster", "zoster"],
}


def entries(corpus: Corpus) -> list[Concept | Outside]:
    return [*corpus.concepts.values(), *corpus.outside.values()]


def found(text: str, lexicon: Lexicon | None = None) -> list[str]:
    lexicon = lexicon or Lexicon(TERMS)
    return [mention.id for mention in lexicon.find(words(normalise(text).text))]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ketamine infusions", ["ketamine"]),
        ("Stellate-ganglion block", ["stellate_block"]),
        ("SPINAL CORD STIMULATION or scs", ["scs", "scs"]),
        ("a stellate ganglion", []),
        ("stellate block, then sympathetic blocks", ["stellate_block", "sympathetic_block"]),
        ("", []),
    ],
)
def test_the_longest_term_is_found(text: str, ids: list[str]) -> None:
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ketamin", ["ketamine"]),
        ("ketmaine", ["ketamine"]),
        ("ketammine infusoin", ["ketamine"]),
        ("stelate ganglion block", ["stellate_block"]),
        ("sympathtic blocks", ["sympathetic_block"]),
        ("spinal cord stimulaton", ["scs"]),
        ("spinal cord stimlaton", []),
        ("hypertenshun", ["hypertension"]),
    ],
)
def test_slips_are_forgiven_in_long_words_only(text: str, ids: list[str]) -> None:
    assert found(text) == ids


def test_a_forgiven_slip_is_marked() -> None:
    assert [m.corrected for m in Lexicon(TERMS).find(words("ketmaine or ketamine"))] == [True, False]


@pytest.mark.parametrize(
    "word",
    ["unilateral", "belief", "hypotension", "peritoneal", "poster", "foster", "CRP", "ten", "SCI", "relic"]
    + ["ketone", "stimulant"],
)
def test_a_real_word_is_not_turned_into_a_term(word: str) -> None:
    assert found(word) == []


def test_a_known_word_is_never_a_slip() -> None:
    assert found("tropical") == ["topical"]
    assert found("tropical", Lexicon(TERMS, known=["tropical"])) == []


def test_two_terms_equally_near_are_no_correction() -> None:
    lexicon = Lexicon({"a": ["fibrosis"], "b": ["fibrosus"]})
    assert found("fibrosas", lexicon) == []


def test_words_of_every_sense_stay_what_they_are_in_the_real_vocabulary(assistant_reader: Reader) -> None:
    real = """belief unilateral peritoneal nephrectomy tropical spiral winter poster construction static stable
    hypotension vasopressor qualitative dislocation expiratory denial caution suture station uninsured reputation
    papillary parity strain orange wealth verbal killed seated filling colposcopy valuation repeal"""
    turned = {}
    for word in real.split():
        for mention in assistant_reader.terms._terms.find(words(word)):
            if mention.corrected:
                turned[word] = mention.id
    assert turned == {}


@pytest.fixture(scope="module")
def assistant_reader(corpus: Corpus) -> Reader:
    from assistant.embedding import everyday_words

    return Reader(corpus, everyday_words())


def test_every_term_finds_its_own_concept(corpus: Corpus, assistant_reader: Reader) -> None:
    wrong = []
    for entry in entries(corpus):
        for term in (entry.label, *entry.terms):
            ids = [mention.id for mention in assistant_reader.terms._terms.find(words(normalise(term).text))]
            if ids != [entry.id]:
                wrong.append((entry.id, term, ids))
    assert wrong == []


def test_every_cue_finds_its_own_aspect(corpus: Corpus, assistant_reader: Reader) -> None:
    wrong = []
    for aspect in corpus.aspects.values():
        for cue in aspect.cues:
            ids = {mention.id for mention in assistant_reader.terms._aspects.find(words(normalise(cue).text))}
            if ids != {aspect.id}:
                wrong.append((aspect.id, cue, ids))
    assert wrong == []


def test_no_two_entries_share_a_term(corpus: Corpus) -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for entry in entries(corpus):
        for term in (entry.label, *entry.terms):
            owners.setdefault(tuple(fold(word.text) for word in words(term)), set()).add(entry.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}
    assert () not in owners


def test_no_two_aspects_share_a_cue(corpus: Corpus) -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for aspect in corpus.aspects.values():
        for cue in aspect.cues:
            owners.setdefault(tuple(fold(word.text) for word in words(cue)), set()).add(aspect.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}
