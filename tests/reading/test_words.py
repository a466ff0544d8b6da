from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus import Corpus
from assistant.reading import STOPWORDS, fold, normalise, stem, words

SPELLINGS = """
anaesthetic anesthetic, anaesthesia anesthesia, anaesthetised anesthetized, haematoma hematoma, haematuria hematuria,
ischaemic ischemic, ischaemia ischemia, randomised randomized, randomisation randomization, fibre fiber,
fibres fibers, fibreoptic fiberoptic, tumour tumor, tumours tumors, signalling signaling, labelled labeled,
travelling traveling, centre center, multicentre multicenter, oesophageal esophageal, oesophagus esophagus,
oedema edema, oestrogen estrogen, behaviour behavior, behavioural behavioral, favour favor, favourable favorable,
colour color, odour odor, labour labor, sulphate sulfate, diarrhoea diarrhea, dyspnoea dyspnea, apnoea apnea,
haemorrhage hemorrhage, haemodynamic hemodynamic, anaemia anemia, paediatric pediatric, orthopaedic orthopedic,
gynaecology gynecology, paraesthesia paresthesia, dysaesthesia dysesthesia, leukaemia leukemia, analyse analyze,
analysed analyzed, paralysed paralyzed, sensitisation sensitization, sensitised sensitized, neurone neuron,
programme program, metre meter, litre liter, dialogue dialog, catalogue catalog, coeliac celiac, foetal fetal,
aetiology etiology, manoeuvre maneuver, optimise optimize, hospitalisation hospitalization, neighbouring neighboring
"""
PLURALS = """
nerves nerve, blocks block, biopsies biopsy, abscesses abscess, processes process, viruses virus, boluses bolus,
plexuses plexus, neuralgias neuralgia, haematomas hematoma, ganglia ganglion, vertebrae vertebra, crises crisis,
diagnoses diagnosis, women woman, stimuli stimulus, patient's patient, boxes box
"""
# Words of clinicians that must not fall together under one form.
APART = """
four for, tens ten, CRPS CRP, lens len, does doe, hours her, news new, filling filing, polled poled, his hi, gas ga,
axis axe, pelvis pelvi, process proces, diabetes diabete, causes caus, sympathetic parasympathetic, species specie
"""


def pairs(text: str) -> list[tuple[str, str]]:
    split = [pair.split() for pair in text.replace("\n", " ").split(",")]
    return [(one, two) for one, two in split]


@pytest.mark.parametrize(("british", "american"), pairs(SPELLINGS))
def test_british_and_american_spelling_meet(british: str, american: str) -> None:
    assert fold(british) == fold(american) == fold(american.upper())
    assert stem(british) == stem(american)


@pytest.mark.parametrize(("plural", "singular"), pairs(PLURALS))
def test_plural_and_singular_meet(plural: str, singular: str) -> None:
    assert fold(plural) == fold(singular)


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("inflected", "bare"), pairs("called call, calling call, swelling swell, controlled control"))
def test_doubling_the_l_does_not_hide_a_stem(inflected: str, bare: str) -> None:
    assert stem(inflected) == stem(bare)


@pytest.mark.parametrize("word", sorted(STOPWORDS))
def test_a_stopword_is_one_after_folding_too(word: str) -> None:
    assert fold(word) in STOPWORDS


@pytest.mark.parametrize("contraction", ["doesn't", "don't", "isn't", "can't", "I've", "I'm"])
def test_contractions_are_stopwords(contraction: str) -> None:
    assert [word.folded in STOPWORDS for word in words(contraction)] == [True]


def test_accents_do_not_matter() -> None:
    assert fold("Sj\u00f6gren") == fold("Sjogren")
    assert [w.folded for w in words(normalise("Me\u0301nie\u0300re").text)] == [
        w.folded for w in words(normalise("M\u00e9ni\u00e8re").text)
    ]


def test_folding_twice_changes_nothing(corpus: Corpus) -> None:
    prose = " ".join(" ".join((s.text, *s.questions)) for s in corpus.statements)
    assert {w.text for w in words(prose) if fold(w.folded) != w.folded} == set()


@given(st.text(max_size=60))
def test_words_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert word.folded == fold(word.text)


def test_numbers_are_words_with_their_per_cent() -> None:
    assert [word.folded for word in words("7.5% of 1,000 (C7)")] == ["7.5%", "of", "1,000", "c", "7"]
