from __future__ import annotations

import pytest

from assistant.reading import is_negated


@pytest.mark.parametrize(
    "sentence",
    [
        "SCS should not be *offered before blocks",
        "SCS shouldn't be *offered before blocks",
        "SCS must never be *offered first",
        "ketamine is not *first-line",
        "neither blocks nor ketamine are *required before SCS",
        "it is not effective nor *safe",
        "nor does ketamine *help",
        "the study gives no *figure",
        "without *benefit",
        "nobody was *harmed",
        "there is a lack of *evidence",
        "ketamine rather than *SCS",
        "it hasn't *worked",
        "it couldn't be *shown",
        "the claim that SCS comes first is not *supported",
    ],
)
def test_a_denial_is_seen(sentence: str) -> None:
    assert is_negated(sentence.replace("*", ""), sentence.index("*"))


@pytest.mark.parametrize(
    "sentence",
    [
        "SCS is *offered after blocks",
        "not only blocks but ketamine *helps",
        "not just blocks *help",
        "no doubt SCS *helps",
        "whether or not blocks *help",
        "it is not without *risk",
        "it was never not *used",
        "No, ketamine is *effective",
        "no less than half had *relief",
        "a notable *effect",
        "in November *relief came",
        "knotted nerves *hurt",
    ],
)
def test_what_is_no_denial_is_not_taken_for_one(sentence: str) -> None:
    assert not is_negated(sentence.replace("*", ""), sentence.index("*"))


def test_only_what_stands_before_counts() -> None:
    assert not is_negated("blocks help, ketamine does not", 0)
    assert not is_negated("", 0)
