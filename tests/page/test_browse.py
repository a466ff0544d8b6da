"""The evidence to browse, alone and in Streamlit's own tester."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assistant.corpus import Corpus
from assistant.entries import Quantity
from assistant.page.browse import (
    Wanted,
    aspects,
    choices,
    number_in_words,
    references,
    risks,
    statements,
    trials,
    used_in,
)


def test_nothing_wanted_is_everything_in_printed_order_what_is_on_the_article_itself_last(corpus: Corpus) -> None:
    found = statements(corpus, Wanted())
    own = [item for item in corpus.statements if item.section == "Front matter"]
    rest = [item for item in corpus.statements if item.section != "Front matter"]
    assert list(found) == [*rest, *own]
    assert own


def test_each_wish_narrows_and_they_hold_together(corpus: Corpus) -> None:
    found = statements(corpus, Wanted(intervention="ketamine", condition="crps", aspect="evidence", words="moderate"))
    assert found
    for item in found:
        about = corpus.with_broader(item.about)
        assert {"ketamine", "crps"} <= about
        assert "evidence" in item.aspects
    section = corpus.sections[3]
    assert {item.section for item in statements(corpus, Wanted(section=section))} == {section}
    assert statements(corpus, Wanted(words="unicorn")) == ()


def test_a_kind_of_an_intervention_is_found_with_it(corpus: Corpus) -> None:
    wide = statements(corpus, Wanted(intervention="sympathetic_block"))
    assert set(statements(corpus, Wanted(intervention="stellate_block"))) < set(wide)


def test_every_choice_leads_to_some_statement(corpus: Corpus) -> None:
    assert all(statements(corpus, Wanted(intervention=name)) for name in choices(corpus, "intervention"))
    assert all(statements(corpus, Wanted(condition=name)) for name in choices(corpus, "condition"))
    assert all(statements(corpus, Wanted(aspect=name)) for name in aspects(corpus))


def test_every_reference_is_there_with_where_it_is_used(corpus: Corpus) -> None:
    where = used_in(corpus)
    assert list(where) == list(range(1, 72))
    assert all(number in item.references for number, items in where.items() for item in items)
    assert any(item.id == "scs-effective-refractory" for item in where[52])


def test_references_are_searched_by_words_and_number_and_filtered_by_section(corpus: Corpus) -> None:
    assert [reference.number for reference in references(corpus, "57")] == [57]
    assert references(corpus, "kemler")
    assert all("Kemler" in reference.formatted for reference in references(corpus, "kemler"))
    section = "Spinal cord stimulation"
    assert 52 in [reference.number for reference in references(corpus, section=section)]
    assert len(references(corpus, section=section)) < len(references(corpus))


def test_a_trials_arms_stand_side_by_side_with_the_reviews_numbers(corpus: Corpus) -> None:
    found = {trial.id: trial for trial in trials(corpus)}
    kumar = found["kumar_2007"].comparisons[0]
    assert (kumar.measure, kumar.time) == ("at least 50% relief", "6 months")
    assert [(bar.arm, bar.share) for bar in kumar.bars] == [("SCS plus CMM", 48.0), ("CMM only", 9.0)]
    north = found["north_2005"].comparisons[0]
    assert [(bar.arm, bar.share, bar.said) for bar in north.bars] == [
        ("SCS", 20.8, "5 of 24 patients"),
        ("reoperation", 53.8, "14 of 26 patients"),
    ]


def test_a_trial_shows_each_of_its_numbers_once(corpus: Corpus) -> None:
    for trial in trials(corpus):
        rows = [tuple(row.values()) for row in trial.rows]
        assert len(rows) == len(set(rows))
        assert trial.statements
        assert trial.references


def test_risks_are_of_the_intervention_named(corpus: Corpus) -> None:
    found = risks(corpus)
    assert {"intravenous ketamine", "spinal cord stimulation", "stellate ganglion block"} <= set(found)
    assert all("risk" in item.aspects for items in found.values() for item in items)


def test_numbers_are_said_with_bound_range_and_whole() -> None:
    assert (
        number_in_words(Quantity(value=50, unit="percent", role="threshold", bound="at least")) == "at least 50 percent"
    )
    assert number_in_words(Quantity(value=5, of=24, unit="patients", role="crossover")) == "5 of 24 patients"
    assert number_in_words(Quantity(value=2, upper=4, unit="weeks", role="schedule")) == "2 to 4 weeks"


def test_the_view_searches_statements(open_view: Callable[[str], AppTest]) -> None:
    view = open_view("evidence")
    assert not view.exception
    view.text_input(key="statements_words").set_value("hepatotoxicity").run()
    counted = next(block.value for block in view.main.markdown if block.value.endswith("statements**"))
    assert 0 < int(counted.removeprefix("**").split()[0]) < int(counted.split()[2])
    view.text_input(key="statements_words").set_value("unicorn").run()
    assert any(block.value.startswith("**0 of") for block in view.main.markdown)
