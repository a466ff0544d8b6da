from __future__ import annotations

import asyncio

import pytest

from assistant.evaluation.page import evaluate_page
from assistant.evaluation.readers import Reader, ReaderError
from assistant.evaluation.sets import SetError

NOWHERE = "http://127.0.0.1:9"


def test_a_page_that_is_not_there_is_an_error_and_no_figure() -> None:
    with pytest.raises(SetError, match=r"no page answers there .*start it with `make chat`"):
        evaluate_page(NOWHERE, readers=2, pause_s=0.0)


@pytest.mark.parametrize("readers", [0, 10_000])
def test_more_readers_than_questions_for_them_are_refused(readers: int) -> None:
    with pytest.raises(SetError, match=f"--readers: got {readers}; allowed: 1 to"):
        evaluate_page(NOWHERE, readers=readers)


def test_a_reader_who_has_not_opened_the_page_can_not_ask() -> None:
    with pytest.raises(ReaderError, match="no box to ask in"):
        asyncio.run(Reader(NOWHERE).ask("What is PNS?"))
