from __future__ import annotations

import asyncio

import pytest

from assistant.evaluation.page import evaluate_page
from assistant.evaluation.readers import Reader, ReaderError
from assistant.evaluation.sets import SetError

NOWHERE = "http://127.0.0.1:9"


def test_a_page_that_is_not_there_is_an_error_of_every_reader_and_no_figure() -> None:
    report = evaluate_page(NOWHERE, readers=2, pause_s=0.0)
    for name, count in (("one reader", 1), ("2 readers", 2), ("2 at once", 2)):
        figures = report.results["tune"][name]
        assert (figures["errors"].value, figures["answers"].value) == (count, 0)
        assert figures["first_answer_ms_median"].value is None
    assert "no page answers there" in report.failures[0]["fault"]


@pytest.mark.parametrize("readers", [0, 10_000])
def test_more_readers_than_questions_for_them_are_refused(readers: int) -> None:
    with pytest.raises(SetError, match=f"--readers: got {readers}; allowed: 1 to"):
        evaluate_page(NOWHERE, readers=readers)


def test_a_reader_who_has_not_opened_the_page_can_not_ask() -> None:
    with pytest.raises(ReaderError, match="no box to ask in"):
        asyncio.run(Reader(NOWHERE).ask("What is PNS?"))
