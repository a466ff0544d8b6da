"""What belongs together in a statement does so in a sentence that is kept: roles, places, quantifiers, shares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import load, read_yaml
from assistant.drafting.agreement import disagreement
from assistant.drafting.joining import separated
from assistant.drafting.openers import without_summary
from assistant.drafting.rephrasing import plainer
from assistant.drafting.sayings import saying
from assistant.drafting.wordings import THESAURUS, load_wordings
from assistant.errors import CorpusError
from assistant.reading import stem
from assistant.settings import PROJECT_DIR

CASES = read_yaml(PROJECT_DIR / "tests" / "cases" / "draft_bindings.yaml")


def is_kept(case: dict[str, Any]) -> bool:
    """Whether one of the statements carries the sentence, or all of them together."""
    statements = [load().by_id[name] for name in case["statements"]]
    groups = [*([one] for one in statements), statements]
    return any(disagreement(case["sentence"], group) is None for group in groups)


@pytest.mark.parametrize("case", CASES["wrong"], ids=lambda case: str(case["sentence"])[:60])
def test_what_is_exchanged_or_changed_is_refused(case: dict[str, Any]) -> None:
    assert not is_kept(case)


@pytest.mark.parametrize("case", CASES["right"], ids=lambda case: str(case["sentence"])[:60])
def test_what_is_only_reworded_is_kept(case: dict[str, Any]) -> None:
    assert is_kept(case)


def test_joined_claims_are_separated_with_their_subject_or_verb() -> None:
    found = list(separated("Drug treatment is the first step and the cornerstone of initial treatment."))
    assert found == [
        ("Drug treatment is the first step.", "Drug treatment is the cornerstone of initial treatment."),
    ]
    assert list(separated("PNS is newer and may be considered earlier.")) == [
        ("PNS is newer.", "PNS may be considered earlier.")
    ]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("There is no settled interval: how often to repeat blocks remains unclear.",
         "How often to repeat blocks remains unclear."),
        ("Ketamine comes first: blocks may be considered with ketamine at any time.", None),
        ("It cures pain: the use of the block has been reported for facial pain.", None),
        ("The figure is 30%: the evidence for sympathetic blocks is limited.", None),
        ("Lidocaine is another: the evidence for sympathetic blocks is limited.", None),
    ],
)  # fmt: skip
def test_only_a_lead_that_claims_nothing_of_its_own_is_left_out(text: str, rest: str | None) -> None:
    assert without_summary(text, "How often?") == rest


def test_words_of_the_thesaurus_stand_for_the_statements_word() -> None:
    wordings = load_wordings()
    assert wordings.groups_of("backbone") & wordings.groups_of("cornerstone")
    assert not wordings.groups_of("removed") & wordings.groups_of("exchanged")


def test_a_line_of_the_thesaurus_that_is_no_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "thesaurus.yaml"
    path.write_text("cornerstone: 3\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"thesaurus\.yaml: cornerstone: expected a line of words"):
        load_wordings.__wrapped__(thesaurus=path)


def test_each_line_of_the_thesaurus_begins_with_a_word_of_some_statement() -> None:
    stems = {word.stem for statement in load().statements for word in saying(plainer(statement.text)).words}
    assert [head for head in read_yaml(THESAURUS) if stem(head) not in stems] == []
